//! `Int(1..20)`, `String(1..20, "^re$")`, `[T](..50)`: what a value must satisfy where it enters.

use super::resolve::{number, spell_scalar};
use super::types::{Constraint, Scalar, Ty};
use crate::diagnostic::{Diagnostic, Sink};
use crate::syntax::ast;

/// The most that a pattern may take once compiled; the `regex` crate refuses more, and matching stays linear.
const PATTERN_SIZE: usize = 1 << 20;

/// What a constraint bounds.
enum Bounds {
    Value {
        whole: bool,
    },
    Length,
    /// Of a stream, in octets.
    Size,
}

/// Reads a constraint on `ty`; says what is wrong with it.
pub fn read(ty: &Ty, written: &ast::Type, constraint: &ast::Constraint, sink: &mut Sink) -> Option<Constraint> {
    let bounds = match ty {
        Ty::Unknown => return None,
        Ty::Scalar(Scalar::Int) => Bounds::Value { whole: true },
        Ty::Scalar(Scalar::Float | Scalar::Decimal) => Bounds::Value { whole: false },
        Ty::Scalar(Scalar::Stream) => Bounds::Size,
        Ty::Scalar(Scalar::String | Scalar::Id | Scalar::Url | Scalar::Bytes) | Ty::List(_) | Ty::Map(..) => {
            Bounds::Length
        }
        other => {
            let what = match other {
                Ty::Scalar(scalar) => format!("`{}`", spell_scalar(*scalar)),
                Ty::Nullable(_) => "a type that may be null".to_owned(),
                _ => "a record or enum".to_owned(),
            };
            let text = format!("{what} takes no constraint");
            sink.push(
                Diagnostic::error("E0210", constraint.span, text)
                    .help("numbers take a range, text a length and a pattern, lists, maps and `Bytes` a length"),
            );
            return None;
        }
    };
    let mut read = Constraint::default();
    if let Some(range) = &constraint.range {
        let bound = |scalar: &Option<ast::Scalar>, sink: &mut Sink| scalar.as_ref().map(|it| bound(it, &bounds, sink));
        let (min, max) = (bound(&range.start, sink), bound(&range.end, sink));
        if matches!(min, Some(None)) || matches!(max, Some(None)) {
            return None;
        }
        (read.min, read.max) = (min.flatten(), max.flatten());
        if let (Bounds::Size, Some(start)) = (&bounds, &range.start) {
            let text = "a stream has no least size: it is known only when all has gone";
            let found = Diagnostic::error("E0210", start.span, text);
            sink.push(found.help("bound it from above: `Stream(..5MB)`"));
            return None;
        }
        if let (Some(min), Some(max)) = (read.min, read.max)
            && min > max
        {
            let found = Diagnostic::error("E0210", range.span, "nothing lies in this range");
            sink.push(
                found
                    .help(format!("the smaller bound comes first: `{max}..{min}`"))
                    .fix(range.span, format!("{max}..{min}")),
            );
            return None;
        }
    }
    if let Some(pattern) = &constraint.pattern {
        if !matches!(ty, Ty::Scalar(Scalar::String | Scalar::Id | Scalar::Url)) {
            let found = Diagnostic::error("E0210", pattern.span, "only text takes a pattern");
            sink.push(found.help(format!(
                "leave it out, or use `String` instead of `{}`",
                kind_text(&written.kind)
            )));
            return None;
        }
        match regex::RegexBuilder::new(&pattern.text).size_limit(PATTERN_SIZE).build() {
            Ok(_) => read.pattern = Some(pattern.text.clone()),
            Err(error) => {
                sink.push(bad_pattern(pattern, &error));
                return None;
            }
        }
    }
    Some(read)
}

/// A constraint on a type that is constrained already: both must hold.
pub fn both(
    own: Option<Constraint>,
    before: Option<Constraint>,
    written: &ast::Constraint,
    sink: &mut Sink,
) -> Option<Constraint> {
    let (Some(own), Some(before)) = (&own, &before) else {
        return own.or(before);
    };
    if let (Some(_), Some(first), Some(pattern)) = (&own.pattern, &before.pattern, &written.pattern) {
        let found = Diagnostic::error("E0210", pattern.span, "this type has a pattern already");
        sink.push(
            found
                .note(format!("it is `{first}`"))
                .help("put both into one pattern of one type"),
        );
    }
    let min = own.min.into_iter().chain(before.min).max();
    let max = own.max.into_iter().chain(before.max).min();
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let found = Diagnostic::error(
            "E0210",
            written.span,
            "nothing keeps to this and to what the type says already",
        );
        sink.push(found.note(format!("it would have to lie between {min} and {max}")));
    }
    Some(Constraint {
        min,
        max,
        pattern: own.pattern.clone().or_else(|| before.pattern.clone()),
        each: before.each.clone(),
        key: before.key.clone(),
    })
}

fn bound(scalar: &ast::Scalar, bounds: &Bounds, sink: &mut Sink) -> Option<rust_decimal::Decimal> {
    if let Bounds::Size = bounds {
        return size_bound(scalar, sink);
    }
    let parsed = (scalar.kind == ast::ScalarKind::Number)
        .then(|| number(&scalar.text))
        .flatten();
    let (fits, wanted) = match bounds {
        Bounds::Value { whole: true } => (
            parsed.is_some_and(|it| i64::try_from(it).is_ok() && it.fract().is_zero()),
            "a whole number",
        ),
        Bounds::Value { whole: false } => (parsed.is_some(), "a number"),
        Bounds::Length => (
            parsed.is_some_and(|it| u32::try_from(it).is_ok() && it.fract().is_zero()),
            "a length: a whole number from 0",
        ),
        Bounds::Size => (false, "a size"),
    };
    if !fits {
        let found = Diagnostic::error(
            "E0210",
            scalar.span,
            format!("a bound here is {wanted}, not `{}`", scalar.text),
        );
        sink.push(found.help("such as `1..20`"));
    }
    parsed.filter(|_| fits)
}

/// The bound of a stream: a size with its unit.
fn size_bound(scalar: &ast::Scalar, sink: &mut Sink) -> Option<rust_decimal::Decimal> {
    let size = (scalar.kind == ast::ScalarKind::Size)
        .then(|| size(&scalar.text))
        .flatten();
    if size.is_none() {
        let text = format!("a stream is bounded by a size with its unit, not by `{}`", scalar.text);
        sink.push(
            Diagnostic::error("E0210", scalar.span, text)
                .help("such as `Stream(..5MB)`; there are `KB`, `MB` and `GB`"),
        );
    }
    size.map(Into::into)
}

/// The octets of `64KB`, `1.5MB`, `2GB`: a unit is 1024 times the one before, as in the sizes of most servers.
pub(crate) fn size(text: &str) -> Option<u64> {
    let units = [("KB", 1_u64 << 10), ("MB", 1 << 20), ("GB", 1 << 30)];
    let (number, unit) = units
        .iter()
        .find_map(|(unit, octets)| Some((text.strip_suffix(unit)?, *octets)))?;
    let number: rust_decimal::Decimal = number.replace('_', "").parse().ok()?;
    u64::try_from(number.checked_mul(unit.into())?.round()).ok()
}

fn bad_pattern(pattern: &ast::Text, error: &regex::Error) -> Diagnostic {
    let why = match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().rev().find_map(|line| line.strip_prefix("error: "));
            last.unwrap_or("it cannot be read").to_owned()
        }
    };
    let found = Diagnostic::error("E0210", pattern.span, "this pattern is no regular expression").note(why.clone());
    if why.contains("look-around") || why.contains("backreference") {
        return found.help("patterns are matched in linear time: no look-around, no back-references");
    }
    found.help("a backslash is written twice: `\"^\\\\d+$\"`")
}

fn kind_text(kind: &ast::TypeKind) -> String {
    match kind {
        ast::TypeKind::Named { name, .. } => name.text.clone(),
        _ => "this".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_octets() {
        for (text, octets) in [
            ("1KB", 1 << 10),
            ("5MB", 5 << 20),
            ("1.5MB", 3 << 19),
            ("2GB", 2 << 30),
            ("1_000KB", 1_024_000),
        ] {
            assert_eq!(size(text), Some(octets), "{text}");
        }
        assert_eq!(size("99999999999999999999GB"), None, "past what fits");
    }
}
