//! One connection: hyper behind the gate, from the first byte to the last.

use super::clock::Waiting;
use super::drive::{Outcome, drive};
use super::exchange::{Exchange, RequestBody};
use super::shared::Shared;
use super::stream::Gate;
use super::{Ended, HEAD_SHOWN, How, Settings, Unparsable, UnparsableKind, linger};
use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1::{Builder, UpgradeableConnection};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::error::Error;
use std::future::Future;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};

/// Serves HTTP/1 on `io` until one side closes, the stream switches protocols, or a limit of `settings` passes.
///
/// `refuse` builds the whole answer, status line to body, for a head that hyper cannot parse; the connection ends with
/// it. After `stop` no further request is accepted; the one being received or answered is finished.
///
/// Requests keep their `OnUpgrade` (`hyper::upgrade::on`), which gives the stream back after a 101 or a 2xx to CONNECT.
/// A service that answers anything else must not wait for it.
///
/// # Panics
/// If `settings.max_head` is below 8192.
pub async fn serve<IO, S, F, B>(
    io: IO,
    settings: &Settings,
    service: S,
    refuse: impl FnOnce(Unparsable) -> Vec<u8>,
    stop: impl Future<Output = ()>,
) -> Ended
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: Fn(Request<RequestBody>) -> F,
    F: Future<Output = Result<Response<B>, Infallible>>,
    B: Body<Data = Bytes> + Unpin + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let shared = Arc::new(Shared::new(settings.max_head));
    let told = shared.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        // Before any await: the gate must know before hyper reads on (H-M1).
        let (exchange, request) = Exchange::begin(told.clone(), request);
        let answering = service(request);
        async move { answering.await.map(|response| exchange.answer(response)) }
    });
    let gate = TokioIo::new(Gate::new(io, shared.clone()));
    let mut connection = builder(settings)
        .serve_connection(gate, service)
        .with_upgrades();
    let outcome = drive(
        &mut connection,
        UpgradeableConnection::graceful_shutdown,
        &shared,
        settings,
        stop,
    )
    .await;
    let left = connection
        .into_parts()
        .map(|parts| (parts.io.into_inner().into_inner(), parts.read_buf));
    let how = conclude(left, outcome, &shared, refuse).await;
    Ended {
        how,
        out_of_step: shared.out_of_step(),
    }
}

fn builder(settings: &Settings) -> Builder {
    let mut builder = Builder::new();
    builder
        .preserve_header_case(true)
        .auto_date_header(false)
        // Ours knows an idle connection from a slow head.
        .header_read_timeout(None)
        .max_headers(settings.max_fields)
        .max_buf_size(settings.max_head);
    builder
}

/// `left` is the stream with what hyper read and did not use, or nothing if hyper handed it on.
async fn conclude<IO>(
    left: Option<(IO, Bytes)>,
    outcome: Outcome,
    shared: &Shared,
    refuse: impl FnOnce(Unparsable) -> Vec<u8>,
) -> How
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let handed_on = left.is_none();
    if handed_on && shared.has_switched() {
        return How::Upgraded;
    }
    let left = match left {
        None => take_back(shared).await,
        left => left,
    };
    let Some((mut io, unused)) = left else {
        return How::Closed;
    };
    if let Some(kind) = verdict(&outcome, shared) {
        let mut head = shared.take_head();
        if head.is_empty() {
            head.extend_from_slice(&unused[..unused.len().min(HEAD_SHOWN)]);
        }
        linger::say(&mut io, &refuse(Unparsable { kind, head })).await;
        return How::Unparsable(kind);
    }
    finish(&mut io, outcome, shared, handed_on).await
}

async fn finish<IO>(io: &mut IO, outcome: Outcome, shared: &Shared, still_open: bool) -> How
where
    IO: AsyncRead + AsyncWrite + Unpin,
{
    match outcome {
        Outcome::Finished(Ok(())) => {
            if still_open {
                linger::close(io).await;
            }
            if shared.unread() {
                linger::drain(io).await;
            }
            How::Closed
        }
        Outcome::Finished(Err(error)) => How::Failed(error),
        Outcome::Expired(Waiting::Progress(_)) => How::Stalled,
        Outcome::Expired(_) => {
            linger::close(io).await;
            How::Idle
        }
    }
}

fn verdict(outcome: &Outcome, shared: &Shared) -> Option<UnparsableKind> {
    match outcome {
        Outcome::Finished(result) => shared.verdict(result.as_ref().err()),
        Outcome::Expired(Waiting::FirstHead | Waiting::RestOfHead(_)) if shared.mid_head() => {
            Some(UnparsableKind::TimedOut)
        }
        Outcome::Expired(_) => None,
    }
}

/// hyper ends a connection on which a switch was refused as if it had switched.
async fn take_back<IO>(shared: &Shared) -> Option<(IO, Bytes)>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let upgraded = shared.take_refused_upgrade()?.await.ok()?;
    let parts = upgraded.downcast::<TokioIo<Gate<IO>>>().ok()?;
    Some((parts.io.into_inner().into_inner(), parts.read_buf))
}
