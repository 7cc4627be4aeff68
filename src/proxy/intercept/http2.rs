//! HTTP/2 with a client: its settings, and the deadlines that hyper leaves to us.

use super::{Left, Stream, refused};
use crate::proxy::body::{Body, BodyError};
use crate::proxy::forward::Forwarding;
use crate::proxy::{head_answer, limits};
use bytes::Bytes;
use http::Request;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http2::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Serves the connection until the client ends it, rests for too long, or the proxy drains.
pub async fn serve(forwarding: Arc<Forwarding>, stream: Stream) -> Left {
    let stop = forwarding.proxy.drain.stopping.clone();
    let client = forwarding.client;
    let activity = Arc::new(Activity::default());
    let watched = activity.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let forwarding = forwarding.clone();
        let exchange = Exchange::begin(watched.clone());
        // Dropped here: it would be held for as long as the answer cannot be sent.
        let request = (request.headers().len() <= limits::FIELDS).then_some(request);
        async move {
            let answer = match request {
                Some(request) => forwarding.answer_or_explain(request).await,
                None => head_answer::too_many_fields(&forwarding),
            };
            Ok::<_, Infallible>(answer.map(|body| Watched { body, exchange }))
        }
    });
    let connection = builder().serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = stop.cancelled() => None,
        () = activity.rests(limits::CLIENT_IDLE) => None,
    };
    let by_client = ended.is_some();
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection => ended,
                () = activity.rests(limits::LINGER) => Ok(()),
            }
        }
    };
    let ending = ended.err().and_then(|error| {
        tracing::debug!(%client, %error, "an HTTP/2 connection of a client ended early");
        refused::ending(&error)
    });
    match by_client {
        true => Left::ByClient(ending),
        false => Left::ByUs,
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .auto_date_header(false)
        .initial_stream_window_size(limits::STREAM_WINDOW)
        .initial_connection_window_size(limits::CLIENT_WINDOW)
        .max_header_list_size(limits::HEADER_LIST)
        .max_concurrent_streams(limits::CLIENT_STREAMS)
        .max_send_buf_size(limits::SEND_BUFFER)
        .keep_alive_interval(limits::CLIENT_IDLE / 2)
        .keep_alive_timeout(limits::PING);
    builder
}

/// What the exchanges of one connection have done: hyper itself waits for ever for a first frame, for a next request,
/// and for a client that opens no window.
#[derive(Default)]
struct Activity {
    steps: AtomicU64,
    open: AtomicU64,
}

impl Activity {
    /// Ends when no exchange is open for `limit`, or those that are have stood still for [`limits::STALLED`].
    async fn rests(&self, limit: Duration) {
        let mut before = self.seen();
        let mut since = Instant::now();
        loop {
            sleep(limit).await;
            let now = self.seen();
            if now != before {
                (before, since) = (now, Instant::now());
                continue;
            }
            let (_, open) = now;
            if open == 0 || since.elapsed() >= limits::STALLED {
                return;
            }
        }
    }

    fn seen(&self) -> (u64, u64) {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        (count(&self.steps), count(&self.open))
    }

    fn step(&self) {
        self.steps.fetch_add(1, Ordering::Relaxed);
    }
}

/// From a request's call until its answer's body is dropped.
struct Exchange(Arc<Activity>);

impl Exchange {
    fn begin(activity: Arc<Activity>) -> Self {
        activity.step();
        activity.open.fetch_add(1, Ordering::Relaxed);
        Self(activity)
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.0.step();
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An answer's body, whose every frame shows that the client takes it.
struct Watched {
    body: Body,
    exchange: Exchange,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if frame.is_ready() {
            self.exchange.0.step();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_secs(120);

    /// Seconds until the connection counts as resting.
    async fn rested(activity: &Activity) -> u64 {
        let start = Instant::now();
        activity.rests(IDLE).await;
        start.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_without_a_request_rests_at_once() {
        assert_eq!(rested(&Activity::default()).await, 120);
    }

    #[tokio::test(start_paused = true)]
    async fn an_open_exchange_may_stand_still_for_long_but_not_for_ever() {
        let activity = Arc::new(Activity::default());
        let exchange = Exchange::begin(activity.clone());
        assert_eq!(rested(&activity).await, limits::STALLED.as_secs());
        let ends = async {
            sleep(Duration::from_secs(1000)).await;
            drop(exchange);
        };
        let ((), rested) = tokio::join!(ends, rested(&activity));
        assert!((1000 + 120..=1000 + 240).contains(&rested), "{rested}");
    }
}
