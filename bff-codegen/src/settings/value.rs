//! Values of settings: a literal, or `env.NAME`, or `env.NAME ?? literal`, read and checked at start.

use super::Reader;
use crate::diagnostic::Diagnostic;
use crate::model::types::Setting;
use crate::source::Span;
use crate::syntax::ast::{BinaryOp, Const, Expr, ExprKind, ScalarKind, StrPiece};

/// What a value that does not fit is, in a message.
pub fn describe(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Const(Const::Null) => "`null`",
        ExprKind::Const(_) => "a boolean",
        ExprKind::Scalar(scalar) => match scalar.kind {
            ScalarKind::Number => "a number",
            ScalarKind::Duration => "a duration",
            ScalarKind::Size => "a size",
            ScalarKind::Percent => "a percentage",
            ScalarKind::Rate => "a rate",
            ScalarKind::Date => "a date",
            ScalarKind::StatusClass => "a class of statuses",
        },
        ExprKind::Range(_) => "a range",
        ExprKind::Str(_) => "text",
        ExprKind::Path(_) => "a path",
        ExprKind::List(_) => "a list",
        ExprKind::Shape(_) => "a group",
        ExprKind::Name(_) => "a name",
        _ => "an expression",
    }
}

/// The content of a text literal without `${}`.
pub fn plain_text(expr: &Expr) -> Option<String> {
    let ExprKind::Str(pieces) = &expr.kind else { return None };
    let mut text = String::new();
    for piece in pieces {
        match piece {
            StrPiece::Text(part, _) => text += part,
            StrPiece::Interp(_) => return None,
        }
    }
    Some(text)
}

/// Milliseconds of a duration literal.
pub fn milliseconds(expr: &Expr) -> Option<u64> {
    let ExprKind::Scalar(scalar) = &expr.kind else {
        return None;
    };
    (scalar.kind == ScalarKind::Duration)
        .then(|| duration(&scalar.text))
        .flatten()
}

/// Milliseconds of `400ms`, `1.5s`, `2m`, `1h`, `30d`.
pub fn duration(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(digits);
    let factor: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let number: rust_decimal::Decimal = number.replace('_', "").parse().ok()?;
    u64::try_from(number.checked_mul(factor.into())?.round()).ok()
}

/// `env.NAME` (the name) of an expression.
fn environment(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Get { base, key, .. } if matches!(&base.kind, ExprKind::Name(name) if name == "env") => {
            Some(&key.text)
        }
        _ => None,
    }
}

impl Reader<'_, '_> {
    /// A literal by `parse`, or a value from the environment whose default passes `parse`. `wanted` names the kind of value
    /// (`a duration`), `example` is a whole setting that can be pasted.
    pub fn setting<T>(
        &mut self,
        key: &str,
        expr: &Expr,
        parse: impl Fn(&Expr) -> Option<T>,
        wanted: &str,
        example: &str,
    ) -> Option<Setting<T>> {
        let (variable, default) = match &expr.kind {
            ExprKind::Binary {
                op: BinaryOp::Coalesce,
                left,
                right,
                ..
            } => (environment(left), Some(right)),
            _ => (environment(expr), None),
        };
        let Some(name) = variable else {
            let parsed = parse(expr);
            if parsed.is_none() {
                self.sink.push(wrong_value(key, expr, wanted, example));
            }
            return parsed.map(Setting::Value);
        };
        let default = match default {
            Some(value) if parse(value).is_none() => {
                self.sink.push(wrong_value(key, value, wanted, example));
                return None;
            }
            Some(value) => Some(plain_text(value).unwrap_or_else(|| self.sources.text(value.span).replace('_', ""))),
            None => None,
        };
        Some(Setting::Env {
            name: name.to_owned(),
            default,
            span: expr.span,
        })
    }

    /// A duration from `min` to `max` milliseconds, or one from the environment.
    pub fn duration(&mut self, key: &str, expr: &Expr, min: u64, max: u64) -> Option<Setting<u64>> {
        if let ExprKind::Scalar(scalar) = &expr.kind
            && scalar.kind == ScalarKind::Number
        {
            let fixed = format!("{}ms", scalar.text);
            let found = Diagnostic::error(
                "E0205",
                expr.span,
                format!("`{key}` takes a duration, and a duration has a unit"),
            );
            self.sink
                .push(found.help(format!("`{key}: {fixed}`")).fix(expr.span, fixed));
            return None;
        }
        let setting = self.setting(key, expr, milliseconds, "a duration", "400ms")?;
        if let Setting::Value(value) = setting
            && !(min..=max).contains(&value)
        {
            let text = format!("`{key}` goes from {} to {}", spell(min), spell(max));
            self.sink.push(
                Diagnostic::error("E0205", expr.span, text).help(format!("`{key}: {}`", spell(value.clamp(min, max)))),
            );
            return None;
        }
        Some(setting)
    }

    /// A whole number from 1 to `most`.
    pub fn count(&mut self, key: &str, expr: &Expr, most: u64, example: &str) -> Option<u64> {
        let number = match &expr.kind {
            ExprKind::Scalar(scalar) if scalar.kind == ScalarKind::Number => scalar.text.replace('_', "").parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let wanted = format!("a whole number from 1 to {most}");
            self.sink.push(wrong_value(key, expr, &wanted, example));
        }
        number
    }

    /// One word of a list.
    pub fn word<'w>(&mut self, key: &str, expr: &Expr, words: &[&'w str]) -> Option<&'w str> {
        if let ExprKind::Name(name) = &expr.kind
            && let Some(word) = words.iter().find(|word| *word == name)
        {
            return Some(word);
        }
        let given = match &expr.kind {
            ExprKind::Name(name) => format!("`{name}`"),
            _ => describe(expr).to_owned(),
        };
        let list: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let found = Diagnostic::error(
            "E0205",
            expr.span,
            format!("`{key}` takes {}, not {given}", list.join(" or ")),
        );
        self.sink.push(found.help(format!("`{key}: {}`", words[0])));
        None
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &str, expr: &Expr) -> Option<bool> {
        match expr.kind {
            ExprKind::Const(Const::True) => Some(true),
            ExprKind::Const(Const::False) => Some(false),
            _ => {
                self.sink.push(wrong_value(key, expr, "`true` or `false`", "true"));
                None
            }
        }
    }
}

/// `E0205`: a value that does not fit its key.
pub fn wrong_value(key: &str, expr: &Expr, wanted: &str, example: &str) -> Diagnostic {
    let meant = meant(expr, example).unwrap_or_else(|| example.to_owned());
    wrong(key, expr.span, describe(expr), wanted, &meant)
}

/// What was written, as it would be right, where it only has quotes too many or a `/` too few.
fn meant(expr: &Expr, example: &str) -> Option<String> {
    let text = match &expr.kind {
        ExprKind::Name(name) => name.clone(),
        _ => plain_text(expr)?,
    };
    let is_duration = |text: &str| {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < text.len() && matches!(digits, "ms" | "s" | "m" | "h" | "d")
    };
    let is_path = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.'))
    };
    if is_duration(example) {
        return Some(text).filter(|text| is_duration(text));
    }
    if example.starts_with('/') && !text.is_empty() && is_path(&text) {
        return Some(format!("/{}", text.trim_start_matches('/')));
    }
    let is_word = |text: &str| matches!(text, "true" | "false");
    (is_word(example) && is_word(&text)).then_some(text)
}

fn wrong(key: &str, span: Span, given: &str, wanted: &str, example: &str) -> Diagnostic {
    Diagnostic::error("E0205", span, format!("`{key}` takes {wanted}, this is {given}"))
        .help(format!("`{key}: {example}`"))
}

/// A duration as people write it.
pub fn spell(milliseconds: u64) -> String {
    match milliseconds {
        0 => "0ms".to_owned(),
        it if it % 86_400_000 == 0 => format!("{}d", it / 86_400_000),
        it if it % 3_600_000 == 0 => format!("{}h", it / 3_600_000),
        it if it % 60_000 == 0 => format!("{}m", it / 60_000),
        it if it % 1_000 == 0 => format!("{}s", it / 1_000),
        it => format!("{it}ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_milliseconds_exactly() {
        let cases = [
            ("400ms", 400),
            ("1.5s", 1_500),
            ("2m", 120_000),
            ("1h", 3_600_000),
            ("30d", 2_592_000_000),
        ];
        for (text, expected) in cases {
            assert_eq!(duration(text), Some(expected), "{text}");
            assert_eq!(duration(&spell(expected)), Some(expected), "{text} spelt");
        }
        assert_eq!(duration("99999999999999999999d"), None, "past what fits");
    }
}
