//! Methods. A list method takes the whole list that a chain goes through; a scalar method is for each element after `[]`.

use super::super::Checker;
use super::super::fits::fits;
use super::super::types::{T, Why};
use super::super::value::Value;
use super::chain::Chain;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::{ExprKind, Mask, Method, Select};
use crate::model::types::{Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;
use std::rc::Rc;

/// A method: its name, what it is a method of, and its parameters (name, type, whether it may be left out).
pub(super) struct Signature {
    pub name: &'static str,
    of: Of,
    params: &'static [Param],
}

type Param = (&'static str, Scalar, bool);

/// What a method is a method of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// The elements of a list, one by one.
    Elements(Select),
    /// A whole list or map.
    Whole(Method),
    /// A single value.
    Scalar(Method),
}

impl Signature {
    /// The method, if it is not one of elements.
    pub(super) fn method(&self) -> Method {
        match self.of {
            Of::Whole(method) | Of::Scalar(method) => method,
            Of::Elements(_) => Method::Count,
        }
    }
}

const fn elements(name: &'static str, select: Select) -> Signature {
    let of = Of::Elements(select);
    let params = &[];
    Signature { name, of, params }
}

const fn whole(name: &'static str, method: Method, params: &'static [Param]) -> Signature {
    let of = Of::Whole(method);
    Signature { name, of, params }
}

const fn scalar(name: &'static str, method: Method, params: &'static [Param]) -> Signature {
    let of = Of::Scalar(method);
    Signature { name, of, params }
}

const METHODS: [Signature; 35] = [
    elements("filter", Select::Filter),
    elements("any", Select::Any),
    elements("all", Select::All),
    elements("sort", Select::Sort),
    elements("min", Select::Min),
    elements("max", Select::Max),
    elements("sum", Select::Sum),
    elements("avg", Select::Avg),
    elements("unique", Select::Unique),
    elements("index", Select::Index),
    elements("group", Select::Group),
    whole("first", Method::First, &[]),
    whole("last", Method::Last, &[]),
    whole("count", Method::Count, &[]),
    whole("join", Method::Join, &[("separator", Scalar::String, false)]),
    whole("take", Method::Take, &[("count", Scalar::Int, false)]),
    whole("skip", Method::Skip, &[("count", Scalar::Int, false)]),
    whole("pick", Method::Pick, &[("keys", Scalar::Json, false)]),
    whole("entries", Method::Entries, &[]),
    scalar("int", Method::Int, &[]),
    scalar("decimal", Method::Decimal, &[]),
    scalar("float", Method::Float, &[]),
    scalar("round", Method::Round, &[("digits", Scalar::Int, true)]),
    scalar("floor", Method::Floor, &[]),
    scalar("ceil", Method::Ceil, &[]),
    scalar("mod", Method::Mod, &[("by", Scalar::Int, false)]),
    scalar("upper", Method::Upper, &[]),
    scalar("lower", Method::Lower, &[]),
    scalar("trim", Method::Trim, &[]),
    scalar("split", Method::Split, &[("separator", Scalar::String, false)]),
    scalar(
        "replace",
        Method::Replace,
        &[("from", Scalar::String, false), ("to", Scalar::String, false)],
    ),
    scalar("sha256", Method::Sha256, &[]),
    scalar("mask", Method::Mask(Mask::All), &[]),
    scalar("format", Method::Format, &[]),
    scalar("money", Method::Money, &[]),
];

/// What is called so here that has another name elsewhere.
fn same_elsewhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "length" | "size" | "len" => "count",
        "toUpperCase" | "uppercase" => "upper",
        "toLowerCase" | "lowercase" => "lower",
        "where" => "filter",
        "some" | "exists" => "any",
        "every" => "all",
        "orderBy" | "sortBy" | "order_by" | "sort_by" => "sort",
        "groupBy" | "group_by" => "group",
        "keyBy" | "key_by" | "indexBy" | "associateBy" => "index",
        "distinct" | "uniq" | "dedup" => "unique",
        "average" | "mean" => "avg",
        "limit" | "head" => "take",
        "slice" | "drop" | "offset" => "skip",
        _ => return None,
    })
}

/// The methods that a type has.
fn methods_of(ty: &T) -> Option<&'static [&'static str]> {
    use Scalar as S;
    Some(match ty {
        T::List(_) => &[
            "filter", "any", "all", "sort", "min", "max", "sum", "avg", "unique", "index", "group", "first", "last",
            "take", "skip", "count", "join",
        ],
        T::Map(..) => &["count", "pick", "entries"],
        T::Scalar(S::Int | S::Float | S::Decimal) => &["int", "decimal", "float", "round", "floor", "ceil", "mod"],
        T::Scalar(S::Date | S::DateTime) => &["format"],
        T::Scalar(S::String | S::Id | S::Uuid | S::Url) | T::Enum(_) => &[
            "int", "decimal", "float", "upper", "lower", "trim", "split", "replace", "mask", "sha256",
        ],
        _ => return None,
    })
}

/// The names of all methods.
pub(super) fn names() -> Vec<&'static str> {
    METHODS.iter().map(|it| it.name).collect()
}

impl Checker<'_> {
    /// `chain.key(args)`
    pub(super) fn method(&mut self, chain: Chain, key: &ast::Key, args: &ast::Args, span: Span) -> Chain {
        let Some(signature) = METHODS.iter().find(|it| it.name == key.text) else {
            // What went wrong before or inside has been told: a function written as in JavaScript needs no second message.
            let told = |arg: &ast::Arg| matches!(arg.value.kind, ast::ExprKind::Error);
            if !chain.at.ty.is_unknown() && !args.list.iter().any(told) {
                self.no_method(&chain.at, key);
            }
            return Chain::begin(Value::unknown(span));
        };
        let mut chain = match signature.of {
            Of::Scalar(_) => chain,
            _ => chain.collect(),
        };
        if let Of::Elements(select) = signature.of {
            let call = super::select::Call {
                select,
                key,
                args,
                span,
            };
            chain.at = self.over_null(chain.at, &mut |cx, list| cx.select(call, list));
            return chain;
        }
        if let Of::Scalar(method @ (Method::Format | Method::Money)) = signature.of {
            let given = self.format_args(method, key, args);
            chain.at = match given {
                Some(given) => self.over_null(chain.at, &mut |cx, base| cx.formatted(method, key, &given, base, span)),
                None => Value::unknown(span),
            };
            return chain;
        }
        if let Of::Scalar(Method::Mask(_)) = signature.of {
            let mask = self.mask_name(key, args);
            chain.at = match mask {
                Some(mask) => self.over_null(chain.at, &mut |cx, base| cx.masked(mask, base, span)),
                None => Value::unknown(span),
            };
            return chain;
        }
        let Some(args) = self.method_args(signature, key, args, &chain.at.ty) else {
            chain.at = Value::unknown(span);
            return chain;
        };
        chain.at = self.over_null(chain.at, &mut |cx, base| match signature.of {
            Of::Scalar(_) => cx.scalar_method(signature, base, args.clone(), span),
            _ => cx.whole_method(signature, key, base, args.clone(), span),
        });
        chain
    }

    /// E0308: a method of something else than the value is.
    pub(super) fn no_receiver(&mut self, key: &ast::Key, wanted: &str, base: &Value, span: Span) -> Value {
        if base.ty.is_unknown() {
            return Value::unknown(span);
        }
        let name = &key.text;
        let what = self.describe(&base.ty);
        let mut error = Diagnostic::error("E0308", key.span, format!("`{name}` works on {wanted}, this is {what}"))
            .because(base.expr.span, format!("this is {what}"));
        error = match &base.ty {
            T::Map(..) if wanted == "a list" => {
                let text = self.sources.text(base.expr.span);
                error.help(format!("go through its entries: `{text}.entries().{name}(…)`"))
            }
            T::List(_) if wanted == "a map" => {
                error.help("make a map of it first: `list.index(.id)` or `list.group(.id)`")
            }
            other => match methods_of(other) {
                Some(names) => error.help(format!("methods of {what}: {}", suggest::list(names.iter().copied()))),
                None => error.help(format!("{what} has no methods")),
            },
        };
        self.sink.push(error);
        Value::unknown(span)
    }

    fn no_method(&mut self, base: &Value, key: &ast::Key) {
        let mut error = Diagnostic::error("E0202", key.span, format!("no method is called `{}`", key.text));
        error = match key.text.as_str() {
            "map" | "select" | "flatMap" => {
                error.help("put a shape or `[]` after the list: `list { … }`, `list[].field`")
            }
            "find" => error.help("take the first that fits: `list.filter(…).first()`"),
            "keys" => error.help("go through the entries: `map.entries()[].key`"),
            "values" => error.help("go through the entries: `map.entries()[].value`"),
            "includes" | "contains" | "has" => {
                error.help("look with `in`: `value in list`; or test `map[key] != null`")
            }
            "get" | "at" | "nth" => error.help("read it with brackets: `list[0]`, `map[key]`"),
            "reduce" | "fold" => error.help("add up with `sum`, or compute it in an `extern fn`"),
            "reverse" => error.help("sort the other way: `list.sort(… desc)`"),
            name => match same_elsewhere(name) {
                Some(ours) => error.help(format!("did you mean `{ours}`?")).fix(key.span, ours),
                None => match suggest::help(name, &METHODS.map(|it| it.name), "methods") {
                    _ if self.has_field(&base.ty, name) => {
                        error.help(format!("`{name}` is a field: leave out the parentheses"))
                    }
                    Some(help) => error.help(help),
                    None => error,
                },
            },
        };
        self.sink.push(error);
    }

    /// The arguments in the order of the parameters.
    fn method_args(
        &mut self,
        signature: &Signature,
        key: &ast::Key,
        args: &ast::Args,
        on: &T,
    ) -> Option<Vec<Option<Value>>> {
        let mut values: Vec<Option<Value>> = signature.params.iter().map(|_| None).collect();
        let mut good = true;
        for (at, arg) in args.list.iter().enumerate() {
            let index = match &arg.name {
                Some(name) => signature.params.iter().position(|(param, ..)| *param == name.text),
                None => Some(at).filter(|at| *at < signature.params.len()),
            };
            let Some(index) = index else {
                let count = signature.params.len();
                let message = format!(
                    "`{}` takes {count} argument{}",
                    key.text,
                    if count == 1 { "" } else { "s" }
                );
                self.sink.push(Diagnostic::error("E0312", arg.value.span, message));
                good = false;
                continue;
            };
            let (param, mut wanted, _) = signature.params[index];
            if signature.of == Of::Scalar(Method::Mod) && matches!(on.present(), T::Scalar(Scalar::Decimal)) {
                wanted = Scalar::Decimal;
            }
            if let Some(order) = &arg.order {
                self.sink
                    .push(Diagnostic::error("E0309", order.span, "an order stands in `sort` only"));
            }
            if signature.of == Of::Whole(Method::Pick) {
                values[index] = Some(self.keys_to_pick(&arg.value, on));
                continue;
            }
            let value = self.infer(&arg.value, Some(&Ty::Scalar(wanted)));
            values[index] = Some(self.expect(value, &T::Scalar(wanted), &format!("`{param}` of `{}`", key.text)));
        }
        for (value, (param, _, optional)) in values.iter().zip(signature.params) {
            if value.is_none() && !optional && good {
                let message = format!("`{}` needs its argument `{param}`", key.text);
                self.sink.push(Diagnostic::error("E0312", args.span, message));
                good = false;
            }
        }
        good.then_some(values)
    }

    /// The argument of `pick`: keys of the map, of which null is no key.
    fn keys_to_pick(&mut self, keys: &ast::Expr, on: &T) -> Value {
        let key = match on.present() {
            T::Map(key, _) => (**key).clone(),
            _ => T::Unknown,
        };
        let declared = T::List(Box::new(key.clone())).declared(&self.demand);
        let keys = self.infer(keys, declared.as_ref());
        let nullable = matches!(&keys.ty, T::List(element) if element.may_be_null());
        let element = if nullable { key.or_null(None) } else { key };
        self.expect(keys, &T::List(Box::new(element)), "`keys` of `pick`")
    }

    pub(super) fn apply(&mut self, method: Method, base: Value, args: Vec<Option<Value>>, ty: T, span: Span) -> Value {
        let kind = ExprKind::Method {
            method,
            base: Box::new(base.expr),
            args: args.into_iter().map(|arg| arg.map(|value| value.expr)).collect(),
        };
        Value::new(ty, span, kind)
    }

    /// `EMAIL` of `mask(EMAIL)`.
    fn mask_name(&mut self, key: &ast::Key, args: &ast::Args) -> Option<Mask> {
        let names = Mask::NAMES.map(|(name, _)| name);
        let help = format!("masks: {}", suggest::list(names));
        let error = match &args.list[..] {
            [
                ast::Arg {
                    value,
                    name: None,
                    order: None,
                    ..
                },
            ] => {
                if let ast::ExprKind::Name(name) = &value.kind
                    && let Some((_, mask)) = Mask::NAMES.iter().find(|(known, _)| known == name)
                {
                    return Some(*mask);
                }
                let text = self.short(value.span);
                let error = Diagnostic::error("E0202", value.span, format!("no mask is called {text}"));
                match suggest::closest(self.sources.text(value.span), names) {
                    Some(close) => error.help(format!("did you mean `{close}`?")).fix(value.span, close),
                    None => error.help(help),
                }
            }
            [] => Diagnostic::error(
                "E0312",
                args.span,
                format!("`{}` needs to know what it masks", key.text),
            )
            .help(help),
            [first, ..] => {
                Diagnostic::error("E0312", first.value.span, format!("`{}` takes 1 argument", key.text)).help(help)
            }
        };
        self.sink.push(error);
        None
    }

    fn masked(&mut self, mask: Mask, base: Value, span: Span) -> Value {
        let text = T::Scalar(Scalar::String);
        if base.ty.is_unknown() {
            return Value::unknown(span);
        }
        if !fits(self, &base.ty, &text) || matches!(base.ty, T::Enum(_)) {
            let what = self.describe(&base.ty);
            self.sink.push(Diagnostic::error(
                "E0308",
                span,
                format!("`mask` works on text, this is {what}"),
            ));
            return Value::unknown(span);
        }
        let base = self.coerce(base, &text).unwrap_or_else(|value| value);
        self.apply(Method::Mask(mask), base, Vec::new(), text, span)
    }

    fn scalar_method(&mut self, signature: &Signature, base: Value, args: Vec<Option<Value>>, span: Span) -> Value {
        use Method as M;
        use Scalar as S;
        if base.ty.is_unknown() {
            return Value::unknown(span);
        }
        let text = T::Scalar(S::String);
        let number = match &base.ty {
            T::Scalar(scalar @ (S::Int | S::Float | S::Decimal)) => Some(*scalar),
            _ => None,
        };
        let is_text = fits(self, &base.ty, &text);
        let (to_text, ty) = match (signature.method(), number) {
            (M::Int, Some(_)) => (false, T::Scalar(S::Int)),
            (M::Decimal, Some(_)) => (false, T::Scalar(S::Decimal)),
            (M::Float, Some(_)) => (false, T::Scalar(S::Float)),
            (M::Int, None) if is_text => (true, self.read_number(S::Int, span)),
            (M::Decimal, None) if is_text => (true, self.read_number(S::Decimal, span)),
            (M::Float, None) if is_text => (true, self.read_number(S::Float, span)),
            (M::Round | M::Floor | M::Ceil, Some(scalar)) => (false, T::Scalar(scalar)),
            (M::Mod, Some(scalar @ (S::Int | S::Decimal))) => {
                let why = Why {
                    span,
                    text: "`mod` by zero is null".to_owned(),
                };
                (false, T::Scalar(scalar).or_null(Some(Rc::new(why))))
            }
            (M::Split, None) if is_text => (true, T::List(Box::new(text.clone()))),
            (M::Upper | M::Lower | M::Trim | M::Replace | M::Sha256, None) if is_text => (true, text.clone()),
            _ => {
                let wanted = match signature.method() {
                    M::Round | M::Floor | M::Ceil | M::Mod => "a number",
                    M::Int | M::Decimal | M::Float => "a number or text",
                    _ => "text",
                };
                let mut error = Diagnostic::error(
                    "E0308",
                    span,
                    format!(
                        "`{}` works on {wanted}, this is {}",
                        signature.name,
                        self.describe(&base.ty)
                    ),
                );
                if let T::List(_) = base.ty {
                    error = error.help(format!(
                        "apply it to each element: `{}[].{}(…)`",
                        self.sources.text(base.expr.span),
                        signature.name
                    ));
                } else if let Some(names) = methods_of(&base.ty) {
                    let what = self.describe(&base.ty);
                    error = error.help(format!("methods of {what}: {}", suggest::list(names.iter().copied())));
                }
                self.sink.push(error);
                return Value::unknown(span);
            }
        };
        let base = if to_text {
            self.coerce(base, &text).unwrap_or_else(|value| value)
        } else {
            base
        };
        self.apply(signature.method(), base, args, ty, span)
    }

    fn read_number(&mut self, scalar: Scalar, span: Span) -> T {
        T::Scalar(scalar).or_null(Some(Rc::new(Why {
            span,
            text: "text that is no number gives null".to_owned(),
        })))
    }
}
