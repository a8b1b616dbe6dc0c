//! The service behind all contenders: fixed answers, as fast as hyper gives them, on a thread of this process.
use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::thread;

use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use crate::{Result, payload};

/// Starts it on a free port.
pub(crate) fn start() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || runtime.block_on(serve(listener)));
    Ok(address)
}

#[derive(Clone)]
struct Answers {
    user: Bytes,
    profile: Bytes,
    orders: Bytes,
}

async fn serve(listener: TcpListener) {
    let answers = Answers {
        user: payload::user().into(),
        profile: payload::profile().into(),
        orders: payload::orders().into(),
    };
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let answers = answers.clone();
        let service = service_fn(move |request| {
            let response = answer(&answers, &request);
            async move { Ok::<_, Infallible>(response) }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

fn answer(answers: &Answers, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    let body = match path.split('/').nth(1) {
        Some("users") => &answers.user,
        Some("profiles" | "bench") => &answers.profile,
        Some("orders") => &answers.orders,
        _ => {
            let mut missing = Response::new(Full::default());
            *missing.status_mut() = StatusCode::NOT_FOUND;
            return missing;
        }
    };
    let mut response = Response::new(Full::new(body.clone()));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
