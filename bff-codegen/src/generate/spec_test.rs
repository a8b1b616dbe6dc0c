//! The tests of a `.bff` file: a row and a `#[test]` for each, in a file of their own.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::function::{Around, Function};
use super::names::{Taken, camel, ident, snake};
use super::param::{param_shape, param_type};
use super::text::Item;
use super::world::World;
use crate::ir::expr::LocalId;
use crate::ir::service::OpRequest;
use crate::ir::test::{Mock, Reply, Send, Step, Test, Want};
use crate::model::types::OpId;
use crate::source::Span;

/// The items of the tests' file; none if there are no tests.
pub(crate) fn items(world: &World<'_>) -> Vec<Item> {
    if world.service.tests.is_empty() {
        return Vec::new();
    }
    let client = snake(&world.service.client.name);
    let uses = format!("use super::{client}::*;\nuse bff_core::prelude::*;\nuse bff_core::testing::spec;");
    let mut items = vec![Item::text(uses)];
    for test in &world.service.tests {
        self::test(world, test, &mut items);
    }
    items
}

fn test<'s>(world: &World<'s>, test: &'s Test, items: &mut Vec<Item>) {
    let mut mocks = 0;
    let mut steps = Vec::with_capacity(test.steps.len());
    for step in &test.steps {
        steps.push(match step {
            Step::Mock(mock) => {
                mocks += 1;
                let name = format!("{}_mock_{mocks}", test.function);
                let given = mock.given.as_ref().map(|given| {
                    items.push(given_function(world, &name, mock, given));
                    ident(&name)
                });
                let given = given.map_or_else(|| quote!(None), |name| quote!(Some(#name)));
                mock_row(world, mock, &given)
            }
            Step::Send(send) => send_row(world, send),
            Step::Status { status, body, span } => {
                let (status, at) = (Literal::u16_unsuffixed(*status), place(world, *span));
                let body = body.as_ref().map(want);
                let body = body.map_or_else(|| quote!(None), |body| quote!(Some(#body)));
                quote!(spec::Step::Status(#status, #body, #at))
            }
            Step::Header { name, value, span } => {
                let (value, at) = (option(value.as_ref()), place(world, *span));
                quote!(spec::Step::Header(#name, #value, #at))
            }
            Step::Calls { op, count, span } => {
                let (op, count, at) = (
                    op_name(world, *op),
                    Literal::u64_unsuffixed(*count),
                    place(world, *span),
                );
                quote!(spec::Step::Calls(#op, #count, #at))
            }
        });
    }
    let (name, at, function) = (&test.name, place(world, test.span), ident(&snake(&test.function)));
    let hints = test.hints.iter().map(|(op, hint)| {
        let op = op_name(world, *op);
        quote!((#op, #hint))
    });
    let written = quote! {
        #[test]
        fn #function() -> spec::Tested {
            static TEST: spec::Test = spec::Test { name: #name, at: #at, steps: &[#(#steps),*], hints: &[#(#hints),*] };
            spec::run(&SERVICE, &TEST)
        }
    };
    items.push(Item::tokens(written).from(world.origin(test.span, format!("test {}", world.quote(test.span)))));
}

fn mock_row(world: &World<'_>, mock: &Mock, given: &TokenStream) -> TokenStream {
    let (op, at) = (op_name(world, mock.op), place(world, mock.span));
    let after = Literal::u64_unsuffixed(mock.after);
    let reply = match &mock.reply {
        Reply::Json(_) if world.service.ops[mock.op.0 as usize].result.is_none() => {
            quote!(spec::Answer::Status(204, ""))
        }
        Reply::Json(json) => quote!(spec::Answer::Status(200, #json)),
        Reply::Status(status, body) => {
            let status = Literal::u16_unsuffixed(*status);
            let body = body.as_deref().unwrap_or_default();
            quote!(spec::Answer::Status(#status, #body))
        }
        Reply::Fail(kind) => {
            let kind = ident(&camel(kind));
            quote!(spec::Answer::Fail(spec::FailureKind::#kind))
        }
    };
    quote!(spec::Step::Mock(spec::SpecMock { op: #op, given: #given, reply: #reply, after: #after, at: #at }))
}

fn send_row(world: &World<'_>, send: &Send) -> TokenStream {
    let (method, target, at) = (&send.method, &send.target, place(world, send.span));
    let headers = send.headers.iter().map(|(name, value)| quote!((#name, #value)));
    let body = option(send.body.as_ref());
    quote!(spec::Step::Send(spec::Send {
        method: #method, target: #target, headers: &[#(#headers),*], body: #body, at: #at
    }))
}

fn option(text: Option<&String>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}

fn want(want: &Want) -> TokenStream {
    match want {
        Want::Json(json) => quote!(spec::Want::Json(#json)),
        Want::Object(members, open) => {
            let members = members.iter().map(|(name, value)| {
                let value = self::want(value);
                quote!((#name, #value))
            });
            quote!(spec::Want::Object(&[#(#members),*], #open))
        }
        Want::List(items, open) => {
            let items = items.iter().map(self::want);
            quote!(spec::Want::List(&[#(#items),*], #open))
        }
    }
}

/// `users.get_user`, as the operation's row has it.
fn op_name(world: &World<'_>, op: OpId) -> String {
    let op = &world.service.ops[op.0 as usize];
    format!("{}.{}", world.service.upstreams[op.upstream.0 as usize].name, op.name)
}

/// A place with its source line: a failed test shows it.
fn place(world: &World<'_>, span: Span) -> TokenStream {
    let file = world.sources.file(span.file);
    let (line, column) = file.line_column(span.start as usize);
    let text = file.text.lines().nth(line - 1).unwrap_or_default().trim_end();
    let first = world.sources.text(span).lines().next().unwrap_or_default();
    let width = first.trim_end().chars().count();
    let number = |number: usize| Literal::u32_unsuffixed(u32::try_from(number).unwrap_or(u32::MAX));
    let (name, line, column, width) = (world.file(span), number(line), number(column), number(width));
    quote!(spec::Place { file: #name, line: #line, column: #column, width: #width, text: #text })
}

/// Writes the parts of a request that the arguments of a mock decide.
fn given_function<'s>(world: &World<'s>, name: &str, mock: &'s Mock, given: &'s OpRequest) -> Item {
    let op = &world.service.ops[mock.op.0 as usize];
    let mut inner = Function::of_service(world, Around::Request).for_the_wire();
    let mut outer = Function::of_service(world, Around::Request).for_the_wire();
    let mut taken = Taken::values();
    let (mut params, mut args) = (TokenStream::new(), TokenStream::new());
    for (at, value) in &mock.args {
        let (Some(field), Some(ty)) = (op.params.get(*at), given.params.get(*at)) else {
            continue;
        };
        let (name, rust) = (ident(&taken.add(&snake(&field.name))), param_type(world, ty));
        let local = LocalId(*at as u32);
        inner.locals.insert(local, quote!(#name));
        inner.shapes.locals.insert(local, param_shape(ty));
        params.extend(quote!(, #name: #rust));
        let arg = outer.constant_argument(value, ty);
        args.extend(quote!(, #arg));
    }
    let body = inner.request_body(given);
    let prologue = inner.prologue(true);
    let outer_prologue = outer.prologue(true);
    let name = ident(name);
    let written = quote! {
        fn #name(q: &mut Request) -> Eval {
            fn write(q: &mut Request #params) -> Eval { #prologue #body Ok(()) }
            #outer_prologue
            write(q #args)
        }
    };
    Item::tokens(written).from(world.origin(mock.span, world.quote(mock.span)))
}
