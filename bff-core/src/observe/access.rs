//! The access log: one JSON object per request, written when it is answered or given up.
//!
//! Fields: `time` (RFC 3339, when the answer was ready), `trace_id`, `span_id`, `parent_id`, `request_id`, `client_ip`, `method`,
//! `route` (the pattern, never the path: paths hold personal data), `version` (of the contract), `status`, `latency_ms`, `bytes` (of the body, if known
//! beforehand), `user_agent`, `code` and `reason` of a failure, and `calls`. What is unknown is left out.
use std::sync::Arc;

use http::{Method, StatusCode};

use crate::context::{CallEnd, CallRecord, Record, RequestContext};
use crate::observe::LogWriter;
use crate::observe::json::Object;
use crate::time::Clock;

/// What is logged of a user agent, in bytes: enough to tell clients apart.
const USER_AGENT_MAX: usize = 256;

/// The status that is logged, and never sent, when the client went away before its answer.
const CLIENT_GONE: u16 = 499;

/// The line of one request, open while it is answered. Dropped unfinished, it says that the client went away.
#[derive(Debug)]
pub(crate) struct Line {
    context: Arc<RequestContext>,
    clock: Arc<dyn Clock>,
    log: LogWriter,
    method: Option<Method>,
    finished: bool,
}

impl Line {
    pub(crate) fn open(
        context: &Arc<RequestContext>,
        clock: &Arc<dyn Clock>,
        log: &LogWriter,
        method: Option<&Method>,
    ) -> Self {
        let (context, clock) = (Arc::clone(context), Arc::clone(clock));
        Self {
            context,
            clock,
            log: log.clone(),
            method: method.cloned(),
            finished: false,
        }
    }

    /// Writes the line of an answered request. `bytes` is the length of the body, if it is known.
    pub(crate) fn finish(mut self, status: StatusCode, bytes: Option<u64>) {
        self.finished = true;
        self.write(status.as_u16(), bytes);
    }

    fn write(&self, status: u16, bytes: Option<u64>) {
        self.log.line(|out| {
            let mut line = Object::open(out);
            let context = &*self.context;
            line.time("time", self.clock.now());
            identity(&mut line, context);
            if let Some(method) = &self.method {
                line.string("method", method.as_str());
            }
            let record = context.record();
            if let Some((mount, path)) = &record.route {
                line.joined("route", mount, path);
            }
            if let Some(version) = record.version {
                line.plain("version", version);
            }
            line.number("status", status);
            line.millis("latency_ms", context.started.elapsed());
            if let Some(bytes) = bytes {
                line.number("bytes", bytes);
            }
            rest(&mut line, &record);
            line.close();
        });
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.finished {
            self.context
                .failed("client_gone", "the client went away before the answer");
            self.write(CLIENT_GONE, None);
        }
    }
}

fn identity(line: &mut Object<'_>, context: &RequestContext) {
    line.hex("trace_id", context.trace.trace_id, 32);
    line.hex("span_id", context.trace.span_id.into(), 16);
    if let Some(parent) = context.trace.parent_id {
        line.hex("parent_id", parent.into(), 16);
    }
    line.string("request_id", &context.request_id);
    if let Some(ip) = context.client_ip {
        line.address("client_ip", ip);
    }
}

fn rest(line: &mut Object<'_>, record: &Record) {
    if let Some(agent) = &record.user_agent {
        let bytes = agent.as_bytes();
        line.string(
            "user_agent",
            &String::from_utf8_lossy(&bytes[..bytes.len().min(USER_AGENT_MAX)]),
        );
    }
    if let Some(failure) = &record.failure {
        line.string("code", &failure.code);
        line.string("reason", &failure.reason);
    }
    if !record.calls.is_empty() {
        line.objects("calls", &record.calls, call);
    }
}

fn call(line: &mut Object<'_>, call: &CallRecord) {
    line.string("name", call.name);
    line.string("upstream", call.upstream);
    line.string("op", call.op);
    match call.end {
        CallEnd::Status(status) => line.number("status", status),
        CallEnd::Failed(kind) => line.string("kind", kind),
        CallEnd::Cancelled => line.string("kind", "cancelled"),
    }
    line.millis("latency_ms", call.latency);
    line.number("attempts", call.attempts);
    if call.hedge {
        line.flag("hedge");
    }
}
