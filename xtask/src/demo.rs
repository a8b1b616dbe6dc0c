//! `cargo demo`: builds and starts the shop and the three example BFFs, and shows or plays requests to them.
//!
//! - [`processes`] starts programs that cannot outlive us;
//! - [`requests`] is the table of what to try;
//! - [`http`] and [`json`] are as much of a client as playing them needs.

mod http;
mod json;
mod processes;
mod requests;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use processes::{Interrupt, Process, Processes};
use requests::{Played, REQUESTS};

use crate::style::{bold, cyan, dim, green, red};

const USAGE: &str = "\
Starts the shop (backends from port 9100) and the example BFFs: mobile on 8081, web on 8082, partner on 8083.

Usage: cargo demo [-- OPTIONS]

Options:
  --once        play the printed requests, show the answers, check them; exit status 0 when all were right
  --free-ports  take any free ports instead of those above
  --release     build with optimisations
  --help        this text

Ctrl-C ends everything that was started.
";

/// The services of the shop, in the order of their ports; each BFF reads their addresses from the environment.
const BACKENDS: [&str; 9] = [
    "users",
    "orders",
    "catalog",
    "recommender",
    "payments",
    "reviews",
    "loyalty",
    "shipping",
    "accounts",
];

/// The port of the first backend, where ports are not free to choose.
const FIRST_BACKEND: u16 = 9100;

/// One of the three front ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bff {
    Mobile,
    Web,
    Partner,
}

impl Bff {
    const ALL: [Bff; 3] = [Bff::Mobile, Bff::Web, Bff::Partner];

    fn package(self) -> &'static str {
        ["mobile-bff", "web-bff", "partner-bff"][self as usize]
    }

    /// The variable that its `listen` reads.
    fn listen(self) -> &'static str {
        ["MOBILE_ADDR", "WEB_ADDR", "PARTNER_ADDR"][self as usize]
    }

    fn usual_port(self) -> u16 {
        [8081, 8082, 8083][self as usize]
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    once: bool,
    free_ports: bool,
    release: bool,
}

/// Where everything listens.
struct Ports {
    bffs: [u16; 3],
    first_backend: u16,
}

/// Runs the demo as the arguments say.
pub(crate) fn main(arguments: &[String]) -> ExitCode {
    let options = match parse(arguments) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(reason) => {
            eprintln!("error: {reason}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("{} {reason}", red("error:"));
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: &[String]) -> Result<Option<Options>, String> {
    let mut options = Options::default();
    for argument in arguments {
        match argument.as_str() {
            "--once" => options.once = true,
            "--free-ports" => options.free_ports = true,
            "--release" => options.release = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("unknown argument `{other}`")),
        }
    }
    Ok(Some(options))
}

/// The whole demo. Gives whether all went well; an error is a sentence for the user.
fn run(options: &Options) -> Result<bool, String> {
    let interrupt = Interrupt::listen().map_err(|cause| format!("signals cannot be handled: {cause}"))?;
    // Before the build, which may take minutes.
    let ports = choose_ports(options)?;
    let programs = build(options)?;
    let mut processes = start(&programs, &ports)?;
    if !wait_until_ready(&mut processes, &ports, &interrupt)? {
        return Ok(true);
    }
    let url = |bff: Bff| format!("127.0.0.1:{}", ports.bffs[bff as usize]);
    if options.once {
        return Ok(play(&url, &interrupt));
    }
    introduce(&url, &processes);
    while !interrupt.arrived(Duration::from_millis(200)) {
        if let Some(ended) = processes.failure() {
            return Err(ended);
        }
    }
    println!("\nStopping.");
    Ok(true)
}

/// Builds the programs with cargo's own progress; gives their paths, the shop first.
fn build(options: &Options) -> Result<Vec<PathBuf>, String> {
    let mut command = crate::cargo();
    command.args([
        "build",
        "--message-format",
        "json-render-diagnostics",
        "--package",
        "shop-backends",
    ]);
    for bff in Bff::ALL {
        command.args(["--package", bff.package()]);
    }
    if options.release {
        command.arg("--release");
    }
    let output = command
        .stdout(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output);
    let output = output.map_err(|cause| format!("cargo could not be started: {cause}"))?;
    if !output.status.success() {
        return Err("the build failed; what cargo says above tells why".to_owned());
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let names = std::iter::once("shop-backends").chain(Bff::ALL.map(Bff::package));
    names
        .map(|name| executable(&messages, name).ok_or_else(|| format!("cargo built no program `{name}`")))
        .collect()
}

/// Finds where cargo put the program of a package.
fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| {
            let path = Path::new(message["executable"].as_str()?);
            (path.file_stem()? == name).then(|| path.to_owned())
        })
}

fn choose_ports(options: &Options) -> Result<Ports, String> {
    if options.free_ports {
        return free_ports().ok_or_else(|| "the system has no free ports".to_owned());
    }
    let ports = Ports {
        bffs: Bff::ALL.map(Bff::usual_port),
        first_backend: FIRST_BACKEND,
    };
    let wanted = ports
        .bffs
        .into_iter()
        .chain((0..).zip(BACKENDS).map(|(at, _)| FIRST_BACKEND + at));
    let taken: Vec<String> = wanted
        .filter(|port| !is_free(*port))
        .map(|port| port.to_string())
        .collect();
    if taken.is_empty() {
        return Ok(ports);
    }
    let (ports, are) = if taken.len() == 1 {
        ("port", "is")
    } else {
        ("ports", "are")
    };
    Err(format!(
        "{ports} {} on 127.0.0.1 {are} taken: end what listens there (another demo?), or use `cargo demo -- --free-ports`",
        taken.join(", ")
    ))
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Any three ports, and a row of free ones for the backends.
fn free_ports() -> Option<Ports> {
    let any = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok();
    let held = [any()?, any()?, any()?];
    let [a, b, c] = held
        .each_ref()
        .map(|listener| listener.local_addr().map_or(0, |address| address.port()));
    let row = |first: &u16| (0..9).all(|at| is_free(first + at));
    let first_backend = (20_000..60_000).step_by(16).skip(usize::from(a) % 1_000).find(row)?;
    Some(Ports {
        bffs: [a, b, c],
        first_backend,
    })
}

/// Starts the shop and the BFFs.
fn start(programs: &[PathBuf], ports: &Ports) -> Result<Processes, String> {
    let [shop, bffs @ ..] = programs else {
        return Err("nothing was built".to_owned());
    };
    let logs = shop.parent().unwrap_or(Path::new(".")).join("demo");
    std::fs::create_dir_all(&logs).map_err(|cause| format!("{} cannot be made: {cause}", logs.display()))?;
    let from = ports.first_backend.to_string();
    let mut processes = Processes(vec![Process::start(
        "shop-backends",
        shop,
        &["--from", &from],
        &[],
        &logs,
    )?]);
    let urls: Vec<(String, String)> = (ports.first_backend..)
        .zip(BACKENDS)
        .map(|(port, name)| {
            (
                format!("{}_URL", name.to_uppercase()),
                format!("http://127.0.0.1:{port}"),
            )
        })
        .collect();
    for ((bff, program), port) in Bff::ALL.into_iter().zip(bffs).zip(ports.bffs) {
        let mut env = urls.clone();
        env.push((bff.listen().to_owned(), format!("127.0.0.1:{port}")));
        processes
            .0
            .push(Process::start(bff.package(), program, &[], &env, &logs)?);
    }
    Ok(processes)
}

/// Waits until everything says that it is ready. False when the user did not want to wait.
fn wait_until_ready(processes: &mut Processes, ports: &Ports, interrupt: &Interrupt) -> Result<bool, String> {
    let backends = (ports.first_backend..)
        .zip(BACKENDS)
        .map(|(port, name)| (name, port, "/healthz"));
    let bffs = Bff::ALL
        .into_iter()
        .zip(ports.bffs)
        .map(|(bff, port)| (bff.package(), port, "/readyz"));
    for (name, port, path) in backends.chain(bffs) {
        let mut patience = 150;
        while !is_ready(port, path) {
            if let Some(ended) = processes.failure() {
                return Err(ended);
            }
            if patience == 0 {
                return Err(format!("{name} did not become ready on port {port} within 15 seconds"));
            }
            patience -= 1;
            if interrupt.arrived(Duration::from_millis(100)) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn is_ready(port: u16, path: &str) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    http::send(address, "GET", path, &[], "").is_ok_and(|answer| answer.status == 200)
}

/// Says what runs where and what to try.
fn introduce(url: &dyn Fn(Bff) -> String, processes: &Processes) {
    println!(
        "\n{}",
        bold("The shop and its three BFFs are running. Requests to try:")
    );
    for request in REQUESTS {
        println!("\n{}\n  {}", request.about, cyan(request.curl(&url(request.to))));
    }
    println!(
        "\n{}",
        dim("Any backend can be told to fail: add `-H 'x-fault: recommender;status=503'`, or")
    );
    println!(
        "{}",
        dim("`loyalty;delay=2s`, `catalog;body=truncated`; examples/backends/README.md has the list.")
    );
    for process in &processes.0 {
        println!(
            "{}",
            dim(format!("{:<14} logs to {}", process.name(), process.log().display()))
        );
    }
    println!("\n{}", bold("Ctrl-C ends all."));
}

/// Plays every request; gives whether all answers were right.
fn play(url: &dyn Fn(Bff) -> String, interrupt: &Interrupt) -> bool {
    let mut wrong = 0;
    for request in REQUESTS {
        if interrupt.arrived(Duration::ZERO) {
            println!("{}", red("interrupted"));
            return false;
        }
        println!("\n{}\n  {}", bold(request.about), cyan(request.curl(&url(request.to))));
        let played = request.play(&url(request.to));
        show(&played);
        wrong += usize::from(!played.problems.is_empty());
    }
    let right = REQUESTS.len() - wrong;
    let line = format!("\n{right} of {} answers were right.", REQUESTS.len());
    println!("{}", if wrong == 0 { green(line) } else { red(line) });
    let _ = std::io::stdout().flush();
    wrong == 0
}

fn show(played: &Played) {
    if let Some(answer) = &played.answer {
        let took = format!(
            "{:.1} ms, {} bytes",
            answer.took.as_secs_f64() * 1000.0,
            answer.body.len()
        );
        println!("  {} {}", bold(answer.status), dim(took));
        for (name, value) in answer
            .headers
            .iter()
            .filter(|(name, _)| name == "bff-partial" || name == "location")
        {
            println!("  {}", dim(format!("{name}: {value}")));
        }
        for line in json::pretty(&answer.body, 24).lines() {
            println!("  {line}");
        }
    }
    match played.problems.as_slice() {
        [] => println!("  {}", green("right")),
        problems => problems
            .iter()
            .for_each(|problem| println!("  {} {problem}", red("wrong:"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_known_or_refused() {
        let read = |arguments: &[&str]| parse(&arguments.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        assert_eq!(read(&[]), Ok(Some(Options::default())));
        assert_eq!(
            read(&["--once"]),
            Ok(Some(Options {
                once: true,
                ..Options::default()
            }))
        );
        assert_eq!(read(&["--once", "--help"]), Ok(None));
        assert!(read(&["--twice"]).is_err());
    }

    #[test]
    fn the_program_is_found_among_the_messages_of_cargo() {
        let messages = "{\"reason\":\"compiler-artifact\",\"executable\":null}\n\
                        {\"reason\":\"compiler-artifact\",\"executable\":\"/t/debug/web-bff\"}\nnoise\n";
        assert_eq!(executable(messages, "web-bff"), Some(PathBuf::from("/t/debug/web-bff")));
        assert_eq!(executable(messages, "mobile-bff"), None);
    }

    #[test]
    fn free_ports_are_free_and_apart() {
        let ports = free_ports().expect("ports");
        assert!(ports.bffs.iter().all(|port| is_free(*port)));
        assert!(ports.bffs[0] != ports.bffs[1] && ports.bffs[1] != ports.bffs[2]);
    }
}
