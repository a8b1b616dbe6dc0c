//! Which route answers a request: the paths of a client as one tree, by the rules of section 7.2 of the language. axum's
//! router cannot say them (mixed segments, an empty rest, falling back to the next best pattern), so it is not asked.

mod normal;
mod pattern;
#[cfg(test)]
mod tests;
mod tree;

pub use normal::{BadPath, normalize};
pub use tree::{Found, Miss, Tree};

use http::Method;

/// The method that a route is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// `GET`; it also answers `HEAD` where no route of that name does.
    Get,
    /// `HEAD`.
    Head,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// Every method that no route of the same pattern names.
    Any,
}

impl Verb {
    /// The verb of a method, if a route can be written for it by name.
    pub fn of(method: &Method) -> Option<Self> {
        Some(match method.as_str() {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            "OPTIONS" => Self::Options,
            _ => return None,
        })
    }

    /// As it stands in a request line; `*` for [`Verb::Any`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Any => "*",
        }
    }
}
