//! The request of a call, written by generated code: each position has its own escape.

use http::{HeaderMap, HeaderValue, Method, header};

use super::base64;
use super::fault::{Eval, Fault};
use super::header::HeaderOut;
use super::out::Out;
use super::stream::Stream;
use super::text::{Text, UrlSink, render};
use super::value::Str;
use crate::upstream::Outbound;

/// Writes one request to an upstream: path, query, headers, body. What goes wrong is kept and told at the end, so that
/// calls chain.
#[derive(Debug, Default)]
pub struct Request {
    target: String,
    has_query: bool,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    /// The stream that is the body.
    stream: Option<Stream>,
    /// What `*` of the route took, for a proxy.
    rest: String,
    /// The header that has the idempotency key.
    key: Option<&'static str>,
    fault: Option<Fault>,
    /// A path argument that names nothing: empty, so that the path would mean something else.
    hollow: bool,
}

/// The path of a request cannot be written: an argument is empty, `.` or `..`, which would name another resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hollow;

impl Request {
    /// An empty request.
    pub fn new() -> Self {
        Self {
            target: String::with_capacity(64),
            ..Self::default()
        }
    }

    /// Text of the operation's own path, as it is.
    pub fn path(&mut self, text: &'static str) -> &mut Self {
        self.target.push_str(text);
        self
    }

    /// An argument in the path; all but unreserved characters are percent-encoded, so it cannot leave its segment.
    pub fn segment(&mut self, value: impl Text) -> &mut Self {
        let before = self.target.len();
        self.keep(|it| render(&value, &mut UrlSink(&mut it.target)));
        self.hollow |= self.target.len() == before;
        self
    }

    /// A query parameter.
    pub fn query(&mut self, name: &str, value: impl Text) -> &mut Self {
        self.target.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.keep(|it| {
            let mut sink = UrlSink(&mut it.target);
            render(&name, &mut sink)?;
            sink.0.push('=');
            render(&value, &mut sink)
        });
        self
    }

    /// A query parameter, left out when it is null.
    pub fn query_opt(&mut self, name: &str, value: Option<impl Text>) -> &mut Self {
        if let Some(value) = value {
            self.query(name, value);
        }
        self
    }

    /// A query parameter for each element of a list: the key repeats.
    pub fn query_each(&mut self, name: &str, values: impl IntoIterator<Item = impl Text>) -> &mut Self {
        for value in values {
            self.query(name, value);
        }
        self
    }

    /// A header.
    pub fn header(&mut self, name: &'static str, value: impl Text) -> &mut Self {
        self.keep(|it| HeaderOut::new(&mut it.headers).set(name, value));
        self
    }

    /// A header, left out when the value is null.
    pub fn header_opt(&mut self, name: &'static str, value: Option<impl Text>) -> &mut Self {
        if let Some(value) = value {
            self.header(name, value);
        }
        self
    }

    /// A header for each element of a list.
    pub fn header_each(&mut self, name: &'static str, values: impl IntoIterator<Item = impl Text>) -> &mut Self {
        for value in values {
            self.keep(|it| HeaderOut::new(&mut it.headers).add(name, value));
        }
        self
    }

    /// The key under which the upstream does this once. The call's takes the place of the operation's.
    pub fn idempotent(&mut self, name: &'static str, key: impl Text) -> &mut Self {
        self.idempotent_opt(name, Some(key))
    }

    /// The same with a key that may be null: then there is none.
    pub fn idempotent_opt(&mut self, name: &'static str, key: Option<impl Text>) -> &mut Self {
        if let Some(name) = self.key.replace(name) {
            self.headers.remove(name);
        }
        self.header_opt(name, key)
    }

    /// A JSON body.
    pub fn body(&mut self, write: impl FnOnce(&mut Out)) -> &mut Self {
        self.keep(|it| {
            let mut out = Out::new();
            write(&mut out);
            it.body = Some(out.finish()?);
            let json = HeaderValue::from_static("application/json");
            it.headers.insert(header::CONTENT_TYPE, json);
            Ok(())
        });
        self
    }

    /// The bytes of a base64 text as the whole body; none where it is null.
    pub fn bytes(&mut self, base64: Option<Str<'_>>) -> &mut Self {
        let Some(base64) = base64 else { return self };
        self.keep(|it| {
            it.body = Some(base64::decode(&base64.text()).ok_or(Fault::internal("a body that is no base64 text"))?);
            let octets = HeaderValue::from_static("application/octet-stream");
            it.headers.entry(header::CONTENT_TYPE).or_insert(octets);
            Ok(())
        });
        self
    }

    /// A stream as the body, as it comes.
    pub fn stream(&mut self, stream: Stream) -> &mut Self {
        self.stream = Some(stream);
        self
    }

    /// The rest of the path that the `*` of a proxy route took, as it came.
    pub fn rest(&mut self) -> &mut Self {
        self.target.push_str(&self.rest);
        self
    }

    /// An empty request of a proxy route.
    pub(crate) fn with_rest(rest: &str) -> Self {
        Self {
            rest: rest.to_owned(),
            ..Self::default()
        }
    }

    /// The stream that goes along.
    pub(crate) fn takes(&self) -> Option<Stream> {
        self.stream
    }

    fn keep(&mut self, write: impl FnOnce(&mut Self) -> Eval) {
        if self.fault.is_none() {
            self.fault = write(self).err();
        }
    }

    /// What goes out, without the headers that every request gets.
    pub(crate) fn finish(self, op: &'static str, method: Method) -> Eval<Result<Outbound, Hollow>> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let path = self.target.split('?').next().unwrap_or_default();
        if self.hollow || has_dots(path) {
            return Ok(Err(Hollow));
        }
        let body = self.body.map(Into::into);
        Ok(Ok(Outbound {
            op,
            method,
            target: self.target,
            headers: self.headers,
            body,
        }))
    }
}

/// Whether a step of a path is `.` or `..`, also behind an encoded slash: some programs decode a path before they take it
/// apart.
fn has_dots(path: &str) -> bool {
    let steps = || {
        let segments = path.split('/').flat_map(|segment| segment.split("%2F"));
        segments.flat_map(|part| part.split("%5C"))
    };
    // Most paths have no dot at all.
    path.contains('.') && steps().any(|step| step == "." || step == "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::t;

    fn written(write: impl FnOnce(&mut Request)) -> Outbound {
        let mut request = Request::new();
        write(&mut request);
        request.finish("op", Method::GET).unwrap().unwrap()
    }

    #[test]
    fn a_path_argument_cannot_leave_its_segment() {
        let sent = written(|q| {
            q.path("/users/").segment("a/b?c#d%2e ü").path("/orders");
        });
        assert_eq!(sent.target, "/users/a%2Fb%3Fc%23d%252e%20%C3%BC/orders");
    }

    #[test]
    fn an_argument_that_would_name_another_resource_is_not_sent() {
        for value in ["", ".", "..", "../admin", "a/../b", "..\\..", "/."] {
            let mut request = Request::new();
            request.path("/users/").segment(value);
            assert_eq!(
                request.finish("op", Method::GET).unwrap().unwrap_err(),
                Hollow,
                "{value:?}"
            );
        }
        assert_eq!(
            written(|q| {
                q.path("/v/").segment("...").path(".json");
            })
            .target,
            "/v/....json"
        );
    }

    #[test]
    fn null_is_left_out_of_the_query_and_lists_repeat_the_key() {
        let sent = written(|q| {
            q.path("/s")
                .query("q", "a&b=c")
                .query_opt("page", None::<&str>)
                .query_each("id", [1, 2]);
        });
        assert_eq!(sent.target, "/s?q=a%26b%3Dc&id=1&id=2");
    }

    #[test]
    fn a_value_cannot_end_its_header() {
        let evil = "1\r\nx-b: 2";
        let sent = written(|q| {
            q.path("/")
                .header("x-a", t!["v ", evil])
                .header_opt("x-c", None::<&str>);
        });
        assert_eq!(sent.headers.len(), 1);
        assert!(!sent.headers["x-a"].as_bytes().contains(&b'\n'));
    }

    #[test]
    fn a_body_is_json() {
        let sent = written(|q| {
            q.path("/").body(|o| {
                o.object();
                o.put("a", "\"x\"");
                o.end_object();
            });
        });
        assert_eq!(sent.body.as_deref(), Some(&br#"{"a":"\"x\""}"#[..]));
    }
}
