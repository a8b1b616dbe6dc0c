//! The BFF of the sellers' web site: everything is in `web.bff`.

bff_core::include_bff!("web");

fn main() -> std::process::ExitCode {
    bff_core::serve(&web::SERVICE).run()
}
