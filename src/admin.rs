//! The admin listener: health, readiness, metrics, the onboarding page. Nothing here is secret, and nothing can be
//! changed.

mod host_check;

use crate::metrics::Metrics;
use crate::onboarding::Onboarding;
use bytes::Bytes;
use host_check::is_asked_here;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

const HEAD_LIMIT: Duration = Duration::from_secs(10);

/// What the pages show.
pub struct Admin {
    pub metrics: Arc<Metrics>,
    pub onboarding: Arc<Onboarding>,
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
    // Without an address the other side has left already.
    let Ok(local) = stream.local_addr() else {
        return;
    };
    let service = service_fn(move |request: Request<Incoming>| {
        let admin = admin.clone();
        async move { Ok::<_, Infallible>(admin.answer(&request, local.ip())) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    // A broken connection of a health check is nobody's problem.
    let _ = connection.await;
}

impl Admin {
    fn answer(&self, request: &Request<Incoming>, local: IpAddr) -> Response<Full<Bytes>> {
        if !is_asked_here(request) {
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
            _ => match self.onboarding.direct(request, local) {
                Some(response) => response.map(Full::new),
                None => text(
                    StatusCode::NOT_FOUND,
                    "there are /, /healthz, /readyz and /metrics\n",
                ),
            },
        }
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
