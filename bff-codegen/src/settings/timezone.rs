//! `timezone: "Europe/Berlin"` of a client: whose clocks `format` shows where it says no `tz:`. `UTC` by default.

use super::{Def, Reader, Scope, value};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "timezone",
    scopes: &[Scope::Client],
    served: true,
    doc: "The time zone (IANA) whose clocks `format` shows where it says no `tz:`; `UTC` unless written.",
};

/// What holds where nothing is written.
pub const DEFAULT: &str = "UTC";

/// Its name.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<String> {
    let Some(name) = value::plain_text(expr) else {
        reader.sink.push(value::wrong_value(
            "timezone",
            expr,
            "the name of a time zone",
            "\"Europe/Berlin\"",
        ));
        return None;
    };
    if !crate::model::zone::is_zone(&name) {
        reader.sink.push(
            Diagnostic::error("E0321", expr.span, format!("no time zone is called `{name}`"))
                .help("names are those of the IANA database: `Europe/Berlin`, `America/New_York`, `UTC`"),
        );
        return None;
    }
    Some(name)
}
