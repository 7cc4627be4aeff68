//! stub
use bytes::Bytes;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use zeroize::Zeroizing;
#[derive(Clone, Debug)]
pub struct Settings { pub idle: Duration, pub head: Duration, pub max_head: usize, pub max_fields: usize }
impl Default for Settings { fn default() -> Self { Self { idle: Duration::from_secs(1), head: Duration::from_secs(1), max_head: 128*1024, max_fields: 200 } } }
pub struct Unparsable { pub kind: UnparsableKind, pub head: Zeroizing<Vec<u8>> }
pub struct RequestBody(Incoming);
impl http_body::Body for RequestBody {
    type Data = Bytes; type Error = hyper::Error;
    fn poll_frame(mut self: std::pin::Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, hyper::Error>>> { std::pin::Pin::new(&mut self.0).poll_frame(cx) }
    fn is_end_stream(&self) -> bool { self.0.is_end_stream() }
    fn size_hint(&self) -> http_body::SizeHint { self.0.size_hint() }
}
pub async fn serve<IO, S, F, B>(io: IO, settings: &Settings, service: S, _refuse: impl FnOnce(Unparsable) -> Vec<u8>, stop: impl Future<Output = ()>)
where IO: AsyncRead + AsyncWrite + Unpin + Send + 'static, S: Fn(Request<RequestBody>) -> F, F: Future<Output = Result<Response<B>, Infallible>>, B: http_body::Body<Data = Bytes> + 'static, B::Error: Into<Box<dyn std::error::Error + Send + Sync>>
{
    let conn = hyper::server::conn::http1::Builder::new().preserve_header_case(true).auto_date_header(false).timer(TokioTimer::new()).header_read_timeout(settings.idle)
        .serve_connection(TokioIo::new(io), hyper::service::service_fn(|r: Request<Incoming>| service(r.map(RequestBody)))).with_upgrades();
    let mut conn = std::pin::pin!(conn);
    tokio::select! { _ = conn.as_mut() => return, () = stop => {} }
    conn.as_mut().graceful_shutdown();
    let _ = conn.await;
}
#[derive(Clone, Copy, Debug)]
pub enum UnparsableKind { Malformed, TargetTooLong, FieldsTooLarge, TimedOut, CutOff }
impl UnparsableKind { pub fn status(self) -> http::StatusCode { http::StatusCode::BAD_REQUEST } }
