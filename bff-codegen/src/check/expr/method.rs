//! Methods. A list method takes the whole list that a chain goes through; a scalar method is for each element after `[]`.

use super::super::Checker;
use super::super::fits::fits;
use super::super::types::{T, Why};
use super::super::value::Value;
use super::chain::Chain;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir;
use crate::ir::expr::{ExprKind, Method};
use crate::model::types::{Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;
use std::rc::Rc;

/// A method: its name, what it is, and its parameters (name, type, whether it may be left out).
struct Signature {
    name: &'static str,
    method: Method,
    on_list: bool,
    params: &'static [(&'static str, Scalar, bool)],
}

const fn list(name: &'static str, method: Method, params: &'static [(&'static str, Scalar, bool)]) -> Signature {
    Signature {
        name,
        method,
        on_list: true,
        params,
    }
}

const fn scalar(name: &'static str, method: Method, params: &'static [(&'static str, Scalar, bool)]) -> Signature {
    Signature {
        name,
        method,
        on_list: false,
        params,
    }
}

const METHODS: [Signature; 17] = [
    list("first", Method::First, &[]),
    list("last", Method::Last, &[]),
    list("count", Method::Count, &[]),
    list("join", Method::Join, &[("separator", Scalar::String, false)]),
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
];

/// Methods of the language that are not served yet.
const LATER: [&str; 18] = [
    "filter", "any", "all", "sort", "min", "max", "sum", "avg", "unique", "index", "group", "take", "skip", "pick",
    "entries", "mask", "format", "money",
];

/// The names of all methods.
pub(super) fn names() -> Vec<&'static str> {
    METHODS.iter().map(|it| it.name).chain(LATER).collect()
}

impl Checker<'_> {
    /// `chain.key(args)`
    pub(super) fn method(&mut self, chain: Chain, key: &ast::Key, args: &ast::Args, span: Span) -> Chain {
        let Some(signature) = METHODS.iter().find(|it| it.name == key.text) else {
            // What went wrong before or inside has been told: a function written as in JavaScript needs no second message.
            let told = |arg: &ast::Arg| matches!(arg.value.kind, ast::ExprKind::Error);
            let later = LATER.contains(&key.text.as_str());
            if later || !chain.at.ty.is_unknown() && !args.list.iter().any(told) {
                self.no_method(&chain.at, key);
            }
            return Chain::begin(Value::unknown(span));
        };
        let args = self.method_args(signature, key, args, &chain.at.ty);
        let mut chain = if signature.on_list { chain.collect() } else { chain };
        let Some(args) = args else {
            chain.at = Value::unknown(span);
            return chain;
        };
        chain.at = self.over_null(chain.at, &mut |cx, base| match signature.on_list {
            true => cx.list_method(signature, base, args.clone(), span),
            false => cx.scalar_method(signature, base, args.clone(), span),
        });
        chain
    }

    fn no_method(&mut self, base: &Value, key: &ast::Key) {
        if LATER.contains(&key.text.as_str()) {
            return self.unsupported(key.span, &format!("`{}`", key.text));
        }
        let mut error = Diagnostic::error("E0202", key.span, format!("no method is called `{}`", key.text));
        error = match key.text.as_str() {
            "map" | "select" => error.help("put a shape or `[]` after the list: `list { … }`, `list[].field`"),
            "length" | "size" | "len" => error.help("did you mean `count`?").fix(key.span, "count"),
            "toUpperCase" | "uppercase" => error.help("did you mean `upper`?").fix(key.span, "upper"),
            "toLowerCase" | "lowercase" => error.help("did you mean `lower`?").fix(key.span, "lower"),
            name => match suggest::help(name, &METHODS.map(|it| it.name), "methods") {
                _ if self.has_field(&base.ty, name) => {
                    error.help(format!("`{name}` is a field: leave out the parentheses"))
                }
                Some(help) => error.help(help),
                None => error,
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
            if signature.method == Method::Mod && matches!(on.present(), T::Scalar(Scalar::Decimal)) {
                wanted = Scalar::Decimal;
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

    fn list_method(&mut self, signature: &Signature, base: Value, args: Vec<Option<Value>>, span: Span) -> Value {
        let T::List(element) = &base.ty else {
            if !base.ty.is_unknown() {
                let what = self.describe(&base.ty);
                let message = format!("`{}` works on a list, this is {what}", signature.name);
                self.sink.push(Diagnostic::error("E0308", span, message));
            }
            return Value::unknown(span);
        };
        let element = (**element).clone();
        match signature.method {
            Method::Count => self.apply(signature, base, args, T::Scalar(Scalar::Int), span),
            Method::Join => match self.texts(base, &element, span) {
                Some(base) => self.apply(signature, base, args, T::Scalar(Scalar::String), span),
                None => Value::unknown(span),
            },
            _ => self.end_of_list(signature, base, element, span),
        }
    }

    /// The list as one of texts: what `join` takes.
    fn texts(&mut self, base: Value, element: &T, span: Span) -> Option<Value> {
        let text = T::List(Box::new(T::Scalar(Scalar::String)));
        if fits(self, &base.ty, &text) {
            return self.coerce(base, &text).ok();
        }
        if element.is_scalar() {
            // Other single values are written as a template writes them.
            return Some(self.each(base.expr, element.clone(), &mut |_, item| {
                let at = item.expr.span;
                Value::new(T::Scalar(Scalar::String), at, ExprKind::Template(vec![item.expr]))
            }));
        }
        if !base.ty.is_unknown() {
            let what = self.describe(&base.ty);
            let mut error = Diagnostic::error("E0302", span, format!("`join` takes single values, this is {what}"));
            if element.may_be_null() {
                error = error.help("say what null becomes before joining");
            }
            self.sink.push(error);
        }
        None
    }

    /// `first last`: an element or null.
    fn end_of_list(&mut self, signature: &Signature, base: Value, element: T, span: Span) -> Value {
        let why = Some(Rc::new(Why {
            span,
            text: format!("`{}` of an empty list is null", signature.name),
        }));
        if !element.is_computed() {
            return self.apply(signature, base, Vec::new(), element.or_null(why), span);
        }
        // Of records written here: the end of the list that they are made from, and then the record.
        let ExprKind::Each {
            list,
            local,
            body,
            flatten: false,
        } = base.expr.kind
        else {
            return self.unreadable(span);
        };
        let ir::expr::Ty::List(inner) = &list.ty else {
            return self.unreadable(span);
        };
        if inner.is_nullable() {
            return self.unreadable(span);
        }
        let end = ir::expr::Expr {
            ty: ir::expr::Ty::Nullable(inner.clone()),
            span,
            kind: ExprKind::Method {
                method: signature.method,
                base: list,
                args: Vec::new(),
            },
        };
        let kind = ExprKind::Lift {
            base: Box::new(end),
            local,
            body,
        };
        Value::new(element.or_null(why), span, kind)
    }

    fn apply(&mut self, signature: &Signature, base: Value, args: Vec<Option<Value>>, ty: T, span: Span) -> Value {
        let kind = ExprKind::Method {
            method: signature.method,
            base: Box::new(base.expr),
            args: args.into_iter().map(|arg| arg.map(|value| value.expr)).collect(),
        };
        Value::new(ty, span, kind)
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
        let (to_text, ty) = match (signature.method, number) {
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
                let wanted = match signature.method {
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
        self.apply(signature, base, args, ty, span)
    }

    fn read_number(&mut self, scalar: Scalar, span: Span) -> T {
        T::Scalar(scalar).or_null(Some(Rc::new(Why {
            span,
            text: "text that is no number gives null".to_owned(),
        })))
    }
}
