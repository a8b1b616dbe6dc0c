//! Chains: `a.b?.c[].d[k].method() { … }`, step by step.
//!
//! `?.` ends the whole chain on null; after `[]` the chain goes on for each element; a shape, `[k]` and a method pass null on.

use super::super::Checker;
use super::super::env::Named;
use super::super::types::T;
use super::super::value::{Layer, Value, close};
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::ExprKind;
use crate::model::types::{RecordId, Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;

/// Where a chain is: the steps around, and the value at its end.
pub(super) struct Chain {
    pub layers: Vec<Layer>,
    pub at: Value,
}

impl Checker<'_> {
    /// Follows a chain to its end.
    pub(super) fn chain(&mut self, expr: &ast::Expr, want: Option<&Ty>) -> Chain {
        use ast::ExprKind as A;
        match &expr.kind {
            A::Subject(key) => self.subject_field(key, expr.span),
            A::Get { base, null_safe, key } => self.get_step(base, *null_safe, key, expr.span),
            A::Each(base) => {
                let chain = self.chain(base, None);
                self.each_step(chain, base.span, expr.span)
            }
            A::Index { base, index } => {
                let chain = self.chain(base, None);
                self.index_step(chain, index, expr.span)
            }
            A::Apply { base, args } => self.apply_step(base, args, expr.span),
            A::Over { base, shape } => self.over_step(base, shape, expr.span),
            A::As { name, .. } => {
                self.sink.push(
                    Diagnostic::error(
                        "E0309",
                        name.span,
                        "`as` names the value that a shape stands over, and there is none",
                    )
                    .help(format!("put a shape after it: `as {} {{ … }}`", name.text)),
                );
                Chain::begin(Value::unknown(expr.span))
            }
            _ => Chain::begin(self.infer(expr, want)),
        }
    }

    fn subject_field(&mut self, key: &ast::Key, span: Span) -> Chain {
        match self.env.subject.clone() {
            Some(subject) => {
                let subject = self.renewed(
                    subject,
                    Span {
                        end: span.start,
                        ..span
                    },
                );
                self.get(Chain::begin(subject), false, key, span)
            }
            None => Chain::begin(self.no_subject(&format!(".{}", key.text), span)),
        }
    }

    fn get_step(&mut self, base: &ast::Expr, null_safe: bool, key: &ast::Key, span: Span) -> Chain {
        if let ast::ExprKind::Name(name) = &base.kind
            && let Some(value) = self.special_field(name, key, span)
        {
            return Chain::begin(value);
        }
        let chain = self.chain(base, None);
        self.get(chain, null_safe, key, span)
    }

    /// `.f` or `?.f`
    pub(super) fn get(&mut self, mut chain: Chain, null_safe: bool, key: &ast::Key, span: Span) -> Chain {
        let step = Span {
            start: chain.at.expr.span.end.max(span.start),
            ..span
        };
        match &chain.at.ty {
            T::Nullable(inner, why) if null_safe => {
                let (inner, why) = ((**inner).clone(), why.clone());
                chain.at = self.open_lift(chain.at.expr, inner, why, &mut chain.layers);
            }
            T::Nullable(..) | T::Null => {
                self.null_before_field(&chain, key, step);
                return Chain::begin(Value::unknown(span));
            }
            ty if null_safe && !ty.is_unknown() => self.needless_null_safe(&chain.at, step),
            _ => {}
        }
        let value = self.field(chain.at, key, span);
        chain.at = self.narrowed(value);
        chain
    }

    /// A field of a value that is there.
    pub(in crate::check) fn field(&mut self, base: Value, key: &ast::Key, span: Span) -> Value {
        match &base.ty {
            T::Unknown | T::Never => Value::unknown(span),
            T::Record(node) => {
                let (node, record) = (*node, self.demand.record(*node));
                let declared = &self.model.records[record.0 as usize];
                match declared.field(&key.text) {
                    Some((index, _)) => {
                        let ty = self.demand.field(self.model, node, index as u32, key.span);
                        let kind = ExprKind::Field {
                            base: Box::new(base.expr),
                            field: index as u32,
                        };
                        Value::new(ty, span, kind)
                    }
                    None => self.no_record_field(record, key),
                }
            }
            T::Computed(_) | T::OneOf(_) => self.project(base, key, span),
            _ => self.no_fields(&base, key),
        }
    }

    fn no_record_field(&mut self, record: RecordId, key: &ast::Key) -> Value {
        let declared = &self.model.records[record.0 as usize];
        let names: Vec<&str> = declared.fields.iter().map(|field| field.name.as_str()).collect();
        let Some(block) = self.input_block(record) else {
            return self.no_such_field(key, &format!("`{}`", declared.name), &names);
        };
        let error = Diagnostic::error("E0202", key.span, format!("`{block}` has no field `{}`", key.text))
            .because(declared.span, format!("the `{block}` of this route"));
        let error = match suggest::closest(&key.text, names.iter().copied()) {
            Some(close) => error.help(format!("did you mean `{close}`?")).fix(key.span, close),
            None if block == "path" => error.help(format!("name it in the path: `{{{}}}`", key.text)),
            None => error.help(format!("declare it: `{block} {{ {}: String }}`", key.text)),
        };
        self.sink.push(error);
        Value::unknown(key.span)
    }

    /// The block of the route at hand that declares a record of inputs.
    fn input_block(&self, record: RecordId) -> Option<&'static str> {
        let is = |name: &str| match self.env.names.get(name) {
            Some(Named::Value(
                Value {
                    ty: T::Record(node), ..
                },
                _,
            )) => self.demand.record(*node) == record,
            _ => false,
        };
        ["query", "path", "header", "cookie"].into_iter().find(|name| is(name))
    }

    fn no_fields(&mut self, base: &Value, key: &ast::Key) -> Value {
        let what = self.describe(&base.ty);
        let text = self.sources.text(base.expr.span);
        let name = key.text.as_str();
        let error = match &base.ty {
            T::Scalar(Scalar::Json) => Diagnostic::error("E0313", key.span, "nothing inside `Json` can be read")
                .help("declare a type with the fields that are needed"),
            T::Union(_) => {
                let message = format!(
                    "{} is one of several records, and `{name}` may be of one only",
                    self.short(base.expr.span)
                );
                Diagnostic::error("E0313", key.span, message)
                    .because(base.expr.span, format!("this is {what}"))
                    .help(self.match_help(base))
            }
            T::List(_) if matches!(name, "length" | "size") => {
                let message = format!("{} is a list and has no fields", self.short(base.expr.span));
                Diagnostic::error("E0313", key.span, message).help(format!("count its elements: `{text}.count()`"))
            }
            _ if super::method::names().contains(&name) => {
                Diagnostic::error("E0313", key.span, format!("`{name}` is a method, not a field"))
                    .help(format!("call it: `{text}.{name}()`"))
            }
            T::List(_) => {
                let message = format!("{} is a list and has no fields", self.short(base.expr.span));
                let help = format!("read it of each: `{text}[].{name}`, or of one: `{text}.first()?.{name}`");
                Diagnostic::error("E0313", key.span, message)
                    .at(format!("`{name}` of which element?"))
                    .help(help)
            }
            _ => Diagnostic::error("E0313", key.span, format!("{what} has no fields")),
        };
        self.sink.push(error);
        Value::unknown(key.span)
    }

    fn null_before_field(&mut self, chain: &Chain, key: &ast::Key, step: Span) {
        let span = chain.at.expr.span;
        let text = self.sources.text(span);
        let passes = if text.is_empty() {
            format!("name the value and write `?.{}`", key.text)
        } else {
            format!("let null pass through: `{text}?.{}`", key.text)
        };
        let mut error = Diagnostic::error("E0301", step, format!("{} may be null here", self.subject_text(span)))
            .at(format!("`.{}` needs a value", key.text));
        if let T::Nullable(_, Some(why)) = &chain.at.ty {
            error = error.because(why.span, why.text.clone());
            if why.text.starts_with("null comes from this fallback") {
                let fallback = self.empty_fallback(&chain.at.ty, &key.text);
                error = error.help(format!("{passes}, or give {fallback}"));
            } else {
                error = error.help(format!("{passes}, or test it first: `{text} != null`"));
            }
        } else {
            error = error.help(passes);
        }
        let dot = Span {
            end: step.start,
            ..step
        };
        if self.sources.text(step).starts_with('.') && !text.is_empty() {
            error = error.fix(dot, "?");
        }
        self.sink.push(error);
    }

    /// A fallback without null, written out where it is obvious.
    fn empty_fallback(&self, ty: &T, key: &str) -> String {
        if let T::List(_) = ty.present() {
            return "an empty fallback: `else []`".to_owned();
        }
        let field = match ty.present() {
            T::Record(node) => self.model.records[self.demand.record(*node).0 as usize].field(key),
            _ => None,
        };
        match field {
            Some((_, field)) if matches!(field.ty, Ty::List(_)) => {
                format!("an empty fallback: `else {{ {key}: [] }}`")
            }
            _ => "a fallback that is not null".to_owned(),
        }
    }

    fn subject_text(&self, span: Span) -> String {
        if self.sources.text(span).is_empty() {
            "the subject".to_owned()
        } else {
            self.short(span)
        }
    }

    /// W0309: `?.` on what cannot be null.
    fn needless_null_safe(&mut self, value: &Value, step: Span) {
        let what = self.subject_text(value.expr.span);
        let found = Diagnostic::warning("W0309", step, format!("{what} cannot be null, so `?.` does nothing"))
            .help("write `.`");
        let mark = Span {
            end: step.start + 1,
            ..step
        };
        self.sink.push(match self.sources.text(mark) {
            "?" => found.fix(mark, ""),
            _ => found,
        });
    }

    /// `[]`: on with each element; a further one flattens.
    fn each_step(&mut self, mut chain: Chain, base: Span, span: Span) -> Chain {
        if let T::Nullable(inner, why) = &chain.at.ty {
            let (inner, why) = ((**inner).clone(), why.clone());
            chain.at = self.open_lift(chain.at.expr, inner, why, &mut chain.layers);
        }
        match &chain.at.ty {
            T::List(element) => {
                let element = (**element).clone();
                let outer = chain.layers.iter_mut().rev().find_map(|layer| match layer {
                    Layer::Each { flatten, .. } => Some(flatten),
                    Layer::Lift { .. } => None,
                });
                if let Some(flatten) = outer {
                    *flatten = true;
                }
                chain.at = self.open_each(chain.at.expr, element, &mut chain.layers);
                chain.at.expr.span = span;
            }
            T::Unknown | T::Never => {}
            other => {
                let message = format!(
                    "`[]` goes through a list, {} is {}",
                    self.short(base),
                    self.describe(other)
                );
                self.sink.push(Diagnostic::error("E0313", span, message));
                chain.at = Value::unknown(span);
            }
        }
        chain
    }

    /// `[k]`: the element there, or null.
    fn index_step(&mut self, mut chain: Chain, index: &ast::Expr, span: Span) -> Chain {
        let (wanted, what) = match chain.at.ty.present() {
            T::Map(key, _) => ((**key).clone(), "the key of this map"),
            T::Unknown | T::Never => (T::Unknown, ""),
            _ => (T::Scalar(Scalar::Int), "the index of a list"),
        };
        let declared = wanted.declared(&self.demand);
        let index = self.infer(index, declared.as_ref());
        let index = self.expect(index, &wanted, what);
        chain.at = self.over_null(chain.at, &mut |cx, base| match &base.ty {
            T::Map(_, value) if !cx.can_be_held(value) => cx.unreadable(span),
            T::Map(_, value) => {
                let ty = (**value)
                    .clone()
                    .or_null(Some(std::rc::Rc::new(super::super::types::Why {
                        span,
                        text: "there may be no such key".to_owned(),
                    })));
                let kind = ExprKind::MapIndex {
                    map: Box::new(base.expr),
                    key: Box::new(index.expr.clone()),
                };
                Value::new(ty, span, kind)
            }
            T::List(element) if !cx.can_be_held(element) => cx.unreadable(span),
            T::List(element) => {
                let ty = (**element)
                    .clone()
                    .or_null(Some(std::rc::Rc::new(super::super::types::Why {
                        span,
                        text: "there may be no element there".to_owned(),
                    })));
                let kind = ExprKind::ListIndex {
                    list: Box::new(base.expr),
                    index: Box::new(index.expr.clone()),
                };
                Value::new(ty, span, kind)
            }
            T::Unknown | T::Never => Value::unknown(span),
            other => {
                let message = format!("only lists and maps are read by `[…]`, this is {}", cx.describe(other));
                cx.sink.push(Diagnostic::error("E0313", span, message));
                Value::unknown(span)
            }
        });
        chain
    }

    /// `f` of the value, null where it is null.
    pub(in crate::check) fn over_null(&mut self, value: Value, f: &mut dyn FnMut(&mut Self, Value) -> Value) -> Value {
        match value.ty {
            T::Nullable(inner, why) => self.lift(value.expr, *inner, why, f),
            T::Null => value,
            _ => f(self, value),
        }
    }

    /// `f(args)` or `a.method(args)`
    fn apply_step(&mut self, base: &ast::Expr, args: &ast::Args, span: Span) -> Chain {
        match &base.kind {
            ast::ExprKind::Get { base, null_safe, key } => {
                let mut chain = self.chain(base, None);
                if *null_safe {
                    match &chain.at.ty {
                        T::Nullable(inner, why) => {
                            let (inner, why) = ((**inner).clone(), why.clone());
                            chain.at = self.open_lift(chain.at.expr, inner, why, &mut chain.layers);
                        }
                        ty if !ty.is_unknown() => self.needless_null_safe(&chain.at, key.span),
                        _ => {}
                    }
                }
                self.method(chain, key, args, span)
            }
            ast::ExprKind::Subject(key) => match self.env.subject.clone() {
                Some(subject) => {
                    let subject = self.renewed(subject, span);
                    self.method(Chain::begin(subject), key, args, span)
                }
                None => Chain::begin(self.no_subject(&format!(".{}", key.text), span)),
            },
            ast::ExprKind::Name(name) => Chain::begin(self.function(name, args, base.span, span)),
            _ => {
                self.sink
                    .push(Diagnostic::error("E0309", base.span, "this is not a function"));
                Chain::begin(Value::unknown(span))
            }
        }
    }

    /// `f(a: x)`: a function of Rust.
    fn function(&mut self, name: &str, args: &ast::Args, at: Span, span: Span) -> Value {
        use crate::model::types::Meaning;
        let Some(Meaning::Function(id)) = self.meaning(at.file, name) else {
            return self.no_function(name, at, span);
        };
        let function = &self.model.externs[id.0 as usize];
        let (args, _) = self.arguments(function.into(), args);
        self.functions.insert(id.0);
        let ty = self.demand.whole_ty(self.model, &function.result);
        Value::new(ty, span, ExprKind::Extern { function: id, args })
    }

    fn no_function(&mut self, name: &str, at: Span, span: Span) -> Value {
        use crate::model::types::Meaning;
        match self.meaning(at.file, name) {
            Some(Meaning::Extern) => self.unsupported(at, "calling an extern filter"),
            Some(Meaning::Broken) => {}
            _ => {
                let methods = super::method::names();
                let names = self.model.scope(at.file).names.iter();
                let functions = names.filter(|(_, (meaning, _))| matches!(meaning, Meaning::Function(_)));
                let functions: Vec<&str> = functions.map(|(name, _)| name.as_str()).collect();
                let error = Diagnostic::error("E0201", at, format!("no function is called `{name}`"));
                self.sink.push(match name {
                    "if" => error.help("a choice is written `condition ? value : other`"),
                    _ if methods.contains(&name) => error.help(format!("`{name}` is a method: `value.{name}(…)`")),
                    _ => error.or_name(at, name, &functions, "functions"),
                });
            }
        }
        Value::unknown(span)
    }

    /// `a { … }`, `a as x { … }`
    fn over_step(&mut self, base: &ast::Expr, shape: &ast::Shape, span: Span) -> Chain {
        let (base, alias) = match &base.kind {
            ast::ExprKind::As { base, name } => (&**base, Some(name)),
            _ => (base, None),
        };
        let mut chain = self.chain(base, None);
        chain.at = self.over(chain.at, shape, alias, span);
        chain
    }
}

impl Chain {
    /// A chain at its first value.
    pub(super) fn begin(at: Value) -> Self {
        Chain { layers: Vec::new(), at }
    }

    /// The whole list that the chain goes through: what a list method takes.
    pub(super) fn collect(mut self) -> Chain {
        let first = self.layers.iter().position(|layer| matches!(layer, Layer::Each { .. }));
        if let Some(first) = first {
            let inner = self.layers.split_off(first);
            self.at = close(inner, self.at);
        }
        self
    }
}
