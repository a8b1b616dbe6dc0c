//! The BFF of the sellers' web site: everything is in `web.bff`, but for the bars of its chart.

mod chart;

bff_core::include_bff!("web");

fn main() -> std::process::ExitCode {
    bff_core::serve(&web::SERVICE).run()
}
