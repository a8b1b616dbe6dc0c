//! The gateway's own events (`tracing`): start, drain, panics, what an operator must know. JSON lines beside the access log.
use std::io;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::observe::LogWriter;

/// Sends events to `log`, filtered by `filter`: a level (`info`), or levels by module (`info,bff_core=debug`).
///
/// A subscriber that the program has installed before stays: it then gets the events.
///
/// # Errors
/// `filter` is not of that form.
pub fn install(log: LogWriter, filter: &str) -> Result<(), String> {
    let filter = parse_filter(filter).ok_or_else(|| format!("`{filter}` is not a log filter"))?;
    let layer = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(true)
        .with_writer(Events(log));
    // The error says only that there is a subscriber already.
    let _ = tracing_subscriber::registry().with(layer).with(filter).try_init();
    Ok(())
}

/// Reads a filter. A single word is a level, never the name of a module: a mistyped level must not silence the log.
pub(crate) fn parse_filter(text: &str) -> Option<Targets> {
    let mut words = text.split(',').filter(|part| !part.contains('='));
    if words.any(|word| word.trim().parse::<LevelFilter>().is_err()) {
        return None;
    }
    text.parse().ok()
}

/// Panics become events with their place, instead of text on standard error.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic_message(panic.payload());
        tracing::error!(
            place = place.as_deref().unwrap_or("unknown"),
            panic = message,
            "a task panicked"
        );
    }));
}

/// The text of a panic: what `panic!` was given.
pub(crate) fn panic_message(payload: &(dyn std::any::Any + Send)) -> &str {
    let owned = || payload.downcast_ref::<String>().map(String::as_str);
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(owned)
        .unwrap_or("a value that is not text")
}

/// Hands each event to the log as one line.
#[derive(Debug)]
struct Events(LogWriter);

impl<'a> MakeWriter<'a> for Events {
    type Writer = Event<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        Event(&self.0)
    }
}

/// One event; the formatter writes it with one call, line break included.
#[derive(Debug)]
struct Event<'a>(&'a LogWriter);

impl io::Write for Event<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        self.0.line(|out| out.extend_from_slice(line));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
