//! The base address of an upstream: `http://users:8080/v1`.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Scheme};

/// Where an upstream lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// True for `https`.
    pub tls: bool,
    /// Host and, if it is not the scheme's own, port.
    pub authority: Authority,
    /// A path that goes before every target; empty, or begins with a slash and does not end with one.
    pub prefix: String,
}

/// A text that is not the base address of an upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseProblem(&'static str);

impl fmt::Display for BaseProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for BaseProblem {}

impl Base {
    /// Reads a base address.
    ///
    /// # Errors
    /// When it is not an absolute `http` or `https` URL, names a user, or has a query.
    pub fn parse(text: &str) -> Result<Self, BaseProblem> {
        let uri: Uri = text.trim().parse().map_err(|_| BaseProblem("not a URL"))?;
        let tls = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTP => false,
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            _ => return Err(BaseProblem("a base begins with http:// or https://")),
        };
        let authority = uri.authority().cloned().ok_or(BaseProblem("a base names a host"))?;
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(BaseProblem("a base names a host and no user"));
        }
        if authority.as_str() != authority.host() && authority.port_u16().is_none_or(|port| port == 0) {
            return Err(BaseProblem("the port of a base is a number from 1 to 65535"));
        }
        if uri.query().is_some() {
            return Err(BaseProblem("a base has no query"));
        }
        let prefix = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { tls, authority, prefix })
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.authority.port_u16().unwrap_or(if self.tls { 443 } else { 80 })
    }

    /// The host to connect to, an IPv6 address without its brackets.
    pub fn host(&self) -> &str {
        self.authority.host().trim_start_matches('[').trim_end_matches(']')
    }
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn a_base_is_a_scheme_a_host_and_a_prefix() {
        let base = Base::parse("http://users:8080/v1/").unwrap();
        assert_eq!(
            (base.tls, base.host(), base.port(), base.prefix.as_str()),
            (false, "users", 8080, "/v1")
        );
        let base = Base::parse("https://[::1]").unwrap();
        assert_eq!(
            (base.tls, base.host(), base.port(), base.prefix.as_str()),
            (true, "::1", 443, "")
        );
    }

    #[test]
    fn what_is_no_base_is_refused() {
        for text in [
            "",
            "users",
            "users:8080",
            "ftp://a",
            "/a",
            "http://u:p@a",
            "http://a/?x=1",
            "http://a b",
            "http://a:99999",
            "http://a:",
            "http://a:0",
        ] {
            assert!(Base::parse(text).is_err(), "{text}");
        }
    }
}
