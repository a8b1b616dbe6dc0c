//! Log lines leave the request path as bytes in a bounded buffer; one thread writes them out.
//!
//! Each core writes to a lane of its own, so cores do not wait for each other, and no request ever waits for a slow terminal
//! or pipe: a full lane drops the line, counts it, and the writer reports the count as soon as it can write again.
use std::fmt;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How much a lane holds before lines are dropped: about three thousand lines.
const LANE_BYTES: usize = 1 << 20;

/// How long the writer gathers lines before it writes them together. Nothing wakes it more often than that.
const GATHER: Duration = Duration::from_millis(10);

/// A handle to one lane of the log. Cloning it gives the same lane; [`LogWriter::lane`] opens another one.
#[derive(Clone)]
pub struct LogWriter {
    lane: Arc<Lane>,
    owner: Option<Arc<Owner>>,
}

impl LogWriter {
    /// A log that nobody reads: lines are not even formatted.
    pub fn off() -> Self {
        Self {
            lane: Arc::default(),
            owner: None,
        }
    }

    /// Starts the thread that writes to `sink`. It ends, with everything written, when the last handle is dropped.
    ///
    /// # Errors
    /// The operating system refuses another thread.
    pub fn start(sink: impl Write + Send + 'static) -> io::Result<Self> {
        Self::start_boxed(Box::new(sink))
    }

    fn start_boxed(sink: Box<dyn Write + Send>) -> io::Result<Self> {
        let hub = Arc::new(Hub::default());
        let owner = Arc::new(Owner(Arc::clone(&hub)));
        std::thread::Builder::new()
            .name("bff-log".into())
            .spawn(move || hub.write_all(sink))?;
        Ok(Self {
            lane: owner.0.open_lane(),
            owner: Some(owner),
        })
    }

    /// Another lane of the same log, for another core.
    #[must_use]
    pub fn lane(&self) -> Self {
        match &self.owner {
            Some(owner) => Self {
                lane: owner.0.open_lane(),
                owner: Some(Arc::clone(owner)),
            },
            None => Self::off(),
        }
    }

    /// True unless the log is [`LogWriter::off`].
    pub fn is_on(&self) -> bool {
        self.owner.is_some()
    }

    /// Appends one line: `write` puts it into the buffer without its line break.
    pub fn line(&self, write: impl FnOnce(&mut Vec<u8>)) {
        let Some(owner) = &self.owner else { return };
        let mut buffer = lock(&self.lane.buffer);
        if buffer.len() >= LANE_BYTES {
            self.lane.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let was_empty = buffer.is_empty();
        write(&mut buffer);
        buffer.push(b'\n');
        drop(buffer);
        if was_empty {
            owner.0.wake();
        }
    }

    /// Waits until everything that was logged before is written, at most `within`. True if it was.
    pub fn flush(&self, within: Duration) -> bool {
        self.owner.as_ref().is_none_or(|owner| owner.0.flush(within))
    }
}

impl fmt::Debug for LogWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_on() {
            "LogWriter(on)"
        } else {
            "LogWriter(off)"
        })
    }
}

/// Ends the thread when the last handle goes.
struct Owner(Arc<Hub>);

impl Drop for Owner {
    fn drop(&mut self) {
        lock(&self.0.state).closing = true;
        self.0.work.notify_all();
    }
}

#[derive(Default)]
struct Lane {
    buffer: Mutex<Vec<u8>>,
    dropped: AtomicU64,
}

#[derive(Default)]
struct Hub {
    lanes: Mutex<Vec<Arc<Lane>>>,
    state: Mutex<State>,
    work: Condvar,
    done: Condvar,
}

#[derive(Default)]
struct State {
    /// A lane went from empty to not empty.
    pending: bool,
    closing: bool,
    /// How many flushes were asked for, and how many of them are done.
    asked: u64,
    flushed: u64,
}

impl State {
    fn hurries(&self) -> bool {
        self.closing || self.asked > self.flushed
    }
}

impl Hub {
    fn open_lane(&self) -> Arc<Lane> {
        let lane = Arc::<Lane>::default();
        lock(&self.lanes).push(Arc::clone(&lane));
        lane
    }

    fn wake(&self) {
        lock(&self.state).pending = true;
        self.work.notify_one();
    }

    fn flush(&self, within: Duration) -> bool {
        let deadline = Instant::now() + within;
        let mut state = lock(&self.state);
        state.asked += 1;
        let wanted = state.asked;
        self.work.notify_one();
        while state.flushed < wanted {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self
                .done
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        true
    }

    /// The writing thread: waits for the first line, gathers what follows, writes, until the last handle is gone.
    fn write_all(&self, mut sink: Box<dyn Write + Send>) {
        let mut spare = Vec::new();
        loop {
            let (asked, closing) = self.wait();
            let lanes = lock(&self.lanes).clone();
            for lane in &lanes {
                write_lane(lane, &mut spare, &mut sink);
            }
            // A sink that is gone (a closed pipe) cannot be told about.
            let _ = sink.flush();
            lock(&self.state).flushed = asked;
            self.done.notify_all();
            if closing {
                return;
            }
        }
    }

    /// Sleeps until there is something to write. Returns the flushes that what is written now will satisfy, and whether
    /// it is the last time.
    fn wait(&self) -> (u64, bool) {
        let idle = |state: &mut State| !state.pending && !state.hurries();
        let mut state = self
            .work
            .wait_while(lock(&self.state), idle)
            .unwrap_or_else(PoisonError::into_inner);
        state = self
            .work
            .wait_timeout_while(state, GATHER, |state| !state.hurries())
            .unwrap_or_else(PoisonError::into_inner)
            .0;
        state.pending = false;
        (state.asked, state.closing)
    }
}

/// Takes the lane's lines by exchanging buffers, so that the lane is locked for an instant only.
fn write_lane(lane: &Lane, spare: &mut Vec<u8>, sink: &mut Box<dyn Write + Send>) {
    spare.clear();
    std::mem::swap(&mut *lock(&lane.buffer), spare);
    let _ = sink.write_all(spare);
    let dropped = lane.dropped.swap(0, Ordering::Relaxed);
    if dropped > 0 {
        let time = jiff::Timestamp::now();
        let _ = writeln!(
            sink,
            r#"{{"time":"{time:.3}","level":"WARN","message":"log lines were dropped: the reader of the log is too slow","dropped":{dropped}}}"#
        );
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A sink that tests read.
    #[derive(Clone, Default)]
    pub(crate) struct Memory(Arc<Mutex<Vec<u8>>>);

    impl Memory {
        pub(crate) fn text(&self) -> String {
            String::from_utf8(lock(&self.0).clone()).unwrap()
        }
    }

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            lock(&self.0).extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn say(log: &LogWriter, text: &str) {
        log.line(|out| out.extend_from_slice(text.as_bytes()));
    }

    #[test]
    fn lines_of_all_lanes_are_written() {
        let memory = Memory::default();
        let log = LogWriter::start(memory.clone()).unwrap();
        let other = log.lane();
        say(&log, "one");
        say(&other, "two");
        say(&log, "three");
        assert!(log.flush(Duration::from_secs(5)));
        let text = memory.text();
        let mut lines: Vec<_> = text.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, ["one", "three", "two"]);
    }

    #[test]
    fn what_was_logged_before_the_last_handle_went_is_written() {
        let memory = Memory::default();
        let log = LogWriter::start(memory.clone()).unwrap();
        say(&log, "last words");
        drop(log);
        let end = Instant::now() + Duration::from_secs(5);
        while memory.text().is_empty() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(memory.text(), "last words\n");
    }

    #[test]
    fn lines_without_a_flush_are_written_soon() {
        let memory = Memory::default();
        let log = LogWriter::start(memory.clone()).unwrap();
        for round in 1..=3 {
            say(&log, "tick");
            let end = Instant::now() + Duration::from_secs(5);
            while memory.text().lines().count() < round && Instant::now() < end {
                std::thread::sleep(Duration::from_millis(1));
            }
            assert_eq!(memory.text().lines().count(), round);
        }
    }

    /// A sink that does not move until it is told to.
    struct Stuck(std::sync::mpsc::Receiver<()>, Memory);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            self.1.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_stuck_reader_costs_lines_not_time_and_is_told_how_many() {
        let (release, stuck) = std::sync::mpsc::channel();
        let memory = Memory::default();
        let log = LogWriter::start(Stuck(stuck, memory.clone())).unwrap();
        let long = "x".repeat(LANE_BYTES / 4);
        for _ in 0..20 {
            say(&log, &long);
        }
        assert!(!log.flush(Duration::from_millis(50)));
        drop(release);
        assert!(log.flush(Duration::from_secs(5)));
        let text = memory.text();
        let report: serde_json::Value =
            serde_json::from_str(text.lines().find(|l| l.starts_with('{')).unwrap()).unwrap();
        let kept = text.lines().filter(|line| line.starts_with('x')).count() as u64;
        assert_eq!(report["dropped"].as_u64().unwrap() + kept, 20);
        assert!(kept >= 4);
    }
}
