//! Runs a route whose inputs have been read, to its response. Behind its first effect it no longer depends on its client.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use http_body_util::BodyExt as _;

use super::idempotency::Reservation;
use super::{Inner, proxy};
use crate::engine::schedule::{self, Commitment, Committed};
use crate::engine::stream::Source;
use crate::engine::{Head, Outgoing, Slots, fault_error};
use crate::error::Error;
use crate::reply;
use crate::store::StoredAnswer;

/// What is kept of a route's budget for writing the answer.
const RESERVE: Duration = Duration::from_millis(5);

/// A route that is ready to run.
pub(super) struct Work {
    /// Its position in the service.
    pub(super) route: usize,
    pub(super) slots: Slots,
    /// The body of the request, if it passes through.
    pub(super) source: Option<Source>,
    /// The key that its answer is kept under.
    pub(super) reservation: Option<Reservation>,
}

/// Runs it. One with effects owns all it needs, so that it can go on when whoever waits for it is dropped.
pub(super) async fn run(inner: &Arc<Inner>, head: &Arc<Head>, work: Work) -> Response {
    if inner.programs[work.route].effects == 0 {
        return respond(inner, head, work.route, (work.slots, work.source), None).await;
    }
    let commitment = Commitment::new(inner.shared.background.clone());
    let (inner, head, own) = (Arc::clone(inner), Arc::clone(head), commitment.clone());
    Committed::new(Box::pin(to_the_end(inner, head, work, own)), commitment).await
}

async fn to_the_end(inner: Arc<Inner>, head: Arc<Head>, work: Work, commitment: Commitment) -> Response {
    let Work {
        route,
        slots,
        source,
        reservation,
    } = work;
    let mut kept = reservation.map(|reservation| Kept {
        inner: Arc::clone(&inner),
        head: Arc::clone(&head),
        commitment: commitment.clone(),
        reservation: Some(reservation),
    });
    let response = respond(&inner, &head, route, (slots, source), Some(&commitment)).await;
    match kept.as_mut().and_then(Kept::take) {
        // Without an effect nothing has happened that may not happen again: the key is free.
        Some(reservation) if commitment.is_begun() => keep(reservation, response).await,
        _ => response,
    }
}

async fn respond(
    inner: &Inner,
    head: &Arc<Head>,
    route: usize,
    (slots, source): (Slots, Option<Source>),
    commitment: Option<&Commitment>,
) -> Response {
    let program = &inner.programs[route];
    let budget = head.context.started + program.deadline.saturating_sub(RESERVE);
    let outgoing = Outgoing::new(head, &inner.service.headers, budget, &inner.shared.entropy);
    let answer = match outgoing {
        Ok(outgoing) => match &program.proxy {
            Some(proxy) => proxy::answer(inner, program, proxy, (&slots, source), &outgoing).await,
            None => {
                let answer = schedule::run(program, slots, source, &outgoing, inner.decimals, commitment);
                answer.await.map(|answer| reply::of_answer(answer, head))
            }
        },
        Err(fault) => Err(fault_error(fault, inner.service.at)),
    };
    match answer {
        Ok(response) => response,
        Err(error) => reply::of_error(inner.service, &error, head),
    }
}

/// Keeps a response under its key, and gives it out.
async fn keep(reservation: Reservation, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    // The body is in memory: there is nothing to wait for and nothing that could fail.
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let answer = StoredAnswer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
    };
    let response = again(&answer);
    reservation.complete(answer).await;
    response
}

/// The response that was given before.
pub(super) fn again(answer: &StoredAnswer) -> Response {
    let mut response = Response::new(Body::from(answer.body.clone()));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = answer.headers.clone();
    response
}

/// A reservation while its route runs. Should that end by a panic behind an effect, all who come with the key learn of it:
/// to have the effect again would be worse.
struct Kept {
    inner: Arc<Inner>,
    head: Arc<Head>,
    commitment: Commitment,
    reservation: Option<Reservation>,
}

impl Kept {
    fn take(&mut self) -> Option<Reservation> {
        self.reservation.take()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let begun = self.commitment.is_begun();
        let Some(reservation) = self.reservation.take().filter(|_| begun) else {
            return;
        };
        let detail = "the request ended without an answer".to_owned();
        let response = reply::of_error(self.inner.service, &Error::Internal { detail }, &self.head);
        self.commitment.background.spawn(async move {
            keep(reservation, response).await;
        });
    }
}
