//! A gateway process under measurement: started, asked once, its CPU time read, ended.
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Result, nginx};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Ours,
    Hand,
    Nginx,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "bff",
            Self::Hand => "hand-written (axum, reqwest, serde_json::Value)",
            Self::Nginx => "nginx, passing through",
        }
    }
}

pub(crate) struct Contender {
    pub(crate) kind: Kind,
    pub(crate) address: SocketAddr,
    process: Child,
}

impl Contender {
    /// Starts it and waits until it accepts connections. `None` when it is not installed here.
    pub(crate) fn start(kind: Kind, upstream: SocketAddr) -> Result<Option<Self>> {
        let address = free_address()?;
        let process = match kind {
            Kind::Nginx => match nginx::start(address, upstream)? {
                Some(process) => process,
                None => return Ok(None),
            },
            Kind::Ours => this_program()?
                .arg("ours")
                .env("BENCH_ADDR", address.to_string())
                .env("BENCH_UPSTREAM", format!("http://{upstream}"))
                .env("BFF_THREADS", "1")
                .spawn()?,
            Kind::Hand => this_program()?
                .arg("hand")
                .arg(address.to_string())
                .arg(format!("http://{upstream}"))
                .spawn()?,
        };
        let mut contender = Self { kind, address, process };
        contender.wait_until_ready()?;
        Ok(Some(contender))
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if TcpStream::connect(self.address).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.process.try_wait()? {
                return Err(format!("{} ended at start: {status}", self.kind.name()).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err(format!("{} does not listen", self.kind.name()).into())
    }

    /// Time of the process so far: its own, and the system's on its behalf.
    pub(crate) fn cpu(&self) -> Result<[Duration; 2]> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // The second field is the name in parentheses and may hold spaces; utime and stime are fields 14 and 15.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let time = |index: usize| -> Result<Duration> {
            let ticks: u64 = fields.get(index).ok_or("no CPU time")?.parse()?;
            // USER_HZ is 100 on every Linux that matters.
            Ok(Duration::from_millis(ticks * 10))
        };
        Ok([time(11)?, time(12)?])
    }

    /// The most memory the process has used, in KiB.
    pub(crate) fn peak_memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .ok_or("no VmHWM")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }
}

impl Drop for Contender {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn this_program() -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    // The access log is written, as in production, and nobody reads it.
    command.stdout(Stdio::null());
    Ok(command)
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
