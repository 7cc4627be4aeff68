//! The admin listener: health, readiness, metrics. Nothing here is secret, and nothing can be changed.

use crate::host::target::{Host, Target};
use crate::metrics::Metrics;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

const HEAD_LIMIT: Duration = Duration::from_secs(10);

/// What the pages show.
pub struct Admin {
    pub metrics: Arc<Metrics>,
    /// Cancelled when the proxy drains: no longer ready, still healthy.
    pub stopping: CancellationToken,
}

/// Serves until the task is ended.
pub async fn serve(admin: Arc<Admin>, listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(connection(admin.clone(), stream))),
            Err(_) => sleep(Duration::from_millis(200)).await,
        }
    }
}

async fn connection(admin: Arc<Admin>, stream: TcpStream) {
    let service = service_fn(move |request: Request<Incoming>| {
        let admin = admin.clone();
        async move { Ok::<_, Infallible>(admin.answer(&request)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    // A broken connection of a health check is nobody's problem.
    let _ = connection.await;
}

impl Admin {
    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        if !names_loopback(request.headers()) {
            return text(
                StatusCode::FORBIDDEN,
                "open this page by a loopback address\n",
            );
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        }
        match request.uri().path() {
            "/healthz" => text(StatusCode::OK, "ok\n"),
            "/readyz" if self.stopping.is_cancelled() => {
                text(StatusCode::SERVICE_UNAVAILABLE, "draining\n")
            }
            "/readyz" => text(StatusCode::OK, "ready\n"),
            "/metrics" => {
                let mut response = text(StatusCode::OK, self.metrics.render());
                let kind = HeaderValue::from_static(
                    "application/openmetrics-text; version=1.0.0; charset=utf-8",
                );
                response.headers_mut().insert(CONTENT_TYPE, kind);
                response
            }
            _ => text(
                StatusCode::NOT_FOUND,
                "there are /healthz, /readyz and /metrics\n",
            ),
        }
    }
}

/// A page of another site that resolves its own name to loopback gets nothing (DNS rebinding, H-C9).
fn names_loopback(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    match Target::parse(host, Some(80)).map(|target| target.host) {
        Ok(Host::Ip(_)) => true,
        Ok(Host::Name(name)) => name == "localhost",
        Err(_) => false,
    }
}

fn text(status: StatusCode, text: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}
