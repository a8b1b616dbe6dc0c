//! Element methods: `filter any all sort min max sum avg unique index group`. Their arguments are looked at once per element, which is
//! `.` and `it` there.

use super::super::Checker;
use super::super::fits::fits;
use super::super::narrow::Place;
use super::super::types::{T, Why};
use super::super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{By, Expr, ExprKind, LocalId, Method, NameRef, Select};
use crate::model::types::Scalar;
use crate::source::Span;
use crate::syntax::ast;
use std::rc::Rc;

/// An element method as it is called: which, its name, its arguments, and where the whole stands.
#[derive(Clone, Copy)]
pub(super) struct Call<'c> {
    pub select: Select,
    pub key: &'c ast::Key,
    pub args: &'c ast::Args,
    pub span: Span,
}

impl Checker<'_> {
    /// `list.filter(…)` and its like, over a list that is there.
    pub(super) fn select(&mut self, call: Call<'_>, list: Value) -> Value {
        let T::List(element) = &list.ty else {
            return self.no_receiver(call.key, "a list", &list, call.span);
        };
        let element = (**element).clone();
        if !self.takes(call) {
            return Value::unknown(call.span);
        }
        if matches!(element, T::Never) {
            return self.of_nothing(call, list);
        }
        if !self.can_be_held(&element) {
            return self.unreadable(list.expr.span);
        }
        let local = self.fresh();
        let at = Value::new(element.clone(), list.expr.span, ExprKind::Local(local));
        self.know_elements(&list.expr, local);
        let by = self.looked_at(call, &at);
        let Some(by) = by else {
            return Value::unknown(call.span);
        };
        let Some((ty, by)) = self.selected(call, &element, local, by, list.expr.span) else {
            return Value::unknown(call.span);
        };
        let by = by.into_iter().map(|(value, descending)| By {
            value: value.expr,
            descending,
        });
        let kind = ExprKind::Select {
            select: call.select,
            list: Box::new(list.expr),
            local,
            by: by.collect(),
        };
        Value::new(ty, call.span, kind)
    }

    /// Whether the number of arguments is right, and nothing else is said with them.
    fn takes(&mut self, call: Call<'_>) -> bool {
        let name = &call.key.text;
        let list = &call.args.list;
        let (least, most) = match call.select {
            Select::Filter | Select::Any | Select::All | Select::Index | Select::Group => (1, 1),
            Select::Sort => (0, usize::MAX),
            _ => (0, 1),
        };
        let error = if let Some(named) = list.iter().find_map(|arg| arg.name.as_ref()) {
            Diagnostic::error("E0312", named.span, format!("the argument of `{name}` has no name"))
                .help(format!("write the value alone: `{name}(…)`"))
        } else if let Some(order) = list
            .iter()
            .find_map(|arg| arg.order.as_ref())
            .filter(|_| call.select != Select::Sort)
        {
            Diagnostic::error("E0309", order.span, "an order stands in `sort` only")
        } else if list.len() < least {
            let example = match call.select {
                Select::Index | Select::Group => ".id",
                _ => ".stock > 0",
            };
            Diagnostic::error("E0312", call.args.span, format!("`{name}` needs its argument")).help(format!(
                "it is looked at for each element, which is `.` there: `{name}({example})`"
            ))
        } else if let Some(extra) = list.get(most) {
            Diagnostic::error("E0312", extra.value.span, format!("`{name}` takes 1 argument"))
        } else {
            return true;
        };
        self.sink.push(error);
        false
    }

    /// A method over `[]`: what it gives needs no look at its argument.
    fn of_nothing(&mut self, call: Call<'_>, list: Value) -> Value {
        let kind = match call.select {
            Select::Any => ExprKind::Bool(false),
            Select::All => ExprKind::Bool(true),
            Select::Sum => ExprKind::Int(0),
            Select::Min | Select::Max | Select::Avg => return Value::new(T::Null, call.span, ExprKind::Null),
            Select::Filter | Select::Sort | Select::Unique => return list,
            Select::Index | Select::Group => {
                let message = format!("`{}` of an empty list has no type", call.key.text);
                self.sink.push(Diagnostic::error("E0310", call.span, message));
                return Value::unknown(call.span);
            }
        };
        let scalar = match kind {
            ExprKind::Int(_) => Scalar::Int,
            _ => Scalar::Boolean,
        };
        Value::new(T::Scalar(scalar), call.span, kind)
    }

    /// The values of the arguments over an element; the element itself where there are none.
    fn looked_at(&mut self, call: Call<'_>, at: &Value) -> Option<Vec<(Value, bool)>> {
        if call.args.list.is_empty() {
            return Some(vec![(at.clone(), false)]);
        }
        let condition = matches!(call.select, Select::Filter | Select::Any | Select::All);
        let mut by = Vec::new();
        for arg in &call.args.list {
            let value = self.with_subject(at.clone(), |cx| match condition {
                true => cx.condition(&arg.value),
                false => cx.infer(&arg.value, None),
            });
            let descending = arg.order.as_ref().is_some_and(|order| order.text == "desc");
            by.push((value, descending));
        }
        let wrong = by.iter().any(|(value, _)| value.ty.is_unknown());
        (!wrong).then_some(by)
    }

    /// The type of the result, and what is looked at as it has to be for that.
    fn selected(
        &mut self,
        call: Call<'_>,
        element: &T,
        local: LocalId,
        mut by: Vec<(Value, bool)>,
        list: Span,
    ) -> Option<(T, Vec<(Value, bool)>)> {
        let ty = match call.select {
            Select::Any | Select::All => T::Scalar(Scalar::Boolean),
            Select::Filter => {
                let facts = self.facts(&by.first()?.0.expr, true);
                match facts.contains_key(&Place::of_local(local)) {
                    true => T::List(Box::new(element.present().clone())),
                    false => T::List(Box::new(element.clone())),
                }
            }
            Select::Sort => {
                for (value, _) in &by {
                    self.has_order(call, value, element, list)?;
                }
                T::List(Box::new(element.clone()))
            }
            Select::Min | Select::Max => {
                let value = &by.first()?.0;
                self.has_order(call, value, element, list)?;
                value.ty.present().clone().or_null(of_no_value(call))
            }
            Select::Sum => T::Scalar(self.added_up(call, &by.first()?.0, element, list)?),
            Select::Avg => {
                let number = match self.added_up(call, &by.first()?.0, element, list)? {
                    Scalar::Int => Scalar::Float,
                    other => other,
                };
                T::Scalar(number).or_null(of_no_value(call))
            }
            Select::Unique => {
                let value = &by.first()?.0;
                if !value.ty.present().is_scalar() {
                    return self.no_key(call, value, element, list, "single values");
                }
                T::List(Box::new(element.clone()))
            }
            Select::Index | Select::Group => {
                let (value, _) = by.pop()?;
                let value = self.map_key(call, value, element, list)?;
                let key = Box::new(value.ty.clone());
                by.push((value, false));
                match call.select {
                    Select::Group => T::Map(key, Box::new(T::List(Box::new(element.clone())))),
                    _ => T::Map(key, Box::new(element.clone())),
                }
            }
        };
        Some((ty, by))
    }

    /// E0308 at a value that nothing stands before or after.
    fn has_order(&mut self, call: Call<'_>, value: &Value, element: &T, list: Span) -> Option<()> {
        use Scalar as S;
        let sorts = call.select == Select::Sort;
        match value.ty.present() {
            T::Scalar(S::Boolean) if sorts => return Some(()),
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
                | S::Duration,
            ) => return Some(()),
            _ => {}
        }
        self.no_key(call, value, element, list, "numbers, text and times")
    }

    /// E0308: a value that the method cannot go by.
    fn no_key<R>(&mut self, call: Call<'_>, value: &Value, element: &T, list: Span, only: &str) -> Option<R> {
        let name = &call.key.text;
        let what = self.describe(value.ty.present());
        let span = self.argument_span(call);
        let mut error = Diagnostic::error("E0308", span, format!("`{name}` goes by {only}, this is {what}"));
        if let T::Enum(_) = value.ty.present() {
            error = error.help("give its values an order: `match (…) { FIRST => 1, … }`");
        } else if call.args.list.is_empty()
            && let Some(field) = self.some_field(element)
        {
            error = error.help(format!("say by which field: `{name}(.{field})`"));
        }
        if !call.args.list.is_empty() {
            error = error.because(list, format!("of each element, {}", self.describe(element)));
        }
        self.sink.push(error);
        None
    }

    /// Where the argument stands, or the method where there is none.
    fn argument_span(&self, call: Call<'_>) -> Span {
        call.args.list.first().map_or(call.key.span, |arg| arg.value.span)
    }

    /// A field that an example can name.
    fn some_field(&self, element: &T) -> Option<String> {
        match element.present() {
            T::Record(node) => {
                let record = &self.model.records[self.demand.record(*node).0 as usize];
                record.fields.first().map(|field| field.name.clone())
            }
            T::Computed(fields) => fields.first().map(|field| field.key.clone()),
            _ => None,
        }
    }

    /// The number that is added up.
    fn added_up(&mut self, call: Call<'_>, value: &Value, element: &T, list: Span) -> Option<Scalar> {
        if let T::Scalar(number @ (Scalar::Int | Scalar::Float | Scalar::Decimal)) = value.ty.present() {
            return Some(*number);
        }
        let name = &call.key.text;
        let span = self.argument_span(call);
        let what = self.describe(value.ty.present());
        let mut error = Diagnostic::error("E0308", span, format!("`{name}` adds up numbers, this is {what}"));
        if call.args.list.is_empty() {
            if let Some(field) = self.some_field(element) {
                error = error.help(format!("say of which field: `{name}(.{field})`"));
            }
        } else {
            error = error.because(list, format!("of each element, {}", self.describe(element)));
        }
        if fits(self, value.ty.present(), &T::Scalar(Scalar::String)) {
            let text = call
                .args
                .list
                .first()
                .map_or("it", |arg| self.sources.text(arg.value.span));
            error = error.help(format!(
                "read a number from it: `{name}({text}.decimal())`; text that is none is skipped"
            ));
        }
        self.sink.push(error);
        None
    }

    /// The key of a map that is made: text, a number, a date or an enum, and there.
    fn map_key(&mut self, call: Call<'_>, value: Value, element: &T, list: Span) -> Option<Value> {
        use Scalar as S;
        let name = call.key.text.clone();
        let value = match value.ty.present() {
            T::Scalar(S::String | S::Id | S::Int | S::Uuid | S::Date) | T::Enum(_) => value,
            T::Scalar(S::Url) if !value.ty.may_be_null() => self.coerce(value, &T::Scalar(S::String)).ok()?,
            _ => {
                return self.no_key(call, &value, element, list, "text, an `Int`, a date or an enum");
            }
        };
        if value.ty.may_be_null() {
            let text = self.sources.text(value.expr.span).to_owned();
            let mut error = Diagnostic::error(
                "E0301",
                value.expr.span,
                format!("{} may be null here", self.short(value.expr.span)),
            )
            .at(format!("the key of `{name}` needs a value"))
            .help(format!(
                "leave out what has none: `.filter({text} != null).{name}({text})`"
            ));
            if let T::Nullable(_, Some(why)) = &value.ty {
                error = error.because(why.span, why.text.clone());
            }
            self.sink.push(error);
            return None;
        }
        if call.select == Select::Index && matches!(value.ty, T::Enum(_) | T::Scalar(S::Date)) {
            let what = self.describe(&value.ty);
            self.sink.push(
                Diagnostic::warning(
                    "W0308",
                    value.expr.span,
                    format!("several elements can have the same {what}: `index` keeps the last of them"),
                )
                .help(format!(
                    "keep all of them: `group({})`",
                    self.sources.text(value.expr.span)
                )),
            );
        }
        Some(value)
    }

    /// Notes what is known of each element of a list: fields that a `filter` has shown to be there.
    pub(in crate::check) fn know_elements(&mut self, list: &Expr, local: LocalId) {
        for fields in self.known_fields(list) {
            self.env.facts.insert(Place::of_local(local).with(&fields), Vec::new());
        }
    }

    /// The fields (of fields, …) that every element of the list has.
    fn known_fields(&self, list: &Expr) -> Vec<Vec<u32>> {
        match &list.kind {
            ExprKind::Select {
                select: Select::Filter,
                list,
                local,
                by,
            } => {
                let mut known = self.known_fields(list);
                if let Some(by) = by.first() {
                    let facts = self.facts(&by.value, true);
                    known.extend(facts.into_keys().filter_map(|place| place.below(*local)));
                }
                known
            }
            ExprKind::Select {
                select: Select::Sort | Select::Unique,
                list,
                ..
            } => self.known_fields(list),
            ExprKind::Method {
                method: Method::Take | Method::Skip | Method::First | Method::Last,
                base,
                ..
            } => self.known_fields(base),
            ExprKind::ListIndex { list, .. } => self.known_fields(list),
            ExprKind::Name(NameRef::Let(at)) => match self.lets.get(*at as usize) {
                Some(made) => self.known_fields(&made.value),
                None => Vec::new(),
            },
            ExprKind::Known { value: inner, .. } | ExprKind::Convert(inner) => self.known_fields(inner),
            _ => Vec::new(),
        }
    }
}

fn of_no_value(call: Call<'_>) -> Option<Rc<Why>> {
    Some(Rc::new(Why {
        span: call.span,
        text: format!("`{}` of no value is null", call.key.text),
    }))
}
