//! `max_calls:` of a client: the most upstream requests that one request may cause in the worst case. 1 to 1000, 100 by default.

use super::{Def, Reader, Scope, value};
use crate::syntax::ast::{Expr, ExprKind, ScalarKind};

/// The key.
pub const DEF: Def = Def {
    name: "max_calls",
    scopes: &[Scope::Client],
    served: true,
    doc: "The most upstream requests that one request may cause in the worst case, 100 unless written. A route above it does not compile.",
};

/// What holds where nothing is written.
pub const DEFAULT: u64 = 100;

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<u64> {
    let number = match &expr.kind {
        ExprKind::Scalar(scalar) if scalar.kind == ScalarKind::Number => scalar.text.replace('_', "").parse().ok(),
        _ => None,
    };
    let number = number.filter(|number| (1..=1_000).contains(number));
    if number.is_none() {
        reader.sink.push(value::wrong_value(
            "max_calls",
            expr,
            "a whole number from 1 to 1000",
            "100",
        ));
    }
    number
}
