//! Compiles `web.bff` into the service that `main.rs` includes.

fn main() {
    bff_codegen::build_script::compile("web.bff");
}
