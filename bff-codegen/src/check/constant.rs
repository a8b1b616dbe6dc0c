//! Constants: their form, their constraints, and their JSON text.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind};
use crate::model::types::{Constraint, Field, Scalar};
use crate::source::Span;
use rust_decimal::Decimal;

/// Text as a value of a scalar in its canonical form; none if it is no such value, or text is never one.
pub(super) fn canonical(text: &str, scalar: Scalar) -> Option<String> {
    match scalar {
        Scalar::String | Scalar::Id => Some(text.to_owned()),
        Scalar::Url => is_url(text).then(|| text.to_owned()),
        Scalar::Uuid => is_uuid(text).then(|| text.to_ascii_lowercase()),
        Scalar::Zone => crate::model::zone::is_zone(text).then(|| text.to_owned()),
        Scalar::Locale => is_locale(text).then(|| text.to_owned()),
        _ => None,
    }
}

fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !rest.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.chars().all(|c| c.is_ascii_hexdigit()))
}

fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    parts
        .next()
        .is_some_and(|it| matches!(it.len(), 2 | 3) && it.chars().all(|c| c.is_ascii_alphabetic()))
        && parts.all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// The JSON text of a constant; none if it reads anything.
pub(super) fn json(cx: &Checker<'_>, expr: &Expr) -> Option<String> {
    Some(match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Int(value) => value.to_string(),
        ExprKind::Decimal(text) | ExprKind::Float(text) => text.clone(),
        ExprKind::Text(text) => quote(text),
        ExprKind::Duration(millis) => quote(&iso_duration(*millis)),
        ExprKind::EnumValue(id, index) => quote(&cx.model.enums[id.0 as usize].values[*index as usize].wire),
        ExprKind::Convert(inner) => json(cx, inner)?,
        ExprKind::Negate(inner) => format!("-{}", json(cx, inner)?),
        ExprKind::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| json(cx, item)).collect();
            format!("[{}]", items?.join(","))
        }
        ExprKind::Record(record) => {
            let mut members = Vec::with_capacity(record.entries.len());
            for entry in &record.entries {
                if entry.when.is_some() || !entry.bind.is_empty() {
                    return None;
                }
                members.push(format!("{}:{}", quote(&entry.key), json(cx, &entry.value)?));
            }
            format!("{{{}}}", members.join(","))
        }
        _ => return None,
    })
}

/// Text as a JSON string.
pub(super) fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// ISO 8601, as durations are on the wire: `PT1.5S`.
fn iso_duration(millis: u64) -> String {
    let seconds = Decimal::new(i64::try_from(millis).unwrap_or(i64::MAX), 3).normalize();
    format!("PT{seconds}S")
}

impl Checker<'_> {
    /// The constraints of a field or parameter on a constant, and on its elements if it is a list.
    pub(super) fn constrain_field(&mut self, expr: &Expr, field: &Field) {
        let what = format!("`{}`", field.name);
        self.constrain(expr, field.constraint.as_ref(), &what, field.ty_span);
    }

    /// E0311 where a constant breaks the constraint of its place.
    fn constrain(&mut self, expr: &Expr, constraint: Option<&Constraint>, what: &str, declared: Span) {
        let Some(constraint) = constraint else {
            return;
        };
        if let (ExprKind::List(items), each @ Some(_)) = (&expr.kind, constraint.each.as_deref()) {
            items.iter().for_each(|item| self.constrain(item, each, what, declared));
        }
        let Some(problem) = broken(expr, constraint) else {
            return;
        };
        self.sink.push(
            Diagnostic::error(
                "E0311",
                expr.span,
                format!("this value does not keep to the constraint of {what}"),
            )
            .at(problem)
            .because(declared, "the constraint is declared here"),
        );
    }
}

/// What a constant breaks of a constraint.
pub(super) fn broken(expr: &Expr, constraint: &Constraint) -> Option<String> {
    let (measure, unit) = match &expr.kind {
        ExprKind::Convert(inner) => return broken(inner, constraint),
        ExprKind::Int(value) => (Decimal::from(*value), ""),
        ExprKind::Decimal(text) | ExprKind::Float(text) => (text.parse().ok()?, ""),
        ExprKind::Negate(inner) => match &inner.kind {
            ExprKind::Int(value) => (-Decimal::from(*value), ""),
            ExprKind::Decimal(text) | ExprKind::Float(text) => (-text.parse::<Decimal>().ok()?, ""),
            _ => return None,
        },
        ExprKind::Text(text) => {
            if let Some(pattern) = &constraint.pattern
                && !regex::Regex::new(pattern).is_ok_and(|it| it.is_match(text))
            {
                return Some(format!("does not match `{pattern}`"));
            }
            (Decimal::from(text.chars().count()), " characters")
        }
        ExprKind::List(items) => (Decimal::from(items.len()), " elements"),
        _ => return None,
    };
    match (constraint.min, constraint.max) {
        (Some(min), _) if measure < min => Some(format!("{measure}{unit}, at least {min} allowed")),
        (_, Some(max)) if measure > max => Some(format!("{measure}{unit}, at most {max} allowed")),
        _ => None,
    }
}
