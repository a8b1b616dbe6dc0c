//! Operators: `! - && || == != < <= > >= in ?? + - * /`.

use super::super::Checker;
use super::super::fits::fits;
use super::super::types::{T, Why};
use super::super::value::Value;
use super::name::is_capital;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{ArithmeticOp, CompareOp, ExprKind};
use crate::model::types::{Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOp, UnaryOp};
use std::rc::Rc;

impl Checker<'_> {
    /// `!a`, `-a`
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &ast::Expr, span: Span, want: Option<&Ty>) -> Value {
        if op == UnaryOp::Not {
            let value = self.condition(operand);
            return Value::new(T::Scalar(Scalar::Boolean), span, ExprKind::Not(Box::new(value.expr)));
        }
        let value = self.infer(operand, want);
        match &value.ty {
            T::Scalar(Scalar::Int | Scalar::Float | Scalar::Decimal) => {
                Value::new(value.ty, span, ExprKind::Negate(Box::new(value.expr)))
            }
            T::Unknown => Value::unknown(span),
            T::Nullable(..) => self.needs_value(&value, "`-`"),
            other => {
                let message = format!("`-` works on a number, this is {}", self.describe(other));
                self.sink.push(Diagnostic::error("E0308", span, message));
                Value::unknown(span)
            }
        }
    }

    /// `a op b`
    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        op_span: Span,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        want: Option<&Ty>,
    ) -> Value {
        match op {
            BinaryOp::And | BinaryOp::Or => self.logic(op, left, right, span),
            BinaryOp::Eq => self.equality(CompareOp::Eq, left, right, span),
            BinaryOp::Ne => self.equality(CompareOp::Ne, left, right, span),
            BinaryOp::Lt => self.order(CompareOp::Lt, left, right, span),
            BinaryOp::Le => self.order(CompareOp::Le, left, right, span),
            BinaryOp::Gt => self.order(CompareOp::Gt, left, right, span),
            BinaryOp::Ge => self.order(CompareOp::Ge, left, right, span),
            BinaryOp::In => self.membership(left, right, span),
            BinaryOp::Coalesce => self.coalesce(op_span, left, right, span, want),
            BinaryOp::Add => self.arithmetic(ArithmeticOp::Add, left, right, span, want),
            BinaryOp::Sub => self.arithmetic(ArithmeticOp::Sub, left, right, span, want),
            BinaryOp::Mul => self.arithmetic(ArithmeticOp::Mul, left, right, span, want),
            BinaryOp::Div => self.arithmetic(ArithmeticOp::Div, left, right, span, want),
        }
    }

    fn logic(&mut self, op: BinaryOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> Value {
        let a = self.condition(left);
        let facts = self.facts(&a.expr, op == BinaryOp::And);
        let b = self.knowing(facts, |cx| cx.condition(right));
        let (a, b) = (Box::new(a.expr), Box::new(b.expr));
        let kind = match op {
            BinaryOp::And => ExprKind::And(a, b),
            _ => ExprKind::Or(a, b),
        };
        Value::new(T::Scalar(Scalar::Boolean), span, kind)
    }

    /// Both sides, each looked at with what the other one is: `X == p` and `p == X` are the same.
    fn sides(&mut self, left: &ast::Expr, right: &ast::Expr) -> (Value, Value) {
        if is_value_name(left) && !is_value_name(right) {
            let right = self.infer(right, None);
            let want = self.wanted_by(&right);
            return (self.infer(left, want.as_ref()), right);
        }
        let left = self.infer(left, None);
        let want = self.wanted_by(&left);
        let right = self.infer(right, want.as_ref());
        (left, right)
    }

    /// What a literal beside the value is looked at with; nothing is said about an enum beside what is wrong.
    fn wanted_by(&self, value: &Value) -> Option<Ty> {
        if value.ty.is_unknown() {
            return Some(Ty::Unknown);
        }
        value.ty.declared(&self.demand)
    }

    fn equality(&mut self, op: CompareOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> Value {
        let boolean = T::Scalar(Scalar::Boolean);
        let (a, b) = self.sides(left, right);
        if a.ty.is_unknown() || b.ty.is_unknown() {
            return Value::new(T::Unknown, span, ExprKind::Null);
        }
        let (value, null) = match (&a.ty, &b.ty) {
            (_, T::Null) => (Some(&a), &b),
            (T::Null, _) => (Some(&b), &a),
            _ => (None, &b),
        };
        if let Some(value) = value {
            if !value.ty.may_be_null() && !matches!(value.ty, T::Never) {
                self.needless_test(value, null.expr.span, span, op);
            }
            let test = Value::new(boolean.clone(), span, ExprKind::IsNull(Box::new(value.expr.clone())));
            return match op {
                CompareOp::Eq => test,
                _ => Value::new(boolean, span, ExprKind::Not(Box::new(test.expr))),
            };
        }
        match self.one_type(a, b) {
            Ok((a, b)) => compare(op, a, b, span),
            Err((a, b)) => self.no_comparison(&a, &b, span),
        }
    }

    /// W0309: a test for null of what cannot be null.
    fn needless_test(&mut self, value: &Value, _null: Span, span: Span, op: CompareOp) {
        let outcome = if op == CompareOp::Eq { "never" } else { "always" };
        let text = self.short(value.expr.span);
        self.sink.push(
            Diagnostic::warning("W0309", span, format!("{text} cannot be null, so this {outcome} holds"))
                .help("remove the test"),
        );
    }

    /// Two scalars or enums as values of one type; each keeps its own `?`.
    fn one_type(&mut self, a: Value, b: Value) -> Result<(Value, Value), (Value, Value)> {
        let comparable = |ty: &T| ty.present().is_scalar();
        if !comparable(&a.ty) || !comparable(&b.ty) {
            return Err((a, b));
        }
        let (x, y) = (a.ty.present().clone(), b.ty.present().clone());
        let keep = |value: &Value, ty: &T| {
            if value.ty.may_be_null() {
                ty.clone().or_null(None)
            } else {
                ty.clone()
            }
        };
        if self.literal_fits(&b, &x) || fits(self, &y, &x) {
            let to = keep(&b, &x);
            return match self.coerce(b, &to) {
                Ok(b) => Ok((a, b)),
                Err(b) => Err((a, b)),
            };
        }
        if self.literal_fits(&a, &y) || fits(self, &x, &y) {
            let to = keep(&a, &y);
            return match self.coerce(a, &to) {
                Ok(a) => Ok((a, b)),
                Err(a) => Err((a, b)),
            };
        }
        Err((a, b))
    }

    fn no_comparison(&mut self, a: &Value, b: &Value, span: Span) -> Value {
        let (x, y) = (self.describe(&a.ty), self.describe(&b.ty));
        let composite = [a, b].into_iter().find(|it| !it.ty.present().is_scalar());
        let error = match composite {
            Some(value) => Diagnostic::error(
                "E0308",
                span,
                format!(
                    "only single values can be compared, {} is {}",
                    self.short(value.expr.span),
                    self.describe(&value.ty)
                ),
            ),
            None => Diagnostic::error("E0308", span, format!("{x} and {y} cannot be compared")),
        };
        let mut error = error
            .because(a.expr.span, format!("this is {x}"))
            .because(b.expr.span, format!("this is {y}"));
        if let (T::Scalar(Scalar::Float), T::Scalar(Scalar::Decimal))
        | (T::Scalar(Scalar::Decimal), T::Scalar(Scalar::Float)) = (a.ty.present(), b.ty.present())
        {
            error = error.help("convert one of them with `.float()` or `.decimal()`");
        }
        self.sink.push(error);
        Value::unknown(span)
    }

    /// `< <= > >=`
    fn order(&mut self, op: CompareOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> Value {
        let (a, b) = self.sides(left, right);
        if a.ty.is_unknown() || b.ty.is_unknown() {
            return Value::unknown(span);
        }
        for side in [&a, &b] {
            if side.ty.may_be_null() {
                return self.needs_value(side, "a comparison");
            }
        }
        let ordered = |ty: &T| {
            use Scalar as S;
            matches!(
                ty,
                T::Scalar(
                    S::Int
                        | S::Float
                        | S::Decimal
                        | S::String
                        | S::Id
                        | S::Uuid
                        | S::Url
                        | S::Date
                        | S::DateTime
                        | S::Duration
                )
            )
        };
        if !ordered(&a.ty) || !ordered(&b.ty) {
            let wrong = if ordered(&a.ty) { &b } else { &a };
            let message = format!(
                "only numbers, text and times have an order, this is {}",
                self.describe(&wrong.ty)
            );
            self.sink.push(Diagnostic::error("E0308", wrong.expr.span, message));
            return Value::unknown(span);
        }
        match self.one_type(a, b) {
            Ok((a, b)) => compare(op, a, b, span),
            Err((a, b)) => self.no_comparison(&a, &b, span),
        }
    }

    /// `a in list`
    fn membership(&mut self, left: &ast::Expr, right: &ast::Expr, span: Span) -> Value {
        let list = match &right.kind {
            ast::ExprKind::List(_) => {
                let value = self.infer(left, None);
                let element = self.wanted_by(&value);
                let list = self.infer(right, element.map(|it| Ty::List(Box::new(it))).as_ref());
                return self.member(value, list, span);
            }
            _ => self.infer(right, None),
        };
        let want = match list.ty.present() {
            T::List(element) => element.declared(&self.demand),
            _ => Some(Ty::Unknown),
        };
        let value = self.infer(left, want.as_ref());
        self.member(value, list, span)
    }

    fn member(&mut self, value: Value, list: Value, span: Span) -> Value {
        if value.ty.is_unknown() || list.ty.is_unknown() {
            return Value::unknown(span);
        }
        if list.ty.may_be_null() {
            return self.needs_value(&list, "`in`");
        }
        let T::List(element) = &list.ty else {
            let message = format!("`in` looks into a list, this is {}", self.describe(&list.ty));
            self.sink.push(Diagnostic::error("E0308", list.expr.span, message));
            return Value::unknown(span);
        };
        let element = (**element).clone();
        if matches!(element, T::Never) {
            return Value::new(T::Scalar(Scalar::Boolean), span, ExprKind::Bool(false));
        }
        let to = if value.ty.may_be_null() {
            element.present().clone().or_null(None)
        } else {
            element.present().clone()
        };
        let (value, list) = match self.coerce(value, &to) {
            Ok(value) => (value, list),
            Err(value) => {
                let wanted = T::List(Box::new(value.ty.present().clone()));
                match self.coerce(list, &wanted) {
                    Ok(list) => (value, list),
                    Err(list) => return self.no_comparison(&value, &Value { ty: element, ..list }, span),
                }
            }
        };
        if !value.ty.present().is_scalar() {
            return self.no_comparison(&value, &value.clone(), span);
        }
        let kind = ExprKind::In {
            value: Box::new(value.expr),
            list: Box::new(list.expr),
        };
        Value::new(T::Scalar(Scalar::Boolean), span, kind)
    }

    /// `a ?? b`
    fn coalesce(&mut self, op_span: Span, left: &ast::Expr, right: &ast::Expr, span: Span, want: Option<&Ty>) -> Value {
        let a = self.infer(left, want);
        let own = a.ty.declared(&self.demand);
        let b = self.infer(right, want.or(own.as_ref()));
        if a.ty.is_unknown() || b.ty.is_unknown() {
            return Value::unknown(span);
        }
        if matches!(a.ty, T::Null) {
            return b;
        }
        if !a.ty.may_be_null() {
            self.sink.push(
                Diagnostic::warning(
                    "W0309",
                    op_span,
                    format!("{} cannot be null, so `??` does nothing", self.short(left.span)),
                )
                .help("remove `??` and what follows it")
                .fix(
                    Span {
                        start: left.span.end,
                        ..right.span
                    },
                    "",
                ),
            );
            return a;
        }
        let present = Value {
            ty: a.ty.present().clone(),
            expr: a.expr.clone(),
        };
        let b_present = Value {
            ty: b.ty.present().clone(),
            expr: b.expr.clone(),
        };
        let joined = match self.join(vec![present, b_present]) {
            Ok((_, joined)) => joined,
            Err(_) => {
                self.no_join(&a, &b, "both sides of `??`");
                return Value::unknown(span);
            }
        };
        let nullable = joined.clone().or_null(None);
        let result = if b.ty.may_be_null() {
            let why = match &b.ty {
                T::Nullable(_, why) => why.clone(),
                _ => Some(Rc::new(Why {
                    span: b.expr.span,
                    text: "null comes from here".to_owned(),
                })),
            };
            joined.clone().or_null(why)
        } else {
            joined
        };
        let a = self.coerce(a, &nullable).unwrap_or_else(|value| value);
        let b = self.coerce(b, &result).unwrap_or_else(|value| value);
        let kind = ExprKind::Coalesce {
            left: Box::new(a.expr),
            right: Box::new(b.expr),
        };
        Value::new(result, span, kind)
    }

    /// `a + b` and its like.
    fn arithmetic(
        &mut self,
        op: ArithmeticOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        want: Option<&Ty>,
    ) -> Value {
        let a = self.infer(left, want);
        let own = a.ty.declared(&self.demand);
        let b = self.infer(right, own.as_ref().or(want));
        if a.ty.is_unknown() || b.ty.is_unknown() {
            return Value::unknown(span);
        }
        for side in [&a, &b] {
            if matches!(side.ty, T::Nullable(..)) {
                return self.needs_value(side, "arithmetic");
            }
        }
        let kind = |a: Value, b: Value| ExprKind::Arithmetic {
            op,
            left: Box::new(a.expr),
            right: Box::new(b.expr),
        };
        if let Some(ty) = time_result(op, &a.ty, &b.ty) {
            return Value::new(T::Scalar(ty), span, kind(a, b));
        }
        let Some(number) = self.number_type(op, &a, &b) else {
            return self.no_arithmetic(op, &a, &b, span);
        };
        let operand = T::Scalar(number);
        let (a, b) = match (self.coerce(a, &operand), self.coerce(b, &operand)) {
            (Ok(a), Ok(b)) => (a, b),
            (Ok(a) | Err(a), Ok(b) | Err(b)) => return self.no_arithmetic(op, &a, &b, span),
        };
        let ty = match op {
            ArithmeticOp::Div => operand.or_null(Some(Rc::new(Why {
                span,
                text: "division by zero gives null".to_owned(),
            }))),
            _ => operand,
        };
        Value::new(ty, span, kind(a, b))
    }

    /// The type that both numbers are brought to; `Int / Int` is counted in `Float`.
    fn number_type(&self, op: ArithmeticOp, a: &Value, b: &Value) -> Option<Scalar> {
        use Scalar as S;
        let (T::Scalar(x), T::Scalar(y)) = (&a.ty, &b.ty) else {
            return None;
        };
        let number = match (x, y) {
            (S::Int, S::Int) if op == ArithmeticOp::Div => S::Float,
            (S::Int, S::Int) => S::Int,
            (S::Decimal, S::Decimal | S::Int) | (S::Int, S::Decimal) => S::Decimal,
            (S::Float, S::Float | S::Int) | (S::Int, S::Float) => S::Float,
            (S::Float, S::Decimal) if matches!(b.expr.kind, ExprKind::Decimal(_)) => S::Float,
            (S::Decimal, S::Float) if matches!(a.expr.kind, ExprKind::Decimal(_)) => S::Float,
            _ => return None,
        };
        Some(number)
    }

    fn no_arithmetic(&mut self, op: ArithmeticOp, a: &Value, b: &Value, span: Span) -> Value {
        let sign = match op {
            ArithmeticOp::Add => "+",
            ArithmeticOp::Sub => "-",
            ArithmeticOp::Mul => "*",
            ArithmeticOp::Div => "/",
        };
        let (x, y) = (self.describe(&a.ty), self.describe(&b.ty));
        let mut error = Diagnostic::error("E0308", span, format!("`{sign}` does not work on {x} and {y}"))
            .because(a.expr.span, format!("this is {x}"))
            .because(b.expr.span, format!("this is {y}"));
        let is = |value: &Value, scalar: Scalar| matches!(value.ty, T::Scalar(it) if it == scalar);
        if is(a, Scalar::String) || is(b, Scalar::String) {
            let piece = |value: &Value| match &value.expr.kind {
                ExprKind::Text(text) => text.clone(),
                _ => format!("${{{}}}", self.sources.text(value.expr.span)),
            };
            error = error.help(format!("join text with a template: `\"{}{}\"`", piece(a), piece(b)));
        } else if (is(a, Scalar::Float) && is(b, Scalar::Decimal)) || (is(a, Scalar::Decimal) && is(b, Scalar::Float)) {
            error = error.help("convert one of them with `.float()` or `.decimal()`");
        }
        self.sink.push(error);
        Value::unknown(span)
    }
}

fn compare(op: CompareOp, a: Value, b: Value, span: Span) -> Value {
    let kind = ExprKind::Compare {
        op,
        left: Box::new(a.expr),
        right: Box::new(b.expr),
    };
    Value::new(T::Scalar(Scalar::Boolean), span, kind)
}

/// `DateTime ± Duration`, `DateTime - DateTime`
fn time_result(op: ArithmeticOp, a: &T, b: &T) -> Option<Scalar> {
    let (T::Scalar(a), T::Scalar(b)) = (a, b) else {
        return None;
    };
    match (op, a, b) {
        (ArithmeticOp::Add | ArithmeticOp::Sub, Scalar::DateTime, Scalar::Duration) => Some(Scalar::DateTime),
        (ArithmeticOp::Sub, Scalar::DateTime, Scalar::DateTime) => Some(Scalar::Duration),
        _ => None,
    }
}

fn is_value_name(expr: &ast::Expr) -> bool {
    matches!(&expr.kind, ast::ExprKind::Name(name) if is_capital(name))
}
