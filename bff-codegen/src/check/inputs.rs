//! Defaults of inputs: constants that fit and keep to their constraint.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::model::types::Record;

impl Checker<'_> {
    /// The defaults of a block as JSON text, by field index.
    pub(super) fn defaults(&mut self, record: &Record) -> Vec<(u32, String)> {
        let mut defaults = Vec::new();
        for (index, field) in record.fields.iter().enumerate() {
            let Some(default) = &field.default else {
                continue;
            };
            let outer = std::mem::take(&mut self.env);
            self.env.closed = Some("a default");
            let value = self.infer(default, Some(&field.ty));
            let to = self.demand.whole_ty(self.model, &field.ty);
            let what = format!("the default of `{}`", field.name);
            let value = if value.ty.is_unknown() {
                value
            } else {
                self.expect(value, &to, &format!("`{}`", field.name))
            };
            self.env = outer;
            if value.ty.is_unknown() {
                continue;
            }
            self.constrain_field(&value.expr, field);
            match super::constant::json(self, &value.expr) {
                Some(text) => defaults.push((index as u32, text)),
                None => self.sink.push(
                    Diagnostic::error("E0311", default.span, format!("{what} is not a constant"))
                        .help("write a literal, or compute it where it is read"),
                ),
            }
        }
        defaults
    }
}
