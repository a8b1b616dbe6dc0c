//! Personal data (E0502): a value of a field marked `@pii`, and what is made of it, does not leave the service unless it is masked or
//! hashed. Comparing and counting give away too little to matter. Upstreams may be sent what they know anyway.

mod flow;

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::NameRef;
use crate::model::types::{Field, Scalar, Ty as Declared};
use crate::source::Span;
use flow::{Sink, Source, Tracker, Written};

impl Checker<'_> {
    /// Reports personal data that the route at hand would give away.
    pub(super) fn personal_data(&mut self) {
        if !self
            .model
            .records
            .iter()
            .flat_map(|it| &it.fields)
            .any(|it| it.pii().is_some())
        {
            return;
        }
        let mut tracker = Tracker::new(self.model, &self.demand, &self.calls, &self.lets);
        for guard in &self.guards {
            tracker.flow(&guard.condition);
        }
        for at in 0..self.lets.len() as u32 {
            tracker.name(NameRef::Let(at));
        }
        for (at, call) in self.calls.iter().enumerate() {
            tracker.call(call);
            tracker.name(NameRef::Call(at as u32));
        }
        for reply in &self.replies {
            reply.when.iter().for_each(|when| drop(tracker.flow(when)));
            reply
                .headers
                .iter()
                .for_each(|(_, value)| tracker.sink(value, Sink::Header));
            reply.body.iter().for_each(|body| tracker.sink(body, Sink::Response));
        }
        for (source, span, sink, written) in tracker.leaks {
            // What a fragment shows leaves once, however many routes use it.
            if self.notes.told.insert((span, source.record, source.field)) {
                let found = self.leak(source, span, sink, written);
                self.sink.push(found);
            }
        }
    }

    fn leak(&self, source: Source, span: Span, sink: Sink, written: Written) -> Diagnostic {
        let record = &self.model.records[source.record.0 as usize];
        let field = &record.fields[source.field as usize];
        let name = format!("{}.{}", record.name, field.name);
        let door = match sink {
            Sink::Response => "the response",
            Sink::Header => "a header of the response",
        };
        let message = format!("personal data (`@pii` on `{name}`) would reach {door}");
        let mut found = Diagnostic::error("E0502", span, message);
        if written == Written::Part && !overlaps(source.read, span) {
            found = found.because(source.read, "read here");
        }
        found = found.because(field.pii().unwrap_or(field.span), format!("`{name}` is personal data"));
        let text = self.sources.text(span);
        match written {
            Written::Part => found.help(self.leak_help(field, text)),
            _ if text.starts_with('*') => {
                found.help("leave it out of `*` by `except (…)`, and pick what of it may be seen")
            }
            Written::Whole => found
                .at("written whole")
                .help(format!("pick what may be seen: `{text} {{ … }}`")),
            Written::Union => found.at("written whole").help(format!(
                "show what may be seen of each variant: `match ({text}) {{ … }}`"
            )),
        }
    }

    /// What to write instead, where the value is a text that is read here.
    fn leak_help(&self, field: &Field, text: &str) -> String {
        let is_text = |ty: &Declared| match ty {
            Declared::Nullable(inner) => matches!(**inner, Declared::Scalar(Scalar::String)),
            ty => *ty == Declared::Scalar(Scalar::String),
        };
        if matches!(&field.ty, Declared::List(inner) if is_text(inner)) {
            return format!(
                "mask it where it is read: `.{}[].mask({})`",
                field.name,
                mask_for(&field.name)
            );
        }
        let mask = mask_for(&field.name);
        let picked = text == field.name;
        match (is_text(&field.ty), picked) {
            (true, _) if text.starts_with('*') => {
                let name = &field.name;
                format!("leave it out and mask it: `* except ({name}), {name}: .{name}.mask({mask})`")
            }
            (true, true) => format!("mask it: `{text}: .{text}.mask({mask})`"),
            (true, false) if text.ends_with(&format!(".{}", field.name)) => format!("mask it: `{text}.mask({mask})`"),
            (true, false) => format!("mask it where it is read: `.{}.mask({mask})`", field.name),
            (false, _) => "leave it out, or show a comparison: `>`, `==`, `!= null`".to_owned(),
        }
    }
}

/// The mask that a field of this name probably wants.
fn mask_for(name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["mail"]) {
        "EMAIL"
    } else if has(&["phone", "mobile", "tel"]) {
        "PHONE"
    } else if has(&["card", "iban"]) {
        "CARD"
    } else if has(&["name"]) {
        "NAME"
    } else {
        "ALL"
    }
}

fn overlaps(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end
}
