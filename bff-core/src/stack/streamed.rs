//! The log line of an answer that passes through: written when it ends, with what has passed by then.
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::StatusCode;
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::context::RequestContext;
use crate::observe::access::Line;

/// Puts the line of a request to the end of its answer.
pub(super) fn log(line: Line, context: Arc<RequestContext>, response: Response) -> Response {
    let status = response.status();
    response.map(|inner| {
        Body::new(LoggedBody {
            inner,
            line: Some(line),
            context,
            status,
            bytes: 0,
        })
    })
}

struct LoggedBody {
    inner: Body,
    /// Taken when it is written.
    line: Option<Line>,
    context: Arc<RequestContext>,
    status: StatusCode,
    bytes: u64,
}

impl LoggedBody {
    fn end(&mut self) {
        if let Some(line) = self.line.take() {
            line.finish(self.status, Some(self.bytes));
        }
    }

    fn cut(&mut self, code: &'static str, reason: &str) {
        if self.line.is_some() {
            self.context.failed(code, reason);
            self.end();
        }
    }
}

impl HttpBody for LoggedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let next = ready!(Pin::new(&mut self.inner).poll_frame(cx));
        match &next {
            Some(Ok(frame)) => {
                self.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                // Who knows that nothing more comes does not ask again.
                if self.inner.is_end_stream() || self.inner.size_hint().exact() == Some(0) {
                    self.end();
                }
            }
            Some(Err(error)) => self.cut("answer_cut", &format!("the answer was cut: {error}")),
            None => self.end(),
        }
        Poll::Ready(next)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for LoggedBody {
    fn drop(&mut self) {
        self.cut("client_gone", "the client went away before the end of the answer");
    }
}
