//! The one normal form of a path, on which every decision is made: unreserved characters as themselves, everything that
//! is not a path character as an upper-case percent escape, no dot segments.

use std::borrow::Cow;

/// A path that has no normal form: a segment `.` or `..` (also encoded), or a `%` without two hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadPath;

/// Brings a path into its normal form; borrows it when it already is.
pub fn normalize(path: &str) -> Result<Cow<'_, str>, BadPath> {
    let path = if path.bytes().all(is_plain) {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(rewrite(path.as_bytes())?)
    };
    if path.contains("/.") && path.split('/').any(|segment| segment == "." || segment == "..") {
        return Err(BadPath);
    }
    Ok(path)
}

fn rewrite(path: &[u8]) -> Result<String, BadPath> {
    let mut out = String::with_capacity(path.len() + 8);
    let mut rest = path;
    while let [first, tail @ ..] = rest {
        let (octet, escaped) = match (first, tail) {
            (b'%', [high, low, ..]) => (hex(*high)? << 4 | hex(*low)?, true),
            (b'%', _) => return Err(BadPath),
            (octet, _) => (*octet, false),
        };
        rest = if escaped { &tail[2..] } else { tail };
        let keep = if escaped { is_unreserved(octet) } else { is_plain(octet) };
        if keep {
            out.push(char::from(octet))
        } else {
            escape(octet, &mut out)
        }
    }
    Ok(out)
}

fn escape(octet: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(octet >> 4)]));
    out.push(char::from(DIGITS[usize::from(octet & 15)]));
}

fn hex(digit: u8) -> Result<u8, BadPath> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(BadPath),
    }
}

/// RFC 3986 section 2.3.
fn is_unreserved(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"-._~".contains(&octet)
}

/// What may stand in a path unescaped: `pchar` and the slash (RFC 3986 section 3.3).
fn is_plain(octet: u8) -> bool {
    is_unreserved(octet) || b"/!$&'()*+,;=:@".contains(&octet)
}

#[cfg(test)]
mod tests {
    use super::{BadPath, normalize};

    #[test]
    fn unreserved_characters_are_decoded_and_the_rest_is_not() {
        assert_eq!(normalize("/%61%2Db/%2f%2C/%c3%a9").unwrap(), "/a-b/%2F%2C/%C3%A9");
        assert_eq!(normalize("/é \"").unwrap(), "/%C3%A9%20%22");
    }

    #[test]
    fn dot_segments_and_broken_escapes_have_no_normal_form() {
        for path in [
            "/.",
            "/a/..",
            "/a/../b",
            "/%2e%2E/b",
            "/.%2e",
            "/%",
            "/%4",
            "/%zz",
            "/a%4g",
        ] {
            assert_eq!(normalize(path), Err(BadPath), "{path}");
        }
        for path in ["/...", "/.a", "/a.", "/..a/b"] {
            assert_eq!(normalize(path).unwrap(), path);
        }
    }

    #[test]
    fn a_normal_path_is_borrowed() {
        assert!(matches!(normalize("/a/b,c;d=1"), Ok(std::borrow::Cow::Borrowed(_))));
    }
}
