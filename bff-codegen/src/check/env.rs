//! What an expression can see: names, the subject around it, what narrowing has shown, and where it stands.

use super::Checker;
use super::narrow::{Facts, Place};
use super::types::T;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::LocalId;
use crate::model::scope::noun;
use crate::model::types::Meaning;
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, HashMap};

/// What a name of a route means.
#[derive(Clone, Debug)]
pub(super) enum Named {
    /// A call, a `let`, an input, a local.
    Value(Value, Span),
    /// `request`
    Request,
    /// `error`, in arms and in the client's error shape.
    Error,
    /// `partial`, in a `respond`.
    Partial,
    /// Headers, cookies or query parameters by any name, and what the route declares of them: in a route's `when`.
    Raw(crate::ir::expr::Input, Option<crate::model::types::RecordId>),
    /// Declared further down in the route.
    Later(Span),
}

/// What an expression can see.
#[derive(Clone, Debug, Default)]
pub(super) struct Env {
    pub names: BTreeMap<String, Named>,
    /// The value that `.x` reads from.
    pub subject: Option<Value>,
    pub facts: Facts,
    /// Locals that stand for what is in a place.
    pub aliases: HashMap<LocalId, Place>,
    /// Fragments that are being put in line, outermost first.
    pub fragments: Vec<u32>,
    /// The versions in which the entry at hand is there.
    pub range: super::notes::Range,
    /// Why the names of a route cannot be read here, if they cannot: "in an operation".
    pub closed: Option<&'static str>,
    /// `fail` may stand here.
    pub may_fail: bool,
    /// Level of nested expressions, and of shapes.
    pub depth: usize,
    pub shapes: usize,
}

/// Names that the language gives meaning to; nothing else may be called so.
pub(super) const BUILT_IN: [&str; 12] = [
    "auth", "request", "query", "path", "header", "cookie", "body", "version", "error", "partial", "it", "env",
];

impl Checker<'_> {
    /// Runs `f` with the names and facts of now; both are as before afterwards.
    pub(super) fn scoped<R>(&mut self, f: impl FnOnce(&mut Self) -> R) -> R {
        let names = self.env.names.clone();
        let facts = self.env.facts.clone();
        let subject = self.env.subject.clone();
        let result = f(self);
        self.env.names = names;
        self.env.facts = facts;
        self.env.subject = subject;
        result
    }

    /// Runs `f` knowing that `facts` are not null.
    pub(super) fn knowing<R>(&mut self, facts: Facts, f: impl FnOnce(&mut Self) -> R) -> R {
        if facts.is_empty() {
            return f(self);
        }
        let before = self.env.facts.clone();
        self.env.facts.extend(facts);
        let result = f(self);
        self.env.facts = before;
        result
    }

    /// Runs `f` with another subject.
    pub(super) fn with_subject<R>(&mut self, subject: Value, f: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.env.subject.replace(subject);
        let result = f(self);
        self.env.subject = before;
        result
    }

    /// Reports a new name that something else has already. Names are never shadowed.
    pub(super) fn claim(&mut self, name: &str, span: Span) {
        if self.is_taken(name, span) {
            // What is read under that name is the other thing: nothing is said about the use of this one.
            self.order.roots.insert(name.to_owned());
        }
    }

    fn is_taken(&mut self, name: &str, span: Span) -> bool {
        let (owner, place) = if BUILT_IN.contains(&name) {
            ("the language", None)
        } else if let Some((meaning, place)) = self.model.scopes.get(&span.file).and_then(|it| it.names.get(name)) {
            (noun(*meaning), Some(*place))
        } else {
            match self.env.names.get(name) {
                Some(Named::Value(_, place)) => ("another value of this route", Some(*place)),
                _ => return false,
            }
        };
        let mut error = Diagnostic::error("E0204", span, format!("the name `{name}` already belongs to {owner}"))
            .at("a second meaning for it")
            .help(format!(
                "choose another name, e.g. `{}`; names are never shadowed",
                other_name(name)
            ));
        if let Some(place) = place {
            error = error.because(place, format!("`{name}` is declared here"));
        }
        self.sink.push(error);
        true
    }

    /// Reports a name that means nothing here.
    pub(super) fn unknown_name(&mut self, name: &str, span: Span) -> Value {
        if self.is_lost(name) {
            return Value::unknown(span);
        }
        let mut options: Vec<&str> = self.env.names.keys().map(String::as_str).collect();
        let scope = self.model.scopes.get(&span.file);
        let error = Diagnostic::error("E0201", span, format!("nothing here is called `{name}`"));
        let hidden = scope.and_then(|it| it.not_imported(error.clone(), name));
        let error = if let Some(hidden) = hidden {
            hidden
        } else if self
            .env
            .subject
            .as_ref()
            .is_some_and(|subject| self.has_field(&subject.ty, name))
        {
            error
                .at("not a binding")
                .help(format!("read the field of the subject: `.{name}`"))
                .fix(span, format!(".{name}"))
        } else if self.env.closed == Some("a fragment") {
            error.help("a fragment sees its subject (`.x`) and `request` only")
        } else {
            options.sort_unstable();
            error.or_name(span, name, &options, "names")
        };
        self.sink.push(error);
        Value::unknown(span)
    }

    /// Whether a field of that name could be read from the type.
    pub(super) fn has_field(&self, ty: &T, name: &str) -> bool {
        match ty.present() {
            T::Record(node) => {
                let record = self.demand.record(*node);
                self.model.records[record.0 as usize].field(name).is_some()
            }
            T::Computed(fields) => fields.iter().any(|field| field.key == name),
            T::OneOf(list) => list.iter().all(|ty| self.has_field(ty, name)),
            _ => false,
        }
    }

    /// What a name of the file means, if it means something.
    pub(super) fn meaning(&self, file: FileId, name: &str) -> Option<Meaning> {
        let scope = self.model.scopes.get(&file)?;
        scope.names.get(name).map(|(meaning, _)| *meaning)
    }

    fn is_lost(&self, name: &str) -> bool {
        self.broken_names.contains(name)
    }
}

fn other_name(name: &str) -> String {
    match name {
        "query" => "search".to_owned(),
        "body" => "content".to_owned(),
        "error" => "failure".to_owned(),
        _ => match name.strip_suffix('s') {
            Some(one) if one.len() > 2 => one.to_owned(),
            _ => format!("the_{name}"),
        },
    }
}
