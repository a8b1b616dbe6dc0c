//! The way of one request behind the stack: route, inputs, guards over the request, calls, answer.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::idempotency::{self, Admission};
use super::work::{self, Work};
use super::{Inner, upload};
use crate::context::RequestContext;
use crate::engine::stream::Source;
use crate::engine::table::{Contract, Refuse, Service};
use crate::engine::{Head, InputKind, Program, RequestView, Slots, Stream, fault_error, input};
use crate::error::{Error, InputCode, InputProblem};
use crate::reply::{self, Promised};
use crate::rescue;
use crate::route::{Found, Miss, Tree, normalize};
use crate::stack::{BodyFault, body_fault};
use crate::store::StoredAnswer;

/// Answers a request, whatever happens.
pub(super) async fn answer(inner: &Arc<Inner>, request: Request<Body>, context: Arc<RequestContext>) -> Response {
    let (parts, body) = request.into_parts();
    let now = inner.shared.clock.now();
    let head = Arc::new(Head {
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        context,
        now,
    });
    let mut promised = Promised::default();
    let mut response = match prepare(inner, &head, body, &mut promised).await {
        Ok(work) => work::run(inner, &head, work).await,
        Err(Early::Again(answer)) => work::again(&answer),
        Err(Early::Error(error)) => reply::of_error(inner.service, &error, &head),
    };
    promised.write(response.headers_mut());
    reply::finish(inner.service, promised.route, &head, response)
}

/// The answer to a request that the stack refused before it came here.
pub(super) fn rescue_early(service: &'static Service, error: &Error, context: &Arc<RequestContext>) -> Response {
    let context = Arc::clone(context);
    let now = jiff::Timestamp::UNIX_EPOCH;
    let head = Head {
        method: Method::GET,
        uri: Uri::default(),
        headers: HeaderMap::new(),
        context,
        now,
    };
    reply::finish(service, None, &head, reply::of_error(service, error, &head))
}

/// Why the route of a request does not run.
enum Early {
    /// The request is refused.
    Error(Error),
    /// It gets the answer that an equal one has had.
    Again(Arc<StoredAnswer>),
}

impl From<Error> for Early {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Finds the route of a request and reads its inputs. The route is told as soon as it is known: its headers are those of its
/// errors, too.
async fn prepare(inner: &Inner, head: &Arc<Head>, body: Body, promised: &mut Promised) -> Result<Work, Early> {
    let path = normalize(head.uri.path()).map_err(|_| Error::BadPath)?;
    let found = find(inner, head, &path)?;
    let program = matched(inner, head, found.route);

    let mut slots = Slots::new(program.calls.len(), Arc::clone(head), rescue::arm_error);
    let names = inner.tree.names(found.route);
    let captures: Vec<_> = names
        .iter()
        .map(String::as_str)
        .zip(found.captures.iter().map(|at| &path[at.clone()]))
        .collect();
    *promised = Promised::of(program.route, inner.service.versions, &captures);
    choose_version(inner.service, &program.route.contract, head, &mut slots)?;
    let (body, source) = read_inputs(inner, program, head, &captures, body, &mut slots).await?;
    let key = slots.frame.idempotency_key.clone();
    let admission = idempotency::begin(inner, program, head, key, &body).await?;
    match admission {
        Admission::Again(answer) => Err(Early::Again(answer)),
        Admission::First(reservation) => Ok(Work {
            route: found.route,
            slots,
            source,
            reservation,
        }),
    }
}

/// The version that the request asks for decides which outputs there are.
fn choose_version(service: &Service, contract: &Contract, head: &Head, slots: &mut Slots) -> Result<(), Error> {
    let Some(versions) = service.versions.filter(|_| contract.versioned) else {
        return Ok(());
    };
    let version = versions.asked(&head.headers).ok_or(Error::UnknownVersion(versions))?;
    head.context.chose(version);
    slots.frame.answer_in(version, versions.passed(version));
    Ok(())
}

/// Notes the route for the log.
fn matched<'i>(inner: &'i Inner, head: &Head, route: usize) -> &'i Program {
    let program = &inner.programs[route];
    let mount = inner.service.mount.trim_end_matches('/');
    head.context.matched(mount, program.route.path);
    program
}

fn find(inner: &Inner, head: &Head, path: &str) -> Result<Found, Error> {
    let mut broken = None;
    let found = inner.tree.find(&head.method, path, |route| {
        let route = inner.programs[route].route;
        let held = route.when.map_or(Ok(true), |when| when(RequestView::new(head)));
        held.unwrap_or_else(|fault| {
            broken.get_or_insert_with(|| fault_error(fault, route.at));
            false
        })
    });
    match (broken, found) {
        (Some(error), _) => Err(error),
        (None, Ok(found)) => Ok(found),
        (None, Err(Miss::NotFound)) => Err(Error::NotFound),
        (None, Err(Miss::MethodNotAllowed { allow, route })) => {
            matched(inner, head, route);
            Err(Error::MethodNotAllowed { allow })
        }
    }
}

/// Reads the inputs, an idempotency key among them, and decides the checks over them; all problems are reported together. Gives the body.
async fn read_inputs(
    inner: &Inner,
    program: &Program,
    head: &Head,
    captures: &[(&str, &str)],
    body: Body,
    slots: &mut Slots,
) -> Result<(Bytes, Option<Source>), Error> {
    let max = inner.shared.limits.body_bytes;
    let inputs = &program.route.inputs;
    let mut problems = input::read_head(inputs, head, captures, slots);
    if let Some(declared) = &program.route.idempotency {
        match idempotency::read_key(declared, &head.headers) {
            Ok(key) => slots.frame.idempotency_key = key,
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(sparse) = program.route.contract.sparse {
        match sparse.select(head.uri.query().unwrap_or_default()) {
            Ok(selection) => slots.frame.answer_with(selection),
            Err(found) => problems.extend(found),
        }
    }
    let (mut bytes, mut source) = (Bytes::new(), None);
    if inputs.body.is_some() {
        input::admit_body(&head.headers, http_body::Body::is_end_stream(&body))?;
    }
    if inputs.body.is_some() || program.route.idempotency.is_some() {
        // A route that takes larger streams may have the same pattern.
        let body = Limited::new(body, usize::try_from(max).unwrap_or(usize::MAX));
        bytes = body.collect().await.map_err(|error| body_error(&*error))?.to_bytes();
    } else {
        source = upload::of_route(program.route, &head.headers, body, max)?;
        if let Some(doc) = Stream::BODY.doc().filter(|_| source.is_some()) {
            slots.fill_input(InputKind::Body, doc);
        }
    }
    if let Some(input) = &inputs.body {
        problems.extend(input::read_body(input, &bytes, slots));
    }
    if !problems.iter().any(|problem| problem.code.is_unreadable()) {
        problems.extend(failed_checks(program, slots, !problems.is_empty())?);
    }
    if problems.is_empty() {
        Ok((bytes, source))
    } else {
        Err(Error::Inputs(problems))
    }
}

/// The checks over the request alone that do not hold; they are decided once every input can be read, whatever its constraints say.
fn failed_checks(program: &Program, slots: &Slots, has_problems: bool) -> Result<Vec<InputProblem>, Error> {
    let mut failed = Vec::new();
    for guard in program.route.guards {
        let Refuse::Check(message) = guard.refuse else { continue };
        if guard.test.needs != 0 {
            continue;
        }
        let held = match (guard.test.run)(slots) {
            // A value that breaks its constraint may also be one that cannot be computed with.
            Err(_) if has_problems => continue,
            held => held.map_err(|fault| fault_error(fault, guard.at))?,
        };
        if !held {
            let message = message.into();
            failed.push(InputProblem {
                place: None,
                field: String::new(),
                code: InputCode::Check,
                message,
            });
        }
    }
    Ok(failed)
}

fn body_error(error: &(dyn std::error::Error + 'static)) -> Error {
    match body_fault(error) {
        None if error.is::<LengthLimitError>() => Error::ContentTooLarge,
        Some(BodyFault::TooLarge) => Error::ContentTooLarge,
        Some(BodyFault::TooSlow) => Error::RequestTimeout,
        None => Error::BadRequest {
            detail: "the body ended too early",
        },
    }
}

/// The largest body that the routes of a request take, whatever their `when`, if one of them takes larger ones than usual.
pub(super) fn largest_body(tree: &Tree, programs: &[Arc<Program>], method: &Method, path: &str) -> u64 {
    let mut largest = 0;
    if let Ok(path) = normalize(path) {
        // None is chosen, so that all are looked at.
        let _ = tree.find(method, &path, |route| {
            let stream = programs[route].route.inputs.stream;
            largest = largest.max(stream.and_then(|stream| stream.max).unwrap_or(0));
            false
        });
    }
    largest
}
