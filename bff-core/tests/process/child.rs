//! Starts a service in another process, reads its log, sends it signals.
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A service in a process of its own. Killed when it is dropped.
pub struct Service {
    process: Child,
    log: BufReader<ChildStdout>,
    pub address: String,
}

impl Service {
    /// Starts the ignored test `name` as the process, with these variables.
    pub fn spawn(name: &str, variables: &[(&str, &str)]) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--ignored", "--nocapture", "--quiet"])
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Starts it and waits until it says where it listens.
    pub fn start(name: &str, variables: &[(&str, &str)]) -> Self {
        let mut process = Self::spawn(name, variables);
        let log = BufReader::new(process.stdout.take().unwrap());
        let mut service = Self {
            process,
            log,
            address: String::new(),
        };
        let listening = service.event("listening");
        assert_eq!(listening["threads"], 2);
        service.address = listening["address"].as_str().unwrap().to_owned();
        service
    }

    /// Reads the log up to the event with this message.
    pub fn event(&mut self, message: &str) -> Value {
        loop {
            let line = self
                .line()
                .unwrap_or_else(|| panic!("the log ends without `{message}`"));
            if line["message"] == message {
                return line;
            }
        }
    }

    pub fn line(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            if self.log.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            // What the test harness of the child prints is not ours.
            if let Ok(value @ Value::Object(_)) = serde_json::from_str(&line) {
                return Some(value);
            }
        }
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.process.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    pub fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
        stream
    }

    pub fn ask_and_close(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
        stream
    }

    /// Whether it ended well, and how long that took.
    pub fn wait(&mut self) -> (bool, Duration) {
        let start = Instant::now();
        let status = self.process.wait().unwrap();
        (status.success(), start.elapsed())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}
