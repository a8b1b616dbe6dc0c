//! Headers that generated code writes, to upstreams and to clients.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::fault::Eval;
use super::text::{HeaderSink, Text, UrlSink, render};

/// Headers that belong to one connection (RFC 9110, section 7.6.1) or to one message, and are never handed on.
pub(super) const OWN: [HeaderName; 10] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::EXPECT,
    header::HOST,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Writes headers. Of values, all but visible ASCII is percent-encoded (in `location`, all but unreserved characters),
/// so nothing that a caller sends can end a header or begin another.
#[derive(Debug)]
pub struct HeaderOut<'m> {
    map: &'m mut HeaderMap,
}

impl<'m> HeaderOut<'m> {
    /// Writes into a map.
    pub fn new(map: &'m mut HeaderMap) -> Self {
        Self { map }
    }

    /// Sets a header in place of any other of its name.
    ///
    /// # Errors
    /// A template that is too long.
    pub fn set(&mut self, name: &'static str, value: impl Text) -> Eval {
        if let Some((name, value)) = written(name, &value)? {
            self.map.insert(name, value);
        }
        Ok(())
    }

    /// Sets a header unless the value is null.
    ///
    /// # Errors
    /// A template that is too long.
    pub fn set_opt(&mut self, name: &'static str, value: Option<impl Text>) -> Eval {
        value.map_or(Ok(()), |value| self.set(name, value))
    }

    /// Adds a header beside others of its name.
    ///
    /// # Errors
    /// A template that is too long.
    pub fn add(&mut self, name: &'static str, value: impl Text) -> Eval {
        if let Some((name, value)) = written(name, &value)? {
            self.map.append(name, value);
        }
        Ok(())
    }
}

/// A header as it may go on the wire. The compiler has checked the names and the literal text of the values; should one
/// slip through, it is left out, never sent broken.
fn written(name: &'static str, value: &dyn Text) -> Eval<Option<(HeaderName, HeaderValue)>> {
    let mut text = String::new();
    match name.eq_ignore_ascii_case("location") {
        true => render(value, &mut UrlSink(&mut text))?,
        false => render(value, &mut HeaderSink::new(&mut text))?,
    }
    let name = HeaderName::from_bytes(name.as_bytes())
        .ok()
        .filter(|name| !OWN.contains(name));
    Ok(name.zip(HeaderValue::try_from(text).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_connection_cannot_be_written() {
        let mut map = HeaderMap::new();
        let mut out = HeaderOut::new(&mut map);
        for name in [
            "host",
            "Connection",
            "content-length",
            "transfer-encoding",
            "not a name",
            "x-ok",
        ] {
            out.set(name, "1").unwrap();
        }
        out.set_opt("x-null", None::<&str>).unwrap();
        assert_eq!(map.keys().collect::<Vec<_>>(), ["x-ok"]);
    }

    #[test]
    fn values_are_set_or_added() {
        let mut map = HeaderMap::new();
        let mut out = HeaderOut::new(&mut map);
        out.set("a", "1").unwrap();
        out.set("A", 2).unwrap();
        out.add("a", "ü").unwrap();
        assert_eq!(map.get_all("a").iter().collect::<Vec<_>>(), ["2", "%C3%BC"]);
    }
}
