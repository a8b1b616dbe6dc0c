//! Programs that end when we do, however we end.
//!
//! Each one runs below a small shell that waits for its standard input to close. We hold the other end: when we drop
//! it, crash or are killed, the shell reads the end, asks the program to stop, and kills it if it does not.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Runs "$@", and stops it when standard input ends. A program that ends by itself ends the shell with its status.
const KEEPER: &str = r#"
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(
  read -r _ <&3
  kill -TERM $program
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    sleep 0.25
    kill -0 $program || exit
  done
  kill -KILL $program
) >/dev/null 2>&1 &
watcher=$!
wait $program
status=$?
kill $watcher 2>/dev/null
exit $status
"#;

/// A program that was started.
pub(super) struct Process {
    name: &'static str,
    log: PathBuf,
    child: Child,
}

impl Process {
    /// Starts a program whose output goes to a file named after it.
    ///
    /// # Errors
    /// A sentence for the user.
    pub(super) fn start(
        name: &'static str,
        program: &Path,
        arguments: &[&str],
        env: &[(String, String)],
        logs: &Path,
    ) -> Result<Process, String> {
        let log = logs.join(format!("{name}.log"));
        let failed = |cause: std::io::Error| format!("{name} could not be started: {cause}");
        let output = File::create(&log).map_err(failed)?;
        let errors = output.try_clone().map_err(failed)?;
        let mut command = Command::new("sh");
        command
            .args(["-c", KEEPER, "keeper"])
            .arg(program)
            .args(arguments)
            .envs(env.iter().cloned());
        // A group of its own, so that Ctrl-C in the terminal reaches us alone and we stop the programs in order.
        command
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors);
        let child = command.spawn().map_err(failed)?;
        Ok(Process { name, log, child })
    }

    /// What was started.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Where its output goes.
    pub(super) fn log(&self) -> &Path {
        &self.log
    }

    /// A sentence with the end of its log if it has ended, though nobody asked it to.
    pub(super) fn failure(&mut self) -> Option<String> {
        let status = self.child.try_wait().ok().flatten()?;
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let end = lines[lines.len().saturating_sub(20)..].join("\n");
        Some(format!("{} has ended ({status}):\n{end}", self.name))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Everything that was started. Dropping it asks all of them to stop before it waits for the first.
pub(super) struct Processes(pub(super) Vec<Process>);

impl Processes {
    /// A sentence about the first one that has ended, though nobody asked it to.
    pub(super) fn failure(&mut self) -> Option<String> {
        self.0.iter_mut().find_map(Process::failure)
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for process in &mut self.0 {
            drop(process.child.stdin.take());
        }
    }
}

/// Ctrl-C and its relatives, turned into something that can be waited for.
pub(super) struct Interrupt(Receiver<()>);

impl Interrupt {
    /// Starts listening; from now on the signals no longer end the process by themselves.
    pub(super) fn listen() -> std::io::Result<Interrupt> {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let (tell, told) = channel();
        std::thread::spawn(move || {
            for _ in signals.forever() {
                let _ = tell.send(());
            }
        });
        Ok(Interrupt(told))
    }

    /// Waits for at most `patience`; gives whether a signal came.
    pub(super) fn arrived(&self, patience: Duration) -> bool {
        !matches!(self.0.recv_timeout(patience), Err(RecvTimeoutError::Timeout))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn start(script: &str, name: &'static str) -> Process {
        let logs = std::env::temp_dir().join(format!("bff-demo-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&logs).unwrap();
        Process::start(
            name,
            Path::new("sh"),
            &["-c", script],
            &[("WORD".to_owned(), "hello".to_owned())],
            &logs,
        )
        .unwrap()
    }

    #[test]
    fn a_program_that_ends_by_itself_is_reported_with_its_last_words() {
        let mut process = start("echo $WORD; exit 3", "ends");
        let begun = Instant::now();
        let failure = loop {
            if let Some(failure) = process.failure() {
                break failure;
            }
            assert!(begun.elapsed() < Duration::from_secs(5), "it must end");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert!(failure.contains("hello") && failure.contains('3'), "{failure}");
    }

    #[test]
    fn a_program_ends_when_its_starter_is_killed() {
        let logs = std::env::temp_dir().join(format!("bff-demo-{}-killed", std::process::id()));
        std::fs::create_dir_all(&logs).unwrap();
        // Closing the pipe is all that the system does for a starter that was killed.
        let script = "echo $$; exec sleep 60";
        let mut process = Process::start("killed", Path::new("sh"), &["-c", script], &[], &logs).unwrap();
        while std::fs::read_to_string(process.log()).unwrap().is_empty() {
            std::thread::sleep(Duration::from_millis(10));
        }
        drop(process.child.stdin.take());
        let begun = Instant::now();
        while process.failure().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(5), "it must end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn a_dropped_program_is_asked_to_stop_and_has_stopped() {
        let mut process = start(
            "trap 'echo asked; exit 0' TERM; echo $$; while :; do sleep 0.05; done",
            "drops",
        );
        let log = process.log().to_owned();
        while std::fs::read_to_string(&log).unwrap().is_empty() {
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(process.failure(), None, "it runs until it is dropped");
        drop(process);
        let said = std::fs::read_to_string(&log).unwrap();
        let pid = said.lines().next().unwrap();
        assert!(said.contains("asked"), "{said}");
        assert!(
            !Command::new("kill")
                .args(["-0", pid])
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
    }
}
