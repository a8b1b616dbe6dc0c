//! The head of a request, and what generated code may read of it (`request`, and headers, cookies and parameters that
//! no block declares).

use std::borrow::Cow;
use std::sync::Arc;

use http::{HeaderMap, Method, Uri};
use jiff::Timestamp;
use percent_encoding::percent_decode;

use super::value::DateTime;
use crate::context::RequestContext;
use crate::version::Version;

/// The head of a request and its identity, kept until the request has ended.
#[derive(Debug)]
pub struct Head {
    /// The method as it came.
    pub method: Method,
    /// Path and query as they came, without what an outer router took off.
    pub uri: Uri,
    /// The headers as they came.
    pub headers: HeaderMap,
    /// Who asks, under which identifiers.
    pub context: Arc<RequestContext>,
    /// The one instant that `request.now` gives.
    pub now: Timestamp,
}

/// `request`, as generated code reads it.
#[derive(Debug, Clone, Copy)]
pub struct RequestView<'a>(&'a Head);

impl<'a> RequestView<'a> {
    pub(crate) fn new(head: &'a Head) -> Self {
        Self(head)
    }

    /// The address of the client, empty if the request did not come over a socket.
    pub fn ip(self) -> String {
        self.0.context.client_ip.map(|ip| ip.to_string()).unwrap_or_default()
    }

    /// The id of the request.
    pub fn id(self) -> &'a str {
        &self.0.context.request_id
    }

    /// The instant at which the request came.
    pub fn now(self) -> DateTime {
        DateTime(self.0.now)
    }

    /// The method, in capitals.
    pub fn method(self) -> &'a str {
        self.0.method.as_str()
    }

    /// The path as it came.
    pub fn path(self) -> &'a str {
        self.0.uri.path()
    }

    /// The version that the request asks for; null where no version was chosen.
    pub fn version(self) -> Option<Version> {
        self.0.context.version()
    }

    /// The language that the client likes best (`accept-language`, RFC 9110 section 12.5.4), as it wrote it; `en` if it names
    /// none.
    pub fn locale(self) -> &'a str {
        self.header("accept-language").and_then(preferred).unwrap_or("en")
    }

    /// The one of these locales that the client likes best (RFC 4647, lookup); the first one if it names none of them.
    pub fn locale_of(self, locales: &'static [super::text::Locale]) -> &'static str {
        super::locale::negotiate(locales, self.header("accept-language").unwrap_or_default())
    }

    /// The first header of this name (lower case, `-` for `_`); null if it is not there or not visible ASCII.
    pub fn header(self, name: &str) -> Option<&'a str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// The first cookie of this name.
    pub fn cookie(self, name: &str) -> Option<&'a str> {
        cookies(&self.0.headers)
            .find(|(other, _)| *other == name)
            .map(|(_, value)| value)
    }

    /// The first query parameter of this name; null if it is not there or not UTF-8.
    pub fn query(self, name: &str) -> Option<String> {
        let mut pairs = query_pairs(self.0.uri.query().unwrap_or_default());
        pairs
            .find(|(other, _)| form_decode(other).as_deref() == Some(name))
            .and_then(|(_, value)| form_decode(value))
    }
}

/// The first of the languages with the highest weight.
fn preferred(accepted: &str) -> Option<&str> {
    let ranges = accepted.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
        let tag = tag.trim();
        let is_tag = tag.len() <= 35
            && tag
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric()));
        (is_tag && weight > 0.0).then_some((tag, weight))
    });
    // Of equal weights the first stays.
    let best = ranges.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(tag, _)| tag)
}

/// The pairs of all `cookie` headers (RFC 6265, section 5.4), values without their optional quotes.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim_ascii().split_once('=')?;
        let value = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .unwrap_or(value);
        Some((name, value))
    })
}

/// The pairs of a query, undecoded; a name without `=` has the empty value.
pub(crate) fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Decodes `+` and percent escapes of a form; null if an escape is broken or the text is not UTF-8.
pub(crate) fn form_decode(text: &str) -> Option<String> {
    let spaced: Cow<'_, str> = if text.contains('+') {
        text.replace('+', " ").into()
    } else {
        text.into()
    };
    let mut escapes = spaced.split('%').skip(1);
    let hex = |digit: &u8| digit.is_ascii_hexdigit();
    if !escapes.all(|after| after.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(hex))) {
        return None;
    }
    percent_decode(spaced.as_bytes())
        .decode_utf8()
        .ok()
        .map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_text_is_decoded_or_refused_whole() {
        assert_eq!(form_decode("a+b%2Bc%C3%A9").as_deref(), Some("a b+cé"));
        for broken in ["%", "%4", "a%zz", "%ff", "%é"] {
            assert_eq!(form_decode(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_preferred_language_has_the_highest_weight() {
        for (accepted, best) in [
            ("de", Some("de")),
            ("de-AT;q=0.5, fr;q=0.9,en;q=0.9", Some("fr")),
            ("*, pt-BR;q=0.1", Some("pt-BR")),
            ("de;q=0", None),
            ("d\"e, ;, en;q=x", None),
            ("", None),
        ] {
            assert_eq!(preferred(accepted), best, "{accepted}");
        }
    }

    #[test]
    fn cookies_are_split_and_unquoted() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", "a=1; b=\"2\"; c".parse().unwrap());
        headers.append("cookie", "d=x=y".parse().unwrap());
        assert_eq!(
            cookies(&headers).collect::<Vec<_>>(),
            [("a", "1"), ("b", "2"), ("d", "x=y")]
        );
    }
}
