//! `listen:` of a client: the address it serves on, `"127.0.0.1:8080"` by default.

use super::{Def, Reader, Scope, value};
use crate::diagnostic::Diagnostic;
use crate::model::types::Setting;
use crate::syntax::ast::Expr;
use std::net::SocketAddr;

/// The key.
pub const DEF: Def = Def {
    name: "listen",
    scopes: &[Scope::Client],
    served: true,
    doc: "Address to serve on: an IP address and a port, `127.0.0.1:8080` unless written. Port 0 takes a free one.",
};

/// What holds where nothing is written.
pub const DEFAULT: &str = "127.0.0.1:8080";

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Setting<String>> {
    let setting = reader.setting("listen", expr, value::plain_text, "an address", "\"127.0.0.1:8080\"")?;
    let written = match &setting {
        Setting::Value(text) => Some(text.as_str()),
        Setting::Env { default, .. } => default.as_deref(),
    };
    if written.is_some_and(|text| text.parse::<SocketAddr>().is_err()) {
        let found = Diagnostic::error("E0205", expr.span, "`listen` takes an IP address and a port");
        reader
            .sink
            .push(found.help("`listen: \"127.0.0.1:8080\"`, or `\"0.0.0.0:8080\"` for every interface"));
        return None;
    }
    Some(setting)
}
