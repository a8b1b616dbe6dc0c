//! `shop-backends`: starts every service of the shop on loopback and waits for Ctrl-C.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its user"
)]

use std::process::ExitCode;

use shop_backends::endpoints::ENDPOINTS;
use shop_backends::{FIRST_PORT, Service, Shop};

const USAGE: &str = "\
The shop behind the example BFFs: several HTTP services with seeded data.

Usage: shop-backends [--from PORT]

Options:
  --from PORT  the first port on 127.0.0.1, 9100 unless given; each service takes the next one
  --help       this text

Faults on demand, by request header:
  x-fault-delay: 300ms      answer late
  x-fault-status: 503       answer with this status
  x-fault-cut: 200          close the connection after 200 bytes of the body (0: before the answer)
  x-fault-body: truncated   or notjson, wrongtype, empty, html, endless
  x-fault: recommender;delay=300ms, catalog.products;status=503
                            the same for one service or one of its operations only

Every service also has GET /healthz, GET /__requests (the last 100 requests) and DELETE /__requests.
";

fn main() -> ExitCode {
    let first = match parse(std::env::args().skip(1)) {
        Ok(Some(first)) => first,
        Ok(None) => {
            println!("{USAGE}\n{}", table());
            return ExitCode::SUCCESS;
        }
        Err(reason) => {
            eprintln!("error: {reason}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(first) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("error: {cause}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments: the first port, nothing when help is wanted, or what is wrong with them.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<u16>, String> {
    let mut first = FIRST_PORT;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--from" => {
                let port = arguments.next().ok_or("--from needs a port")?;
                first = port.parse().map_err(|_| format!("`{port}` is not a port"))?;
            }
            other => return Err(format!("unknown argument `{other}`")),
        }
    }
    Ok(Some(first))
}

fn table() -> String {
    let mut text = String::from("Endpoints:\n");
    for endpoint in ENDPOINTS {
        let (service, op) = (endpoint.service.name(), endpoint.op);
        text += &format!(
            "  {:<24} {:<4} {}",
            format!("{service}.{op}"),
            endpoint.method,
            endpoint.path
        );
        if !endpoint.takes.is_empty() {
            text += &format!("  {}", endpoint.takes);
        }
        text.push('\n');
    }
    text
}

fn run(first: u16) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut shop = Shop::start_from(first).await?;
        for service in Service::ALL {
            println!("{:<12} {}", service.name(), shop.url(service));
        }
        tokio::select! {
            () = shop.run() => {}
            signal = tokio::signal::ctrl_c() => signal?,
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Option<u16>, String> {
        parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn the_first_port_is_9100_unless_said_otherwise() {
        assert_eq!(read(&[]), Ok(Some(9100)));
        assert_eq!(read(&["--from", "9500"]), Ok(Some(9500)));
    }

    #[test]
    fn a_wrong_argument_is_refused() {
        assert!(read(&["--from"]).is_err());
        assert!(read(&["--from", "many"]).is_err());
        assert!(read(&["--form", "9500"]).is_err());
    }
}
