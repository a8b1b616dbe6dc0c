//! A request as the endpoints see it: path parameters, query, headers and body, already read.

use http::HeaderMap;
use http::Method;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// One request, matched to an endpoint.
#[derive(Debug)]
pub struct Ask {
    /// The values of the `{name}` segments, in path order, percent-decoded.
    pub path: Vec<String>,
    /// The query, percent-decoded, in the order in which it came.
    pub query: Vec<(String, String)>,
    /// The JSON body, null when there was none.
    pub body: Value,
}

impl Ask {
    /// The first path parameter, empty when the path has none.
    #[must_use]
    pub fn id(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }

    /// The first query parameter of this name; an empty one counts as absent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// All values of a query parameter: repeated (`id=a&id=b`), separated by commas (`id=a,b`) or both.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        let values = self.query.iter().filter(|(key, _)| key == name);
        values
            .flat_map(|(_, value)| value.split(','))
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The number in a query parameter, `default` when it is absent or unreadable, never above `most`.
    #[must_use]
    pub fn number(&self, name: &str, default: usize, most: usize) -> usize {
        self.get(name)
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
            .min(most)
    }
}

/// Splits a query string into decoded pairs; `+` is a space, as forms write it.
#[must_use]
pub fn parse_query(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(&key.replace('+', " ")), decode(&value.replace('+', " ")))
        })
        .collect()
}

/// Matches a path with a pattern such as `/v1/users/{id}`; gives the parameters, or nothing when it does not match.
#[must_use]
pub fn match_path(pattern: &str, path: &str) -> Option<Vec<String>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut found = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(found),
            (Some(parameter), Some(value)) if parameter.starts_with('{') && !value.is_empty() => {
                found.push(decode(value))
            }
            (Some(literal), Some(value)) if literal == value => {}
            _ => return None,
        }
    }
}

/// What the log keeps of a request: everything that arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The method.
    pub method: Method,
    /// The path as it came, still percent-encoded.
    pub path: String,
    /// The query as it came, without the question mark; empty when there is none.
    pub query: String,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as text, cut at 4 KB.
    pub body: String,
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
