//! Compiles the gateways that are measured.

fn main() {
    bff_codegen::build_script::compile("bench.bff");
    bff_codegen::build_script::compile("home.bff");
}
