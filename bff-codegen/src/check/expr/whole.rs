//! Methods that take a list or map whole: `first last take skip count join`, `pick entries`. Their arguments keep the subject around.

use super::super::Checker;
use super::super::fits::fits;
use super::super::types::{T, Why, Written};
use super::super::value::Value;
use super::method::Signature;
use crate::diagnostic::Diagnostic;
use crate::ir;
use crate::ir::expr::{ExprKind, Method};
use crate::model::types::Scalar;
use crate::source::Span;
use crate::syntax::ast;
use std::rc::Rc;

impl Checker<'_> {
    /// A method over a list or map that is there.
    pub(super) fn whole_method(
        &mut self,
        signature: &Signature,
        key: &ast::Key,
        base: Value,
        args: Vec<Option<Value>>,
        span: Span,
    ) -> Value {
        let method = signature.method();
        match (method, &base.ty) {
            (Method::Count, T::List(_) | T::Map(..)) => self.apply(method, base, args, T::Scalar(Scalar::Int), span),
            (Method::Pick, T::Map(_, value)) => {
                let ty = T::List(value.clone());
                self.apply(method, base, args, ty, span)
            }
            (Method::Entries, T::Map(key, value)) => {
                let ty = entries_of(key, value, span);
                if !self.can_be_held(&ty) {
                    return self.unreadable(span);
                }
                self.apply(method, base, args, ty, span)
            }
            (Method::Pick | Method::Entries, _) => self.no_receiver(key, "a map", &base, span),
            (Method::Count, _) => self.no_receiver(key, "a list or map", &base, span),
            (Method::Join, T::List(element)) => {
                let element = (**element).clone();
                match self.texts(base, &element, span) {
                    Some(base) => self.apply(method, base, args, T::Scalar(Scalar::String), span),
                    None => Value::unknown(span),
                }
            }
            (Method::Take | Method::Skip, T::List(_)) => {
                let ty = base.ty.clone();
                self.apply(method, base, args, ty, span)
            }
            (Method::First | Method::Last, T::List(element)) => {
                let element = (**element).clone();
                self.end_of_list(signature, base, element, span)
            }
            _ => self.no_receiver(key, "a list", &base, span),
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
                error = error.help("leave null out before joining: `.filter(it != null).join(…)`");
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
        // Of records written here: the end of the list that they are made from, and then the record.
        let made_of = match &base.expr.kind {
            ExprKind::Each {
                list, flatten: false, ..
            } if element.is_computed() => match &list.ty {
                ir::expr::Ty::List(inner) if !inner.is_nullable() => Some(inner.clone()),
                _ => None,
            },
            _ => None,
        };
        let (Some(inner), ExprKind::Each { list, local, body, .. }) = (made_of, base.expr.kind.clone()) else {
            if !self.can_be_held(&element) {
                return self.unreadable(span);
            }
            return self.apply(signature.method(), base, Vec::new(), element.or_null(why), span);
        };
        let end = ir::expr::Expr {
            ty: ir::expr::Ty::Nullable(inner),
            span,
            kind: ExprKind::Method {
                method: signature.method(),
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
}

/// `[{ key, value }]`
fn entries_of(key: &T, value: &T, span: Span) -> T {
    let field = |name: &str, ty: &T| Written {
        key: name.to_owned(),
        ty: ty.clone(),
        optional: false,
        span,
    };
    let entry = vec![field("key", key), field("value", value)];
    T::List(Box::new(T::Computed(Rc::new(entry))))
}
