//! The way of a request of a proxy route: handed on as it came, answered with what comes back, both as streams.

use axum::body::Body;
use axum::response::Response;
use http::{StatusCode, header};
use tokio::time::Instant;

use super::Inner;
use crate::context::{CallEnd, CallRecord};
use crate::engine::stream::{Flow, Source, Times, length_of, passing_body, within};
use crate::engine::table::{Guard, Proxy};
use crate::engine::{Head, Outgoing, Program, ProxyProgram, Request, Slots, end_of, end_to_end, fault_error, refusal};
use crate::error::{Error, FailureKind};
use crate::reply::Streamed;
use crate::route::normalize;
use crate::upstream::{Opened, Outbound};

/// How the request of a proxy route is called where calls are named: it has no name of its own.
const NAME: &str = "proxy";

/// Answers a request of a proxy route whose inputs have been read.
pub(super) async fn answer(
    inner: &Inner,
    program: &Program,
    proxy: &ProxyProgram,
    (slots, source): (&Slots, Option<Source>),
    outgoing: &Outgoing,
) -> Result<Response, Error> {
    let head = &outgoing.head;
    program.route.guards.iter().try_for_each(|guard| decide(guard, slots))?;
    let target = target(inner.service.mount, program.route.path, proxy.row, head, slots)?;
    let (started, until) = (Instant::now(), outgoing.budget);
    let times = Times {
        started,
        attempt: proxy.remote.timeout,
        until,
        kind: FailureKind::Deadline,
    };
    let headers = outgoing.hand_on(proxy.row.upstream, until.min(started + times.attempt), started);
    let request = Outbound {
        op: NAME,
        method: head.method.clone(),
        target,
        headers: headers.map_err(|fault| fault_error(fault, proxy.row.at))?,
        body: None,
    };
    let (body, flow) = source.map_or((None, None), |source| (Some(source.body), source.flow));
    flow.iter().for_each(Flow::start);
    let mut logged = Logged {
        head,
        proxy,
        started,
        end: CallEnd::Cancelled,
    };
    let outcome = within(proxy.remote.open(request, body), times, flow.as_ref()).await;
    match outcome {
        Ok(opened) => {
            logged.end = CallEnd::Status(opened.status);
            Ok(response(opened, flow))
        }
        Err(failure) => {
            logged.end = end_of(failure.kind);
            Err(match flow.and_then(|flow| flow.fault()) {
                Some(fault) => fault.error(),
                None => Error::Call {
                    call: NAME,
                    at: proxy.row.at,
                    path: false,
                    failure,
                },
            })
        }
    }
}

fn decide(guard: &'static Guard, slots: &Slots) -> Result<(), Error> {
    match (guard.test.run)(slots) {
        Ok(true) => Ok(()),
        Ok(false) => Err(refusal(guard)),
        Err(fault) => Err(fault_error(fault, guard.at)),
    }
}

/// Notes the request in the log when it ends, also when its client goes away.
struct Logged<'r> {
    head: &'r Head,
    proxy: &'r ProxyProgram,
    started: Instant,
    end: CallEnd,
}

impl Drop for Logged<'_> {
    fn drop(&mut self) {
        self.head.context.called(CallRecord {
            name: NAME,
            upstream: self.proxy.row.upstream.name,
            op: NAME,
            end: self.end,
            latency: self.started.elapsed(),
            attempts: 1,
            hedge: false,
        });
    }
}

/// What came back, without what belongs to the connection it came over.
fn response(opened: Opened, flow: Option<Flow>) -> Response {
    let mut headers = end_to_end(&opened.headers);
    let length = length_of(&opened.headers);
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    let ended = http_body::Body::is_end_stream(&opened.body);
    let body = match ended {
        true => Body::empty(),
        false => passing_body(opened.body, None, length, flow),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(opened.status).unwrap_or(StatusCode::BAD_GATEWAY);
    *response.headers_mut() = headers;
    response.extensions_mut().insert(Streamed);
    response
}

/// Path and query of what is sent.
fn target(mount: &str, route: &str, proxy: &'static Proxy, head: &Head, slots: &Slots) -> Result<String, Error> {
    let came = as_it_came(head.uri.path());
    let mounted = segments(mount);
    let mut target = match proxy.target {
        None => below(&came, mounted).to_owned(),
        Some(write) => {
            // The `*` stands last.
            let rest = below(&came, mounted + segments(route) - 1);
            let mut request = Request::with_rest(rest.strip_prefix('/').unwrap_or(rest));
            let located = |fault| fault_error(fault, proxy.at);
            (write.run)(slots, &mut request).map_err(located)?;
            let written = request.finish(NAME, head.method.clone()).map_err(located)?;
            written.map_err(|_| Error::BadPath)?.target
        }
    };
    if climbs(&target) {
        return Err(Error::BadPath);
    }
    if !target.starts_with('/') {
        target.insert(0, '/');
    }
    if let Some(query) = head.uri.query() {
        target.push('?');
        target.push_str(query);
    }
    Ok(target)
}

/// A path with its escapes as they came, unless it has characters that no path has.
fn as_it_came(path: &str) -> std::borrow::Cow<'_, str> {
    let plain = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@%".contains(&octet);
    match path.bytes().all(plain) {
        true => path.into(),
        // It has been brought into this form before, to be matched.
        false => normalize(path).unwrap_or_default(),
    }
}

/// How many segments a path has; none for `/`.
fn segments(path: &str) -> usize {
    let path = path.trim_end_matches('/');
    path.matches('/').count()
}

/// What stands below so many segments: empty, or from a slash on.
fn below(path: &str, segments: usize) -> &str {
    let mut slashes = path.match_indices('/').map(|(at, _)| at);
    slashes.nth(segments).map_or("", |at| &path[at..])
}

/// Whether somebody who decodes more than we do would find a `.` or `..` in a path.
fn climbs(target: &str) -> bool {
    let Ok(path) = normalize(target.split('?').next().unwrap_or_default()) else {
        return true;
    };
    let mut parts = path
        .split('/')
        .flat_map(|part| part.split("%2F"))
        .flat_map(|part| part.split("%5C"));
    parts.any(|part| part == "." || part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_keeps_its_escapes() {
        for (path, count, rest) in [
            ("/web/static/a%2Fb", 1, "/static/a%2Fb"),
            ("/web/static/a%2Fb", 2, "/a%2Fb"),
            ("/web", 1, ""),
            ("/web/", 1, "/"),
            ("/a//b", 1, "//b"),
            ("/a", 0, "/a"),
        ] {
            assert_eq!(below(path, count), rest, "{path} {count}");
        }
        assert_eq!((segments("/"), segments("/web"), segments("/a/b/*")), (0, 1, 3));
        assert_eq!(as_it_came("/%7Ea/b"), "/%7Ea/b");
        assert_eq!(as_it_came("/%7Ea/é\""), "/~a/%C3%A9%22");
    }

    #[test]
    fn nothing_climbs() {
        for bad in [
            "/a/../b",
            "/..%2fb",
            "/a%2F..",
            "/a%5c..%5Cb",
            "/a/%2e%2e/b",
            "/.%2Fa",
            "/%",
        ] {
            assert!(climbs(bad), "{bad}");
        }
        for good in ["/a/b", "/...", "/a..b", "/.well-known/x", "/a%2Fb?x=../.."] {
            assert!(!climbs(good), "{good}");
        }
    }
}
