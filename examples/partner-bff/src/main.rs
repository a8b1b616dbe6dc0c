//! The BFF of the resellers: everything is in `partner.bff`.

bff_core::include_bff!("partner");

fn main() -> std::process::ExitCode {
    bff_core::serve(&partner::SERVICE).run()
}
