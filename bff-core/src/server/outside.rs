//! Paths that no router knows get the same 404 document as paths under the mount.
use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::{Request, StatusCode, header};
use http_body::Body as _;
use tower::Service as _;

use crate::context::RequestContext;
use crate::error::Error;
use crate::stack::{self, Endpoint, Shared};

/// The whole service of a core: the router inside the stack, so that hand-written routes are logged and guarded too.
pub(super) fn endpoint(router: Router, shared: Shared) -> Endpoint {
    let rescue = Arc::clone(&shared.rescue);
    // `with_state` builds what the router would else build again for each request.
    let router = router.with_state::<()>(());
    let inner = Endpoint::new(move |request: Request<Body>| {
        let (mut router, rescue) = (router.clone(), Arc::clone(&rescue));
        let context = request.extensions().get::<Arc<RequestContext>>().map(Arc::clone);
        async move {
            let response = router
                .call(request)
                .await
                .unwrap_or_else(|never: Infallible| match never {});
            match context {
                Some(context) if is_bare_404(&response) => rescue(Error::NotFound, &context),
                _ => response,
            }
        }
    });
    stack::wrap(inner, shared)
}

/// What axum answers when nothing matched. A fallback of the router's own says more than that and stays.
fn is_bare_404(response: &Response) -> bool {
    response.status() == StatusCode::NOT_FOUND
        && response.body().size_hint().exact() == Some(0)
        && !response.headers().contains_key(header::CONTENT_TYPE)
}
