//! What a shape takes over in one go: `*`, `...Fragment`, `...source { … }`.

use super::super::Checker;
use super::super::env::Env;
use super::super::types::T;
use super::super::value::Value;
use super::name::is_capital;
use super::shape::{Building, Put};
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, LocalId};
use crate::model::types::{FragmentId, Meaning};
use crate::source::Span;
use crate::syntax::ast;

impl Checker<'_> {
    /// `*`, `* except (a, b)`: all fields of the subject, put in line now.
    pub(super) fn star(&mut self, star: &ast::Star, bind: &[(LocalId, Expr)], building: &mut Building) {
        let Some(subject) = self.env.subject.clone() else {
            self.no_subject("*", star.span);
            return;
        };
        let names = self.field_names(&subject.ty);
        for except in &star.except {
            if !names.contains(&except.text) && !subject.ty.is_unknown() {
                let what = self.describe(&subject.ty);
                let options: Vec<&str> = names.iter().map(String::as_str).collect();
                self.no_such_field(except, &what, &options);
            }
        }
        let kept = names
            .iter()
            .filter(|name| !star.except.iter().any(|except| except.text == **name));
        let kept: Vec<String> = kept.cloned().collect();
        self.stable_star(star.span, &kept);
        for name in kept {
            self.put_field(&subject, &name, star.span, None, bind, building);
        }
    }

    /// Puts a field of a record in line under its own name.
    fn put_field(
        &mut self,
        source: &Value,
        name: &str,
        span: Span,
        when: Option<&Expr>,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        let key = ast::Key {
            text: name.to_owned(),
            quoted: false,
            span,
        };
        let base = self.renewed(source.clone(), span);
        let optional = match &source.ty {
            T::Record(node) => {
                let record = &self.model.records[self.demand.record(*node).0 as usize];
                record.field(name).is_some_and(|(_, field)| field.optional)
            }
            T::Computed(fields) => fields.iter().any(|field| field.key == name && field.optional),
            _ => false,
        };
        let value = self.field(base, &key, span);
        let put = Put {
            key: name.to_owned(),
            key_span: span,
            docs: Vec::new(),
            span,
            omit_null: optional,
        };
        self.put(put, value, when.cloned(), bind, building);
    }

    /// The fields that a spread or `*` of the type gives.
    fn field_names(&self, ty: &T) -> Vec<String> {
        match ty {
            T::Record(node) => {
                let record = &self.model.records[self.demand.record(*node).0 as usize];
                record.fields.iter().map(|field| field.name.clone()).collect()
            }
            T::Computed(fields) => {
                let mut names: Vec<String> = Vec::with_capacity(fields.len());
                for field in fields.iter() {
                    // A key that is written once for each of several versions is one field.
                    if !names.contains(&field.key) {
                        names.push(field.key.clone());
                    }
                }
                names
            }
            _ => Vec::new(),
        }
    }

    /// `...source`
    pub(super) fn spread(
        &mut self,
        source: Option<&ast::Expr>,
        entry: &ast::Entry,
        when: Option<&Value>,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        let Some(source) = source else {
            self.sink.push(
                Diagnostic::error(
                    "E0309",
                    entry.span,
                    "`...` alone means \"and more\", which only an expectation of a test says",
                )
                .help("name what to take over: `...Fragment` or `...value { field }`"),
            );
            return;
        };
        let when = when.map(|it| &it.expr);
        let before = building.entries.len();
        match &source.kind {
            ast::ExprKind::Name(name) if is_capital(name) => {
                self.fragment(name, source.span, bind, building);
            }
            ast::ExprKind::Over { base, shape } => {
                let (base, alias) = match &base.kind {
                    ast::ExprKind::As { base, name } => (&**base, Some(name)),
                    _ => (&**base, None),
                };
                let value = self.infer(base, None);
                self.spread_shape(value, shape, alias, bind, building);
            }
            _ => {
                let value = self.infer(source, None);
                self.stable_spread(&value.ty, source.span);
                if let Some((value, bind)) = self.spread_source(value, bind) {
                    for name in self.field_names(&value.ty) {
                        self.put_field(&value, &name, source.span, None, &bind, building);
                    }
                }
            }
        }
        if let Some(when) = when {
            for entry in &mut building.entries[before..] {
                entry.when = Some(match entry.when.take() {
                    Some(own) => both(when.clone(), own),
                    None => when.clone(),
                });
            }
            for field in &mut building.fields[before..] {
                field.optional = true;
            }
        }
    }

    fn spread_shape(
        &mut self,
        value: Value,
        shape: &ast::Shape,
        alias: Option<&ast::Name>,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        let Some((subject, bind)) = self.spread_source(value, bind) else {
            return;
        };
        self.scoped(|cx| {
            if let Some(alias) = alias {
                cx.claim(&alias.text, alias.span);
                let named = super::super::env::Named::Value(subject.clone(), alias.span);
                cx.env.names.insert(alias.text.clone(), named);
            }
            cx.with_subject(subject, |cx| cx.put_entries(shape, None, false, &bind, building));
        });
    }

    /// What is spread: a record that is there. Values that are not places get a local that the entries read.
    fn spread_source(&mut self, value: Value, bind: &[(LocalId, Expr)]) -> Option<(Value, Vec<(LocalId, Expr)>)> {
        let span = value.expr.span;
        match &value.ty {
            T::Unknown | T::Never => None,
            T::Record(_) | T::Computed(_) => {
                let (subject, bound) = self.subject_of(value);
                let mut bind = bind.to_vec();
                bind.extend(bound);
                Some((subject, bind))
            }
            T::Nullable(..) | T::Null => {
                let text = self.sources.text(span);
                let mut error = Diagnostic::error("E0307", span, "a value that may be null cannot be spread")
                    .help(format!("nest it: `name: {text} {{ … }}`"));
                if let T::Nullable(_, Some(why)) = &value.ty {
                    error = error.because(why.span, why.text.clone());
                }
                self.sink.push(error);
                None
            }
            other => {
                let message = format!("only a record can be spread, this is {}", self.describe(other));
                self.sink.push(Diagnostic::error("E0307", span, message));
                None
            }
        }
    }

    /// `...Fragment`: its entries over the subject here, seeing nothing but the subject and `request`.
    fn fragment(&mut self, name: &str, span: Span, bind: &[(LocalId, Expr)], building: &mut Building) {
        let id = match self.meaning(span.file, name) {
            Some(Meaning::Fragment(id)) => id,
            Some(Meaning::Broken) => return,
            Some(other) => {
                let what = crate::model::scope::noun(other);
                self.sink.push(Diagnostic::error(
                    "E0309",
                    span,
                    format!("`{name}` is {what}, not a fragment"),
                ));
                return;
            }
            None => return self.no_fragment(name, span),
        };
        let Some(subject) = self.env.subject.clone() else {
            self.no_subject(&format!("...{name}"), span);
            return;
        };
        self.inline_fragment(id, subject, span, bind, building);
    }

    fn no_fragment(&mut self, name: &str, span: Span) {
        let fragments: Vec<&str> = self.model.fragments.iter().map(|it| it.name.as_str()).collect();
        let error = Diagnostic::error("E0201", span, format!("no fragment is called `{name}`"));
        let scope = self.model.scopes.get(&span.file);
        let hidden = scope.and_then(|scope| scope.not_imported(error.clone(), name));
        let error = hidden.unwrap_or_else(|| error.or_name(span, name, &fragments, "fragments"));
        self.sink.push(error);
    }

    /// The entries of a fragment; mistakes inside are reported once, at the fragment.
    pub(in crate::check) fn inline_fragment(
        &mut self,
        id: FragmentId,
        subject: Value,
        span: Span,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        let fragment = &self.model.fragments[id.0 as usize];
        if self.env.fragments.contains(&id.0) {
            if self.circles.insert(id.0) {
                self.sink.push(
                    Diagnostic::error(
                        "E0314",
                        span,
                        format!("the fragment `{}` contains itself", fragment.name),
                    )
                    .because(fragment.span, "declared here")
                    .help("write out the fields where it comes back to itself"),
                );
            }
            return;
        }
        let missing = self.fragment_misfit(id, &subject);
        if let Some((field, place)) = missing {
            let what = self.describe(&subject.ty);
            self.sink.push(
                Diagnostic::error(
                    "E0202",
                    span,
                    format!("{what} has no field `{field}`, which `{}` reads", fragment.name),
                )
                .because(place, format!("`{field}` is read here"))
                .help(format!(
                    "`{}` is a fragment on `{}`",
                    fragment.name,
                    self.fragment_type(id)
                )),
            );
            return;
        }
        let shape = fragment.shape.clone();
        let mut env = Env {
            subject: Some(subject),
            aliases: self.env.aliases.clone(),
            facts: self.env.facts.clone(),
            fragments: self.env.fragments.clone(),
            may_fail: self.env.may_fail,
            shapes: self.env.shapes,
            closed: Some("a fragment"),
            range: self.env.range,
            ..Env::default()
        };
        env.names
            .insert("request".to_owned(), super::super::env::Named::Request);
        env.fragments.push(id.0);
        let outer = std::mem::replace(&mut self.env, env);
        let quiet = self.broken_fragments.contains(&id.0).then(|| self.sink.clone());
        self.put_entries(&shape, None, false, bind, building);
        if let Some(sink) = quiet {
            *self.sink = sink;
        }
        let aliases = std::mem::take(&mut self.env.aliases);
        self.env = outer;
        self.env.aliases = aliases;
    }

    fn fragment_type(&self, id: FragmentId) -> String {
        super::super::types::declared_name(self.model, &self.model.fragments[id.0 as usize].on)
    }

    /// A field that the fragment picks and the subject does not have.
    fn fragment_misfit(&self, id: FragmentId, subject: &Value) -> Option<(String, Span)> {
        let fragment = &self.model.fragments[id.0 as usize];
        let crate::model::types::Ty::Record(on) = &fragment.on else {
            return None;
        };
        if let T::Record(node) = &subject.ty
            && self.demand.record(*node) == *on
        {
            return None;
        }
        let declared = &self.model.records[on.0 as usize];
        let mut reads = Vec::new();
        for entry in &fragment.shape.entries {
            match &entry.kind {
                ast::EntryKind::Pick { key, .. } => reads.push((key.text.clone(), key.span)),
                ast::EntryKind::Value { value, .. } => subject_reads(value, &mut reads),
                ast::EntryKind::Spread(Some(source)) => subject_reads(source, &mut reads),
                ast::EntryKind::Spread(None) => {}
            }
        }
        reads.into_iter().find(|(name, _)| {
            declared.field(name).is_some() && !self.has_field(&subject.ty, name) && !subject.ty.is_unknown()
        })
    }
}

/// The fields of its subject that an expression begins at.
fn subject_reads(expr: &ast::Expr, reads: &mut Vec<(String, Span)>) {
    use ast::ExprKind as A;
    match &expr.kind {
        A::Subject(key) => reads.push((key.text.clone(), expr.span)),
        A::Get { base, .. }
        | A::Each(base)
        | A::Index { base, .. }
        | A::Apply { base, .. }
        | A::Over { base, .. }
        | A::As { base, .. } => {
            subject_reads(base, reads);
        }
        A::Unary { operand, .. } => subject_reads(operand, reads),
        A::Binary { left, right, .. } => {
            subject_reads(left, reads);
            subject_reads(right, reads);
        }
        A::Ternary { condition, then, other } => {
            for part in [condition, then, other] {
                subject_reads(part, reads);
            }
        }
        A::Paren(inner) => subject_reads(inner, reads),
        A::Match { value, arms } => {
            subject_reads(value, reads);
            arms.iter().for_each(|arm| subject_reads(&arm.value, reads));
        }
        A::Str(pieces) => {
            for piece in pieces {
                if let ast::StrPiece::Interp(inner) = piece {
                    subject_reads(inner, reads);
                }
            }
        }
        A::List(items) => items.iter().for_each(|item| subject_reads(item, reads)),
        _ => {}
    }
}

fn both(a: Expr, b: Expr) -> Expr {
    Expr {
        ty: a.ty.clone(),
        span: a.span,
        kind: ExprKind::And(Box::new(a), Box::new(b)),
    }
}
