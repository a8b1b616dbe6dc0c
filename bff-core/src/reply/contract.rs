//! The headers in which a route keeps its contract, on every answer of it: what the answer varies by, and that the route
//! will go away.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::engine::table::{Deprecation, Route};
use crate::version::Versions;

/// RFC 9745.
const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
/// RFC 8594.
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// What the answers of a route say, whatever they are.
#[derive(Debug, Default)]
pub(crate) struct Promised {
    /// The route, once it is known.
    pub(crate) route: Option<&'static Route>,
    versions: Option<&'static Versions>,
    deprecation: Option<&'static Deprecation>,
    successor: Option<HeaderValue>,
}

impl Promised {
    /// What this route says; `captures` are the parameters of its path, as they came.
    pub(crate) fn of(route: &'static Route, versions: Option<&'static Versions>, captures: &[(&str, &str)]) -> Self {
        let contract = &route.contract;
        let successor = contract.deprecation.and_then(|it| it.successor);
        Self {
            route: Some(route),
            versions: versions.filter(|_| contract.versioned),
            deprecation: contract.deprecation,
            successor: successor.and_then(|path| successor_link(path, captures)),
        }
    }

    /// Adds the headers.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        if let Some(name) = self.versions.and_then(Versions::header_name) {
            headers.append(header::VARY, name.into());
        }
        if let Some(deprecation) = self.deprecation {
            headers.insert(DEPRECATION, HeaderValue::from_static(deprecation.since));
            if let Some(sunset) = deprecation.sunset {
                headers.insert(SUNSET, HeaderValue::from_static(sunset));
            }
        }
        if let Some(successor) = &self.successor {
            headers.append(header::LINK, successor.clone());
        }
    }
}

/// `</api/orders/7>; rel="successor-version"`. The parameters are as they came in the path, so they are escaped already.
fn successor_link(path: &str, captures: &[(&str, &str)]) -> Option<HeaderValue> {
    let mut link = String::from("<");
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        let (_, value) = captures.iter().find(|(other, _)| *other == name)?;
        link.push_str(before);
        link.push_str(value);
        rest = behind;
    }
    link.push_str(rest);
    link.push_str(">; rel=\"successor-version\"");
    // A parameter that could end the link early is not repeated.
    let inside = &link[1..link.len() - ">; rel=\"successor-version\"".len()];
    let plain = inside
        .bytes()
        .all(|it| it.is_ascii_graphic() && !matches!(it, b'<' | b'>' | b'"'));
    if plain { HeaderValue::try_from(link).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_successor_takes_over_the_parameters_of_the_path() {
        let link =
            |path, captures: &[(&str, &str)]| successor_link(path, captures).map(|it| it.to_str().unwrap().to_owned());
        assert_eq!(
            link("/api/orders", &[]).unwrap(),
            "</api/orders>; rel=\"successor-version\""
        );
        assert_eq!(
            link("/o/{id}/lines/{n}", &[("n", "2"), ("id", "a%2Fb")]).unwrap(),
            "</o/a%2Fb/lines/2>; rel=\"successor-version\""
        );
        assert_eq!(link("/o/{id}", &[]), None);
        for bad in ["a>b", "a\"b", "a b", "é"] {
            assert_eq!(link("/o/{id}", &[("id", bad)]), None, "{bad}");
        }
    }
}
