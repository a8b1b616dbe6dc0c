//! The rows of a route's tables and the functions that they run: guards, calls with their arms, replies.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::function::Function;
use super::invoke::is_plain;
use super::names::{camel, ident, snake};
use super::param::absent;
use super::route::Writer;
use super::service::duration_setting;
use super::shape::Shape;
use super::text::Item;
use crate::ir::expr::{Expr, NameRef, Record, Ty};
use crate::ir::service::{Call, CallArm, Guard, How, OnKind, Refuse, Reply, Request};
use crate::source::Span;

impl<'s> Writer<'s, '_> {
    pub(crate) fn guard(&mut self, number: usize, guard: &'s Guard) -> TokenStream {
        let wanted = match guard.refuse {
            Refuse::Check(_) => format!("check_{}", number + 1),
            Refuse::Allow(_) => format!("allow_{}", number + 1),
        };
        let test = self.test(&wanted, &guard.condition, guard.span);
        let at = self.world.at(guard.span);
        let refuse = match &guard.refuse {
            Refuse::Check(message) => quote!(Refuse::Check(#message)),
            Refuse::Allow(status) => {
                let status = Literal::u16_unsuffixed(*status);
                quote!(Refuse::Status(#status))
            }
        };
        quote!(Guard { at: #at, test: #test, refuse: #refuse })
    }

    pub(crate) fn call(&mut self, call: &'s Call) -> TokenStream {
        let var = ident(&self.var_name(NameRef::Call(self.index_of(call))));
        let variable = self.names.calls[self.index_of(call) as usize].clone();
        let (name, at) = (&call.name, self.world.at(call.span));
        let (mut row, narrows) = match &call.how {
            How::One if is_plain(&call.request) => {
                let op = self.world.op_row(call.request.op);
                let wanted = format!("call_{variable}");
                let (send, narrows) = self.send_if(&wanted, &call.request, call.span, call.when.as_ref());
                let timeout = call.request.timeout.as_ref().map(|timeout| {
                    let timeout = duration_setting(self.world, timeout);
                    quote!(.timeout(#timeout))
                });
                (quote!(Call::new(#var, #name, #at, &#op, #send) #timeout), narrows)
            }
            _ => {
                let invoke = self.invoke(&variable, &format!("call_{variable}"), &call.request, call.span);
                (quote!(Call::asking(#var, #name, #at, #invoke)), false)
            }
        };
        row.extend(self.how(&variable, call));
        if let Some(when) = call.when.as_ref().filter(|_| !narrows) {
            let test = self.test(&format!("when_{variable}"), when, when.span);
            row.extend(quote!(.when(#test)));
        }
        if let Some(undo) = &call.undo {
            let undo = self.undo(&variable, undo, call.span);
            row.extend(quote!(.undo(#undo)));
        }
        if !call.on.is_empty() {
            let rows = self.on_rows(&variable, call);
            row.extend(quote!(.on(&#rows)));
        }
        if !call.or.is_empty() {
            let arms: Vec<_> = call
                .or
                .iter()
                .enumerate()
                .map(|(at, arm)| self.arm(&format!("{variable}_else_{}", at + 1), arm))
                .collect();
            let rows = ident(
                &self
                    .vars
                    .add(&format!("{}_OR", variable.trim_end_matches('_').to_ascii_uppercase())),
            );
            let count = Literal::usize_unsuffixed(arms.len());
            self.items
                .push(Item::tokens(quote!(static #rows: [Arm; #count] = [#(#arms),*];)));
            row.extend(quote!(.or(&#rows)));
        }
        row
    }

    fn index_of(&self, call: &Call) -> u32 {
        self.route
            .calls
            .iter()
            .position(|other| std::ptr::eq(other, call))
            .unwrap_or_default() as u32
    }

    fn on_rows(&mut self, variable: &str, call: &'s Call) -> proc_macro2::Ident {
        let mut rows = Vec::new();
        for (at, (kinds, arm)) in call.on.iter().enumerate() {
            let kinds = kinds.iter().map(on_kind);
            let arm = self.arm(&format!("{variable}_on_{}", at + 1), arm);
            rows.push(quote!((&[#(#kinds),*], #arm)));
        }
        let name = ident(
            &self
                .vars
                .add(&format!("{}_ON", variable.trim_end_matches('_').to_ascii_uppercase())),
        );
        let count = Literal::usize_unsuffixed(rows.len());
        self.items.push(Item::tokens(
            quote!(static #name: [(&[On], Arm); #count] = [#(#rows),*];),
        ));
        name
    }

    fn arm(&mut self, wanted: &str, arm: &'s CallArm) -> TokenStream {
        match arm {
            CallArm::Null => quote!(Arm::Null),
            CallArm::Json(json, _) => quote!(Arm::Json(#json)),
            CallArm::Compute(value) => {
                let body = self.body_over(wanted, value.span, true, |function| function.write_item(value));
                quote!(Arm::Compute(#body))
            }
            CallArm::Call(request, span) => {
                let invoke = self.invoke(wanted, wanted, request, *span);
                quote!(Arm::Call(#invoke))
            }
            CallArm::Fail {
                status,
                code,
                body,
                span,
            } => {
                let status = Literal::u16_unsuffixed(*status);
                let code = if code.is_empty() {
                    quote!(None)
                } else {
                    quote!(Some(#code))
                };
                let body = match body {
                    Some(record) => {
                        let body = self.record_over(wanted, *span, record);
                        quote!(Some(#body))
                    }
                    None => quote!(None),
                };
                quote!(Arm::Fail(Fail { status: #status, code: #code, body: #body }))
            }
        }
    }

    fn record_over(&mut self, wanted: &str, span: Span, record: &'s Record) -> TokenStream {
        self.body_over(wanted, span, false, |function| function.write_record(record))
    }

    pub(crate) fn reply(&mut self, number: usize, reply: &'s Reply) -> TokenStream {
        self.behind_guards = true;
        let suffix = if number == 0 {
            String::new()
        } else {
            format!("_{}", number + 1)
        };
        let (at, status) = (self.world.at(reply.span), Literal::u16_unsuffixed(reply.status));
        let when = match &reply.when {
            Some(when) => {
                let test = self.test(&format!("when_respond{suffix}"), when, when.span);
                quote!(Some(#test))
            }
            None => quote!(None),
        };
        let headers = self.reply_headers(&format!("headers{suffix}"), reply);
        let body = match &reply.body {
            Some(body) => {
                let body = self.body_over(&format!("respond{suffix}"), reply.span, false, |function| {
                    function.write_item(body)
                });
                quote!(Some(#body))
            }
            None => quote!(None),
        };
        quote!(Reply { at: #at, status: #status, when: #when, headers: #headers, body: #body })
    }

    fn reply_headers(&mut self, wanted: &str, reply: &'s Reply) -> TokenStream {
        if reply.headers.is_empty() {
            return quote!(None);
        }
        let mut function = self.function();
        let set: TokenStream = reply
            .headers
            .iter()
            .map(|(name, value)| function.set_header(&name.to_ascii_lowercase(), value))
            .collect();
        let row = RowFunction::finish(function, quote!(h: &mut HeaderOut<'_>), set, quote!(()));
        let gate = self.add(wanted, "headers", row, reply.span);
        quote!(Some(#gate))
    }

    /// A `body!` row; `wire`: written for our own decoder.
    pub(crate) fn body_over(
        &mut self,
        wanted: &str,
        span: Span,
        wire: bool,
        write: impl FnOnce(&mut Function<'s, '_>) -> TokenStream,
    ) -> TokenStream {
        let mut function = self.function();
        if wire {
            function = function.for_the_wire();
        }
        let body = write(&mut function);
        let row = RowFunction::finish(function, quote!(o: &mut Out), body, quote!(()));
        self.add(wanted, "body", row, span)
    }

    /// A `when!` row.
    pub(crate) fn test(&mut self, wanted: &str, condition: &'s Expr, span: Span) -> TokenStream {
        let mut function = self.function();
        let value = function.value(condition);
        let row = RowFunction::finish(function, TokenStream::new(), value, quote!(bool));
        self.add(wanted, "when", row, span)
    }

    /// A `send!` row: the arguments of a call.
    pub(crate) fn send(&mut self, wanted: &str, request: &'s Request, span: Span) -> TokenStream {
        self.send_if(wanted, request, span, None).0
    }

    /// The same under a `when`: where that only says that an argument is there, the function itself sends nothing otherwise, and
    /// the row needs no test (the second result).
    fn send_if(
        &mut self,
        wanted: &str,
        request: &'s Request,
        span: Span,
        when: Option<&'s Expr>,
    ) -> (TokenStream, bool) {
        let mut function = self.function();
        let mut sent = Sent::default();
        let condition = match when {
            Some(when) => {
                function
                    .narrowing(when, |function| self.arguments(function, request, &mut sent))
                    .0
            }
            None => {
                self.arguments(&mut function, request, &mut sent);
                None
            }
        };
        let narrows = condition.is_some();
        sent.required.splice(0..0, condition);
        let op = self.world.op_function(request.op);
        let args = &sent.args;
        let key = request.idempotent.as_ref();
        let key = key.map(|(header, key)| function.request_entry("idempotent", header, key));
        let made = &self.world.ops[request.op.0 as usize];
        let client = made.reads_request.then(|| function.request());
        let client = client.map(|client| quote!(, #client));
        let mut call = quote!(#op(q #client #(, #args)*));
        if made.fallible {
            call = function.ask(&call);
        }
        let _ = function.prologue(true);
        let required = |(name, value): &(proc_macro2::Ident, TokenStream)| match function.fallible {
            true => quote!(let Some(#name) = #value else { return Ok(None) };),
            false => {
                let value = super::expr::tight(value.clone());
                quote!(let #name = #value?;)
            }
        };
        let mut before: TokenStream = sent.required.iter().map(required).collect();
        before.extend(sent.lists);
        let end = if sent.required.is_empty() {
            quote!(())
        } else {
            quote!(Option<()>)
        };
        let row = RowFunction::finish(function, quote!(q: &mut Request), quote!(#before #call; #key), end);
        (self.add(wanted, "send", row, span), narrows)
    }

    fn arguments(&self, function: &mut Function<'s, '_>, request: &'s Request, sent: &mut Sent) {
        let declared = &self.world.service.ops[request.op.0 as usize].params;
        let params = self.world.service.requests[request.op.0 as usize].as_ref();
        for (at, param) in params.iter().flat_map(|request| &request.params).enumerate() {
            let Some(arg) = request.args.get(at).and_then(Option::as_ref) else {
                sent.args.push(absent(param));
                continue;
            };
            let name = ident(&format!("{}_arg", snake(&declared[at].name).trim_end_matches('_')));
            if let (Ty::Maybe(_), Some((value, Shape::Plain(inner)))) = (param, function.three_states(arg))
                && !matches!(inner, Ty::List(_))
                && !request.required_args.contains(&at)
            {
                sent.args.push(value);
                continue;
            }
            let states = matches!(param, Ty::Maybe(_))
                .then(|| function.converted_states(arg))
                .flatten();
            let (mut shape, mut value) = (function.shape(arg), TokenStream::new());
            if function.is_written_again(&shape, param) || shape.is_nested() {
                (shape, value) = (Shape::Plain(param.clone()), function.written_again(arg, param));
            } else if function.is_empty_list(arg) {
                sent.args.push(if param.is_nullable() {
                    quote!(Some(&[]))
                } else {
                    quote!(&[])
                });
                continue;
            } else if super::list::is_streamed(arg) && !param.is_nullable() {
                // A list that is computed for the call is made before it, where it can be read.
                let pushed = function.for_each(arg, &mut |_, value| quote!(#name.push(#value);));
                sent.lists.extend(quote!(let mut #name = Vec::new(); #pushed));
                value.extend(quote!(#name));
            } else {
                value = function.value(arg);
            }
            if request.required_args.contains(&at) && shape.is_nullable() {
                sent.required.push((name.clone(), value));
                (value, shape) = (quote!(#name), shape.inner());
            }
            let value = function.argument(value, &shape, param);
            sent.args.push(match states {
                Some(states) => quote!(#value.absent_with(#states)),
                None => value,
            });
        }
    }

    /// Adds a row's function; gives the macro call that gates it.
    pub(crate) fn add(&mut self, wanted: &str, gate: &str, row: RowFunction, span: Span) -> TokenStream {
        let name = ident(&self.functions.add(wanted));
        let gate = ident(gate);
        let vars: Vec<_> = row.params.iter().map(|param| ident(&self.var_name(*param))).collect();
        let frame = if row.frame { quote!(; frame) } else { TokenStream::new() };
        let params = self.params(&row, &quote!('_));
        let (sink, body, result) = (&row.sink, &row.body, &row.result);
        let comma = if sink.is_empty() || params.is_empty() {
            TokenStream::new()
        } else {
            quote!(,)
        };
        let result = if result.is_empty() {
            TokenStream::new()
        } else {
            quote!(-> #result)
        };
        let written = quote!(fn #name(#sink #comma #(#params),*) #result { #body });
        self.items
            .push(Item::tokens(written).from(self.world.origin(span, self.world.quote(span))));
        let written = quote!(#gate!(#name; #(#vars),* #frame));
        if row.after.is_empty() || self.behind_guards {
            return written;
        }
        let after = row.after.iter().map(|name| ident(&self.var_name(*name)));
        quote!(Gated::after(needs(&[#(#after.slot()),*]), #written))
    }

    pub(crate) fn params(&self, row: &RowFunction, life: &TokenStream) -> Vec<TokenStream> {
        let mut params = Vec::new();
        if row.frame {
            params.push(quote!(frame: &Frame));
        }
        for param in &row.params {
            let variable = self.names.variable(*param);
            let ty = self.param_type(*param, life);
            params.push(quote!(#variable: #ty));
        }
        params
    }

    pub(crate) fn param_type(&self, name: NameRef, life: &TokenStream) -> TokenStream {
        if let NameRef::Call(at) = name {
            return self.call_type(&self.route.calls[at as usize], life, true);
        }
        let ty = match name {
            NameRef::Input(kind) => match self.route.inputs.iter().find(|input| input.kind == kind) {
                Some(input) => &input.ty,
                None => &Ty::Null,
            },
            NameRef::Turn(at) => &self.route.turns[at as usize].ty,
            NameRef::Call(_) | NameRef::Let(_) => &Ty::Null,
        };
        self.world.value_type(ty, life)
    }

    /// The type of a call's name, as it is read from its document or as a value. An answer that is not read may be anything.
    pub(crate) fn call_type(&self, call: &Call, life: &TokenStream, value: bool) -> TokenStream {
        let read = self.world.service.ops[call.request.op.0 as usize].result.is_some();
        match (&call.ty, value) {
            _ if !read => quote!(Option<()>),
            (ty, true) => self.world.value_type(ty, life),
            (ty, false) => self.world.read_type(ty, false, life),
        }
    }
}

/// The arguments of a call as they are written.
#[derive(Default)]
struct Sent {
    args: Vec<TokenStream>,
    /// Values without which nothing is sent, and what they are called.
    required: Vec<(proc_macro2::Ident, TokenStream)>,
    /// Makes lists before the call.
    lists: TokenStream,
}

/// A row's function, written; its name and place are still to come.
pub(crate) struct RowFunction {
    sink: TokenStream,
    params: Vec<NameRef>,
    /// Calls that it waits for and does not read.
    after: Vec<NameRef>,
    frame: bool,
    body: TokenStream,
    result: TokenStream,
}

impl RowFunction {
    /// Puts the prologue before the body and the right end behind it. `result`: `()`, `bool` or `Option<()>`.
    pub(crate) fn finish(
        mut function: Function<'_, '_>,
        sink: TokenStream,
        body: TokenStream,
        result: TokenStream,
    ) -> Self {
        let prologue = function.prologue(true);
        let fallible = function.fallible;
        let (end, result) = match (result.to_string().as_str(), fallible) {
            ("()", false) => (body, TokenStream::new()),
            ("()", true) => (quote!(#body Ok(())), quote!(Eval)),
            ("bool", false) => (body, quote!(bool)),
            ("bool", true) => (quote!(Ok(#body)), quote!(Eval<bool>)),
            (_, false) => (quote!(#body Some(())), quote!(Option<()>)),
            (_, true) => (quote!(#body Ok(Some(()))), quote!(Eval<Option<()>>)),
        };
        RowFunction {
            sink,
            params: function.params(),
            after: function.after(),
            frame: function.frame,
            body: quote!(#prologue #end),
            result,
        }
    }
}

impl<'s> Function<'s, '_> {
    /// The same for a constant.
    pub(crate) fn constant_argument(&mut self, value: &'s Expr, param: &Ty) -> TokenStream {
        if self.is_empty_list(value) {
            return if param.is_nullable() {
                quote!(Some(&[]))
            } else {
                quote!(&[])
            };
        }
        let (shape, value) = (self.shape(value), self.value(value));
        self.argument(value, &shape, param)
    }
}

fn on_kind(kind: &OnKind) -> TokenStream {
    match kind {
        OnKind::Status(status) => {
            let status = Literal::u16_unsuffixed(*status);
            quote!(On::Status(#status))
        }
        OnKind::Class(digit) => {
            let digit = Literal::u8_unsuffixed(*digit);
            quote!(On::Class(#digit))
        }
        OnKind::Kind(name) => {
            let name = ident(&camel(name));
            quote!(On::#name)
        }
    }
}
