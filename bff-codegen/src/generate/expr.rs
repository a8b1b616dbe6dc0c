//! Expressions as Rust expressions. Nullable values are `Option`s; what can fault is asked with `?`, so lifts are `match`es where it does.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use quote::quote;

use super::function::{Around, Audience, Function};
use super::literal::{decimal, float, int, text_literal};
use super::names::ident;
use super::shape::Shape;
use crate::ir::expr::{
    ArithmeticOp, CompareOp, ErrorField, Expr, ExprKind, Input, LocalId, NameRef, Record, RequestField, Ty,
};
use crate::model::types::{EnumId, Scalar};

impl<'s> Function<'s, '_> {
    /// The value of an expression, held as its shape says.
    pub(crate) fn value(&mut self, expr: &'s Expr) -> TokenStream {
        match &expr.kind {
            ExprKind::Null => quote!(None),
            ExprKind::Bool(value) => quote!(#value),
            ExprKind::Int(value) => int(*value),
            ExprKind::Decimal(digits) => decimal(digits),
            ExprKind::Float(digits) => float(digits),
            ExprKind::Text(text) => text_literal(text, &expr.ty),
            ExprKind::Duration(millis) => {
                let millis = Literal::u64_unsuffixed(*millis);
                quote!(Span::from_millis(#millis))
            }
            ExprKind::EnumValue(id, value) => self.enum_value(*id, *value),
            ExprKind::Name(name) => self.name(*name, expr),
            ExprKind::Local(local) => self.local(*local),
            ExprKind::AtLeast(version) => self.at_least(*version),
            ExprKind::Wants(number) => self.wants(*number),
            ExprKind::Version(form) => self.version(*form, expr.ty.is_nullable()),
            ExprKind::Request(field) => self.request_field(*field),
            ExprKind::RawInput(input, name) => self.raw_input(*input, name),
            ExprKind::Error(field) => self.error_field(*field),
            ExprKind::Partial => {
                self.frame = true;
                quote!(frame.degraded().map(Str::from).collect::<Vec<_>>())
            }
            ExprKind::Field { base, field } => self.field(base, *field),
            ExprKind::Lift { base, local, body } => self.lift(base, *local, body),
            ExprKind::Bind { base, local, body } => self.bind(base, *local, |this| this.value(body)),
            ExprKind::Known { value, after } => {
                self.wait_for(after);
                self.known(value, expr)
            }
            ExprKind::Coalesce { left, right } => self.coalesce(left, right),
            ExprKind::Ternary { condition, then, other } => {
                let shape = self.shape(expr);
                let (condition, then) = self.narrowed(condition, |this| this.value_as(then, &shape));
                let other = self.value_as(other, &shape);
                quote!(if #condition { #then } else { #other })
            }
            ExprKind::Match { value, arms } => {
                let shape = self.shape(expr);
                self.choose(value, arms, &mut |this, arm| this.value_as(arm, &shape))
            }
            ExprKind::Not(inner) => {
                if let ExprKind::IsNull(place) = &inner.kind {
                    return self.is_there(place);
                }
                let inner = self.tight(inner);
                quote!(!#inner)
            }
            ExprKind::And(a, b) => self.infix(a, quote!(&&), b),
            ExprKind::Or(a, b) => self.infix(a, quote!(||), b),
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right),
            ExprKind::IsNull(inner) => self.is_null(inner),
            ExprKind::In { value, list } => self.contains(value, list),
            ExprKind::Negate(inner) => {
                let (inner, at) = (self.value(inner), self.at(expr.span));
                self.ask(&quote!(ops::neg(#inner, #at)))
            }
            ExprKind::Arithmetic { op, left, right } => self.arithmetic(*op, left, right, expr),
            ExprKind::Template(pieces) => self.template_value(pieces, expr),
            ExprKind::Format {
                value,
                pieces,
                locale,
                zone,
            } => self.formatted(value, pieces, locale, zone.as_deref()),
            ExprKind::Money {
                amount,
                currency,
                locale,
            } => self.money(amount, currency, locale),
            ExprKind::Method { method, base, args } => self.method(*method, base, args, expr),
            ExprKind::ListIndex { list, index } => self.list_index(list, index),
            ExprKind::MapIndex { map, key } => self.map_index(map, key),
            ExprKind::Each { .. } => self.collect(expr),
            ExprKind::EachValue { map, local, body } => self.each_value(map, *local, body),
            ExprKind::Select {
                select,
                list,
                local,
                by,
            } => self.select(*select, list, *local, by, expr),
            ExprKind::List(elements) if elements.is_empty() => quote!(List::EMPTY),
            ExprKind::List(elements) => {
                let element = self.shape(expr).element();
                let elements: Vec<_> = elements.iter().map(|part| self.value_as(part, &element)).collect();
                quote!(vec![#(#elements),*])
            }
            ExprKind::Extern { function, args } => self.extern_call(*function, args, expr),
            ExprKind::Record(record) => self.tuple(record),
            ExprKind::Convert(inner) => self.convert(inner, expr),
            ExprKind::Fail { status, code, body } => {
                let fault = self.fail(*status, code, body.as_ref(), expr);
                self.fallible = true;
                quote!(return Err(#fault))
            }
        }
    }

    /// The value, made to be held as `shape` says.
    pub(crate) fn value_as(&mut self, expr: &'s Expr, shape: &Shape) -> TokenStream {
        let from = self.shape(expr);
        let value = self.value(expr);
        self.fit(value, &from, shape)
    }

    /// A value of shape `from` held as `to`: wrapped where it may be null there, collected where it is a `Vec` there.
    pub(crate) fn fit(&mut self, value: TokenStream, from: &Shape, to: &Shape) -> TokenStream {
        match (from, to) {
            (Shape::Plain(Ty::Never | Ty::Null), _) => value,
            (from, to) if from == to => value,
            (from, to) if !from.is_nullable() && to.is_nullable() => {
                let inner = self.fit(value, from, &to.clone().inner());
                quote!(Some(#inner))
            }
            (from, to) if from.is_nullable() && to.is_nullable() => {
                let changed = self.fit(quote!(it), &from.clone().inner(), &to.clone().inner());
                if changed.to_string() == "it" {
                    value
                } else {
                    let value = tight(value);
                    quote!(#value.map(|it| #changed))
                }
            }
            (Shape::Plain(Ty::List(_)), Shape::Vec(_)) => {
                let value = tight(value);
                quote!(#value.into_iter().collect::<Vec<_>>())
            }
            _ => value,
        }
    }

    /// The value, in parentheses unless it holds together by itself.
    pub(crate) fn tight(&mut self, expr: &'s Expr) -> TokenStream {
        tight(self.value(expr))
    }

    fn infix(&mut self, a: &'s Expr, sign: TokenStream, b: &'s Expr) -> TokenStream {
        let (a, b) = (self.operand(a), self.operand(b));
        quote!(#a #sign #b)
    }

    /// An operand of `&&`, `||`, `==` and the like, in parentheses if it is one of these itself.
    fn operand(&mut self, expr: &'s Expr) -> TokenStream {
        match &expr.kind {
            ExprKind::Not(_) => self.value(expr),
            _ => self.tight(expr),
        }
    }

    pub(crate) fn enum_value(&self, id: EnumId, value: u32) -> TokenStream {
        let names = &self.world.enums[id.0 as usize];
        let (name, value) = (ident(&names.name), ident(&names.values[value as usize]));
        quote!(#name::#value)
    }

    fn name(&mut self, name: NameRef, expr: &'s Expr) -> TokenStream {
        let variable = self.read(name);
        if self.shape(expr).is_owned() {
            quote!(#variable.clone())
        } else if self.is_once(name) {
            quote!(*#variable)
        } else {
            variable
        }
    }

    /// A local; one that holds a `Vec` is cloned, since it may be read again.
    pub(crate) fn local(&mut self, local: LocalId) -> TokenStream {
        let written = self.locals.get(&local).cloned().unwrap_or_else(|| quote!(it));
        match self.shapes.locals.get(&local) {
            Some(Shape::Plain(Ty::Maybe(_))) => quote!(#written.value()),
            Some(shape) if shape.is_owned() => quote!(#written.clone()),
            _ => written,
        }
    }

    fn request_field(&mut self, field: RequestField) -> TokenStream {
        if let RequestField::IdempotencyKey | RequestField::RequiredKey = field {
            self.frame = true;
            return match field {
                RequestField::RequiredKey => quote!(Str::from(frame.required_key())),
                _ => quote!(frame.idempotency_key().map(Str::from)),
            };
        }
        let request = self.request();
        match field {
            RequestField::Ip => {
                let scratch = self.scratch();
                quote!(#scratch.keep(#request.ip()))
            }
            RequestField::Id if self.around == Around::Error => quote!(Str::from(error.request_id())),
            RequestField::Id => quote!(Str::from(#request.id())),
            RequestField::Locale if !self.world.service.client.locales.is_empty() => {
                quote!(Str::from(#request.locale_of(LOCALES)))
            }
            RequestField::Locale => quote!(Str::from(#request.locale())),
            RequestField::Now => quote!(#request.now()),
            RequestField::Method => quote!(Str::from(#request.method())),
            RequestField::Path | RequestField::IdempotencyKey | RequestField::RequiredKey => {
                quote!(Str::from(#request.path()))
            }
        }
    }

    fn raw_input(&mut self, input: Input, name: &str) -> TokenStream {
        let request = self.request();
        match input {
            Input::Header => quote!(#request.header(#name).map(Str::from)),
            Input::Cookie => quote!(#request.cookie(#name).map(Str::from)),
            _ => {
                let scratch = self.scratch();
                quote!(#request.query(#name).map(|text| #scratch.keep(text)))
            }
        }
    }

    fn error_field(&mut self, field: ErrorField) -> TokenStream {
        let error = self.error();
        match field {
            ErrorField::Status => quote!(#error.status()),
            ErrorField::Code => quote!(Str::from(#error.code())),
            ErrorField::Message => quote!(Str::from(#error.message())),
            ErrorField::RequestId => quote!(Str::from(#error.request_id())),
            ErrorField::Call => quote!(#error.call().map(Str::from)),
            ErrorField::Field => quote!(#error.field().map(Str::from)),
            ErrorField::Errors => {
                let scratch = self.scratch();
                self.ask(&quote!(#error.errors_json(#scratch)))
            }
            // Operations declare no error types yet, so none of them can be read.
            ErrorField::Body => quote!(None::<RawJson<'_>>),
        }
    }

    fn field(&mut self, base: &'s Expr, field: u32) -> TokenStream {
        match (&base.ty, self.shape(base)) {
            (_, Shape::Tuple(_)) => {
                let place = self.member(base, field);
                match self.shape(base) {
                    Shape::Tuple(members) if members[field as usize].shape.is_owned() => quote!(#place.clone()),
                    _ => place,
                }
            }
            (Ty::View(view), _) => {
                let name = ident(&self.world.views[view.0 as usize].fields[field as usize]);
                let base = self.tight(base);
                match self.world.service.views[view.0 as usize].fields[field as usize].ty {
                    Ty::Maybe(_) => quote!(#base.#name().value()),
                    _ => quote!(#base.#name()),
                }
            }
            _ => self.value(base),
        }
    }

    /// A value to read a member of: not cloned where it has a variable.
    pub(crate) fn place(&mut self, expr: &'s Expr) -> TokenStream {
        match &expr.kind {
            ExprKind::Name(name) => self.read(*name),
            ExprKind::Local(local) => self.locals.get(local).cloned().unwrap_or_else(|| quote!(it)),
            ExprKind::Field { base, field } if matches!(self.shape(base), Shape::Tuple(_)) => self.member(base, *field),
            _ => self.tight(expr),
        }
    }

    fn member(&mut self, base: &'s Expr, field: u32) -> TokenStream {
        let place = self.place(base);
        let at = Literal::u32_unsuffixed(field);
        quote!(#place.#at)
    }

    fn compare(&mut self, op: CompareOp, left: &'s Expr, right: &'s Expr) -> TokenStream {
        let nullable = self.shape(left).is_nullable() || self.shape(right).is_nullable();
        let mut side = |expr: &'s Expr| {
            let shape = self.shape(expr);
            let value = self.operand(expr);
            if nullable && !shape.is_nullable() {
                quote!(Some(#value))
            } else {
                value
            }
        };
        let (left, right) = (side(left), side(right));
        let sign = match op {
            CompareOp::Eq => quote!(==),
            CompareOp::Ne => quote!(!=),
            CompareOp::Lt => quote!(<),
            CompareOp::Le => quote!(<=),
            CompareOp::Gt => quote!(>),
            CompareOp::Ge => quote!(>=),
        };
        quote!(#left #sign #right)
    }

    fn is_there(&mut self, inner: &'s Expr) -> TokenStream {
        if !self.shape(inner).is_nullable() {
            return quote!(true);
        }
        let inner = self.tight(inner);
        quote!(#inner.is_some())
    }

    fn is_null(&mut self, inner: &'s Expr) -> TokenStream {
        if !self.shape(inner).is_nullable() {
            return quote!(false);
        }
        let inner = self.tight(inner);
        quote!(#inner.is_none())
    }

    fn arithmetic(&mut self, op: ArithmeticOp, left: &'s Expr, right: &'s Expr, expr: &'s Expr) -> TokenStream {
        let (left, right, at) = (self.value(left), self.value(right), self.at(expr.span));
        let kernel = ident(match op {
            ArithmeticOp::Add => "add",
            ArithmeticOp::Sub => "sub",
            ArithmeticOp::Mul => "mul",
            ArithmeticOp::Div => "div",
        });
        self.ask(&quote!(ops::#kernel(#left, #right, #at)))
    }

    /// A key as it stands in a document: text.
    pub(crate) fn map_key(&mut self, key: &'s Expr) -> TokenStream {
        let value = self.value(key);
        match &key.ty {
            Ty::Enum(_) => quote!(Str::from(#value)),
            Ty::Scalar(Scalar::Int | Scalar::Date) => {
                let (scratch, at) = (self.scratch(), self.at(key.span));
                self.ask(&quote!(#scratch.text(t![#value], #at)))
            }
            _ => value,
        }
    }

    fn template_value(&mut self, pieces: &'s [Expr], expr: &'s Expr) -> TokenStream {
        let pieces = self.template(pieces);
        let (scratch, at) = (self.scratch(), self.at(expr.span));
        self.ask(&quote!(#scratch.text(#pieces, #at)))
    }

    /// `t![..]`: where it is written chooses how its values are escaped.
    pub(crate) fn template(&mut self, pieces: &'s [Expr]) -> TokenStream {
        let pieces: Vec<_> = pieces
            .iter()
            .map(|piece| match &piece.kind {
                ExprKind::Text(text) => quote!(#text),
                _ => self.value(piece),
            })
            .collect();
        quote!(t![#(#pieces),*])
    }

    fn list_index(&mut self, list: &'s Expr, index: &'s Expr) -> TokenStream {
        let shape = self.shape(list);
        let nested = shape.clone().element().is_nullable();
        let (place, index) = (self.place(list), self.value(index));
        let found = match shape {
            Shape::Vec(_) => quote!(list::at(&#place, #index)),
            _ => quote!(#place.at(#index)),
        };
        flatten(found, nested)
    }

    fn tuple(&mut self, record: &'s Record) -> TokenStream {
        let mut members = Vec::new();
        for entry in &record.entries {
            members.push(self.with_bindings(&entry.bind, &mut |this| {
                let shape = this.shape(&entry.value);
                let Some(when) = &entry.when else {
                    return match &shape {
                        Shape::Plain(Ty::Null) => quote!(None::<()>),
                        Shape::Plain(Ty::List(element)) if **element == Ty::Never => quote!(List::<'_, ()>::EMPTY),
                        _ => this.value(&entry.value),
                    };
                };
                let when = this.value(when);
                let value = this.value_as(&entry.value, &shape.nullable());
                quote!(if #when { #value } else { None })
            }));
        }
        quote!((#(#members,)*))
    }

    /// Something with the sources of spreads bound.
    pub(crate) fn with_bindings(
        &mut self,
        bind: &'s [(LocalId, Expr)],
        then: &mut dyn FnMut(&mut Self) -> TokenStream,
    ) -> TokenStream {
        match bind.split_first() {
            None => then(self),
            Some(((local, source), rest)) => self.bind(source, *local, |this| this.with_bindings(rest, then)),
        }
    }

    /// `Fault::fail(..)` with its members.
    fn fail(&mut self, status: u16, code: &str, body: Option<&'s Record>, expr: &'s Expr) -> TokenStream {
        let status = Literal::u16_unsuffixed(status);
        let code = if code.is_empty() { quote!(None) } else { quote!(#code) };
        let at = self.at(expr.span);
        let Some(body) = body else {
            return quote!(Fault::fail(#status, #code, #at));
        };
        let audience = std::mem::replace(&mut self.audience, Audience::Client);
        let members = self.write_record(body);
        self.audience = audience;
        let out = out(&members);
        quote!(Fault::fail(#status, #code, #at).with(#out))
    }
}

/// Whether these are one name.
pub(crate) fn is_name(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    matches!((tokens.next(), tokens.next()), (Some(TokenTree::Ident(_)), None))
}

/// What stands in braces, if it all does.
pub(crate) fn unbraced(tokens: TokenStream) -> TokenStream {
    let mut all = tokens.clone().into_iter();
    match (all.next(), all.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Brace => group.stream(),
        _ => tokens,
    }
}

/// The name, or `_` where nothing in `body` reads it.
pub(crate) fn used(name: &proc_macro2::Ident, body: &TokenStream) -> TokenStream {
    if mentions(body, name) { quote!(#name) } else { quote!(_) }
}

fn mentions(tokens: &TokenStream, name: &proc_macro2::Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

/// What is written into an `Out` of its own.
pub(crate) fn out(written: &TokenStream) -> TokenStream {
    quote!({
        let mut out = Out::new();
        let o = &mut out;
        #written
        out
    })
}

/// `x`, or `x.flatten()` where null in null would be.
pub(crate) fn flatten(value: TokenStream, nested: bool) -> TokenStream {
    if nested { quote!(#value.flatten()) } else { value }
}

/// In parentheses unless it is a name, a literal, a call, or a chain of these.
pub(crate) fn tight(value: TokenStream) -> TokenStream {
    let mut loose = false;
    let mut first = true;
    for token in value.clone() {
        match token {
            TokenTree::Punct(punct) => loose |= !matches!(punct.as_char(), '.' | ':' | '?' | '!') || first,
            TokenTree::Ident(word) => {
                loose |= ["as", "if", "match", "return", "let"]
                    .iter()
                    .any(|keyword| word == keyword);
            }
            TokenTree::Group(group) => loose |= first && group.delimiter() == Delimiter::Brace,
            TokenTree::Literal(_) => {}
        }
        first = false;
    }
    if loose { quote!((#value)) } else { value }
}
