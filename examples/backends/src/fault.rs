//! Trouble on demand: what a caller asks for by header, read into a [`Fault`].
//!
//! `x-fault-delay`, `x-fault-status`, `x-fault-cut` and `x-fault-body` hit the service that receives them. `x-fault`
//! names its target, so that a BFF may forward it to every backend and only one of them fails:
//! `x-fault: recommender.forUser;status=503, catalog;delay=300ms`.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

/// What shall go wrong with one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// Wait this long before answering.
    pub delay: Option<Duration>,
    /// Answer with this status and an error document instead of the data.
    pub status: Option<StatusCode>,
    /// Send this many bytes of the body and close the connection; zero closes it before anything is sent.
    pub cut: Option<usize>,
    /// Spoil the body.
    pub body: Option<Spoil>,
}

/// Ways to spoil a body. The status stays as it was, and the length fits what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    /// The first half of the JSON text.
    Truncated,
    /// Text that is not JSON, though the content type says so.
    NotJson,
    /// JSON of the right outline in which every scalar is an object instead.
    WrongType,
    /// Nothing at all.
    Empty,
    /// A page of HTML with its own content type, as a broken proxy sends it.
    Html,
    /// A JSON list that never ends.
    Endless,
}

impl Fault {
    /// Reads the fault that the headers ask of operation `op` of `service`.
    ///
    /// # Errors
    /// A sentence that says which header is wrong: a fault that is not understood must not pass as "no fault".
    pub fn from_headers(headers: &HeaderMap, service: &str, op: &str) -> Result<Fault, String> {
        let mut fault = Fault::default();
        for kind in ["delay", "status", "cut", "body"] {
            for value in headers.get_all(format!("x-fault-{kind}")) {
                let value = value.to_str().map_err(|_| format!("x-fault-{kind} is not text"))?;
                fault.set(kind, value.trim())?;
            }
        }
        for value in headers.get_all("x-fault") {
            let value = value.to_str().map_err(|_| "x-fault is not text".to_owned())?;
            for entry in value.split(',').filter(|entry| !entry.trim().is_empty()) {
                fault.add_entry(entry, service, op)?;
            }
        }
        Ok(fault)
    }

    /// Applies one `target;kind=value;kind=value` of `x-fault`, if it is meant for this operation.
    fn add_entry(&mut self, entry: &str, service: &str, op: &str) -> Result<(), String> {
        let mut parts = entry.split(';').map(str::trim);
        let target = parts.next().unwrap_or_default();
        let (wanted, wanted_op) = target
            .split_once('.')
            .map_or((target, None), |(name, op)| (name, Some(op)));
        if wanted != service || wanted_op.is_some_and(|wanted| wanted != op) {
            return Ok(());
        }
        for part in parts {
            let (kind, value) = part
                .split_once('=')
                .ok_or_else(|| format!("x-fault: `{part}` is not written kind=value"))?;
            self.set(kind.trim(), value.trim())?;
        }
        Ok(())
    }

    fn set(&mut self, kind: &str, value: &str) -> Result<(), String> {
        let wrong = |wanted: &str| format!("x-fault: {kind} `{value}` is not {wanted}");
        match kind {
            "delay" => self.delay = Some(duration(value).ok_or_else(|| wrong("a duration such as 300ms or 2s"))?),
            "status" => {
                let status = value.parse::<StatusCode>().ok().filter(|status| status.as_u16() >= 200);
                self.status = Some(status.ok_or_else(|| wrong("a status such as 503"))?);
            }
            "cut" => self.cut = Some(value.parse().map_err(|_| wrong("a number of bytes"))?),
            "body" => self.body = Some(spoil(value).ok_or_else(|| wrong(SPOILS))?),
            _ => return Err(format!("x-fault: `{kind}` is not one of delay, status, cut, body")),
        }
        Ok(())
    }
}

const SPOILS: &str = "one of truncated, notjson, wrongtype, empty, html, endless";

fn spoil(value: &str) -> Option<Spoil> {
    Some(match value {
        "truncated" => Spoil::Truncated,
        "notjson" => Spoil::NotJson,
        "wrongtype" => Spoil::WrongType,
        "empty" => Spoil::Empty,
        "html" => Spoil::Html,
        "endless" => Spoil::Endless,
        _ => return None,
    })
}

fn duration(value: &str) -> Option<Duration> {
    if let Some(number) = value.strip_suffix("ms") {
        return number.parse().ok().map(Duration::from_millis);
    }
    value.strip_suffix('s')?.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headers: &[(&'static str, &str)]) -> Result<Fault, String> {
        let pairs = headers.iter().map(|(name, value)| {
            (
                http::HeaderName::from_static(name),
                value.parse().expect("a header value of the test"),
            )
        });
        Fault::from_headers(&pairs.collect(), "recommender", "forUser")
    }

    #[test]
    fn a_plain_header_hits_whoever_receives_it() {
        let fault = read(&[
            ("x-fault-delay", "300ms"),
            ("x-fault-status", "503"),
            ("x-fault-cut", "200"),
        ])
        .unwrap();
        assert_eq!(fault.delay, Some(Duration::from_millis(300)));
        assert_eq!(fault.status, Some(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(fault.cut, Some(200));
    }

    #[test]
    fn a_targeted_fault_hits_its_service_or_operation_only() {
        let hit = Fault {
            status: Some(StatusCode::BAD_GATEWAY),
            ..Fault::default()
        };
        assert_eq!(read(&[("x-fault", "recommender;status=502")]), Ok(hit.clone()));
        assert_eq!(
            read(&[("x-fault", "catalog;status=500, recommender.forUser;status=502")]),
            Ok(hit)
        );
        assert_eq!(
            read(&[("x-fault", "recommender.popular;status=502")]),
            Ok(Fault::default())
        );
        assert_eq!(read(&[("x-fault", "catalog;status=502")]), Ok(Fault::default()));
    }

    #[test]
    fn kinds_add_up_for_one_target() {
        let fault = read(&[("x-fault", "recommender;delay=2s;body=truncated")]).unwrap();
        assert_eq!(
            (fault.delay, fault.body),
            (Some(Duration::from_secs(2)), Some(Spoil::Truncated))
        );
    }

    #[test]
    fn what_is_not_understood_is_said_and_not_ignored() {
        for (header, value) in [
            ("x-fault-delay", "soon"),
            ("x-fault-status", "9"),
            ("x-fault-body", "odd"),
            ("x-fault", "recommender;explode=1"),
            ("x-fault", "recommender;delay"),
        ] {
            assert!(read(&[(header, value)]).is_err(), "{header}: {value}");
        }
    }
}
