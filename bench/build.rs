//! Compiles `bench.bff` into the gateway that is measured.

fn main() {
    bff_codegen::build_script::compile("bench.bff");
}
