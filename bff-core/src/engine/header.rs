//! Headers that generated code writes, to upstreams and to clients.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::fault::Eval;
use super::text::{HeaderSink, Text, UrlSink, render};

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
        if let Some((name, value)) = header(name, &value)? {
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
        if let Some((name, value)) = header(name, &value)? {
            self.map.append(name, value);
        }
        Ok(())
    }
}

/// A header as it may go on the wire. The compiler has checked the names and the literal text of the values; should one
/// slip through, it is left out, never sent broken.
fn header(name: &'static str, value: &dyn Text) -> Eval<Option<(HeaderName, HeaderValue)>> {
    let mut text = String::new();
    match name.eq_ignore_ascii_case("location") {
        true => render(value, &mut UrlSink(&mut text))?,
        false => render(value, &mut HeaderSink::new(&mut text))?,
    }
    let name = HeaderName::from_bytes(name.as_bytes());
    Ok(name.ok().zip(HeaderValue::try_from(text).ok()))
}
