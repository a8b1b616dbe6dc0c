//! `idempotency:` of a route (draft-ietf-httpapi-idempotency-key-header): equal requests with one key have their effects once,
//! and the first answer is given to all of them.

use std::sync::Arc;

use aws_lc_rs::digest;
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::HeaderMap;

use super::Inner;
use crate::background::Background;
use crate::engine::table::Idempotency;
use crate::engine::{Head, InputKind, Program};
use crate::error::{Error, InputCode, InputProblem};
use crate::store::{Begin, Fingerprint, IdempotencyKey, IdempotencyStore, StoredAnswer};

/// The longest key that is taken.
const KEY_MAX: usize = 255;

/// What a key means for its request.
pub(super) enum Admission {
    /// It is the first with its key, or has none.
    First(Option<Reservation>),
    /// It has been answered.
    Again(Arc<StoredAnswer>),
}

/// The key of a request: a string of structured fields (RFC 9651, section 3.3.3), or the same text bare, as most clients
/// send it.
pub(super) fn read_key(declared: &Idempotency, headers: &HeaderMap) -> Result<Option<Arc<str>>, InputProblem> {
    let problem = |code, message: &str| InputProblem {
        place: Some(InputKind::Header.name()),
        field: declared.header.to_owned(),
        code,
        message: message.to_owned().into(),
    };
    let mut values = headers.get_all(declared.header).iter();
    let key = match (values.next(), values.next()) {
        (None, _) if declared.required => return Err(problem(InputCode::Missing, "missing")),
        (None, _) => return Ok(None),
        (Some(value), None) => value.to_str().ok().and_then(parse),
        (Some(_), Some(_)) => None,
    };
    let key = key.filter(|key| (1..=KEY_MAX).contains(&key.len()));
    key.map(|key| Some(key.into()))
        .ok_or_else(|| problem(InputCode::Unreadable, "must be one key of 1 to 255 visible characters"))
}

fn parse(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '\t']);
    let Some(quoted) = text.strip_prefix('"') else {
        let bare = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | ',' | ';' | '\\');
        return text.chars().all(bare).then(|| text.to_owned());
    };
    let mut key = String::new();
    let mut rest = quoted.chars();
    loop {
        match rest.next()? {
            '"' => break,
            '\\' => key.push(rest.next().filter(|c| matches!(c, '"' | '\\'))?),
            c => key.push(c),
        }
    }
    // Parameters of the item mean nothing here, and are to be ignored then (RFC 9651, section 3.1.2).
    let rest = rest.as_str().trim_start_matches(' ');
    (rest.is_empty() || rest.starts_with(';')).then_some(key)
}

/// Takes the key for this request, if it has one.
pub(super) async fn begin(
    inner: &Inner,
    program: &Program,
    head: &Head,
    key: Option<Arc<str>>,
    body: &Bytes,
) -> Result<Admission, Error> {
    let (Some(ttl), Some(key)) = (program.idempotency, key) else {
        return Ok(Admission::First(None));
    };
    let key = IdempotencyKey {
        service: inner.service.name,
        route: program.route.name,
        // Whoever is known by `auth` will be named here; under `auth: none` a key counts for all.
        principal: None,
        key,
    };
    match inner.store.begin(&key, fingerprint(head, body), ttl, head.now).await {
        Begin::First => Ok(Admission::First(Some(Reservation {
            store: Arc::clone(&inner.store),
            background: inner.shared.background.clone(),
            key: Some(key),
        }))),
        Begin::Answered(answer) => Ok(Admission::Again(answer)),
        Begin::Running => Err(Error::KeyRunning),
        Begin::Mismatch => Err(Error::KeyReused),
        Begin::Full => Err(Error::Unavailable { retry_after: Some(1) }),
    }
}

/// Each part with its length, so that no two requests read the same.
fn fingerprint(head: &Head, body: &Bytes) -> Fingerprint {
    let mut digest = digest::Context::new(&digest::SHA256);
    let query = head.uri.query().unwrap_or_default();
    for part in [head.method.as_str(), head.uri.path(), query] {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.update(body);
    let mut fingerprint = Fingerprint::default();
    fingerprint.copy_from_slice(digest.finish().as_ref());
    fingerprint
}

/// A key that belongs to the request at hand until it is completed or released; dropping it releases it.
pub(super) struct Reservation {
    store: Arc<dyn IdempotencyStore>,
    background: Background,
    key: Option<IdempotencyKey>,
}

impl Reservation {
    /// Keeps the answer for all that come with this key.
    pub(super) async fn complete(mut self, answer: StoredAnswer) {
        if let Some(key) = self.key.take() {
            self.store.complete(&key, Arc::new(answer)).await;
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        let Some(key) = self.key.take() else { return };
        let store = Arc::clone(&self.store);
        let mut release = Box::pin(async move { store.release(&key).await });
        // In memory it is done at once, and the next request finds the key free.
        if release.as_mut().now_or_never().is_none() {
            self.background.spawn(release);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::engine::table::Setting;

    fn read(lines: &[&str], required: bool) -> Result<Option<String>, InputCode> {
        let declared = Idempotency {
            header: "idempotency-key",
            ttl: Setting::Value(Duration::from_secs(1)),
            required,
        };
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("idempotency-key", line.parse().unwrap());
        }
        let key = read_key(&declared, &headers).map_err(|problem| problem.code)?;
        Ok(key.map(|key| key.to_string()))
    }

    #[test]
    fn a_key_is_a_quoted_string_or_a_bare_text() {
        for (line, key) in [
            ("\"8e03978e-40d5\"", "8e03978e-40d5"),
            ("8e03978e-40d5", "8e03978e-40d5"),
            ("  a+/=_~:  ", "a+/=_~:"),
            (r#""a \"b\" \\ c,;""#, r#"a "b" \ c,;"#),
            ("\"k\";v=1", "k"),
            ("\"k\" ; v", "k"),
        ] {
            assert_eq!(read(&[line], true).unwrap().as_deref(), Some(key), "{line}");
        }
        assert_eq!(read(&[&"x".repeat(255)], true).unwrap().unwrap().len(), 255);
    }

    #[test]
    fn what_is_no_single_key_is_unreadable_and_a_missing_one_only_if_required() {
        for line in [
            "", "\"\"", "\"open", "\"a\" b", "a b", "a,b", "a;b", r#""a\n""#, "a\"b", "ü",
        ] {
            assert_eq!(read(&[line], false), Err(InputCode::Unreadable), "{line}");
        }
        assert_eq!(read(&["a", "b"], false), Err(InputCode::Unreadable));
        assert_eq!(read(&[&"x".repeat(256)], false), Err(InputCode::Unreadable));
        assert_eq!(read(&[], false), Ok(None));
        assert_eq!(read(&[], true), Err(InputCode::Missing));
    }
}
