//! Bodies pass piece by piece, at the pace of the slower side, without being collected.

use crate::each_pair;
use crate::support::body;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::within;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

async fn piece(body: &mut Incoming) -> Bytes {
    let frame = within("a piece of a body", body.frame())
        .await
        .expect("more of the body")
        .expect("a whole frame");
    frame.into_data().expect("data")
}

each_pair! {
    async fn each_piece_of_an_answer_arrives_before_the_next_is_sent(pair) {
        let (mut sender, polled) = body::fed();
        let polled = Mutex::new(Some(polled));
        let origin = Origin::new().of(pair).serve(move |_| {
            let body = polled.lock().unwrap().take().expect("one request");
            async move { Response::new(body) }
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let mut answer = client.get("/poll").await;
        for number in 0..5 {
            let sent = Bytes::from(format!("event {number}\n"));
            sender.send_data(sent.clone()).await.unwrap();
            assert_eq!(piece(answer.body_mut()).await, sent);
        }
        drop(sender);
        // HTTP/2 may end by an empty piece.
        assert_eq!(body::text(answer.into_body()).await, "");
    }
}

each_pair! {
    async fn each_piece_of_a_request_arrives_before_the_next_is_sent(pair) {
        // The origin sends back each piece as it comes: both directions are open at once.
        let origin = Origin::new().of(pair).serve(async |mut request: Request<Incoming>| {
            let (mut sender, echo) = body::fed();
            tokio::spawn(async move {
                while let Some(Ok(frame)) = request.body_mut().frame().await {
                    sender.send(frame).await.ok();
                }
            });
            Response::new(echo)
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let (mut sender, sent) = body::fed();
        let mut answer = client.send(Request::post("/echo").body(sent).unwrap()).await;
        for number in 0..5 {
            let sent = Bytes::from(format!("piece {number}"));
            sender.send_data(sent.clone()).await.unwrap();
            assert_eq!(piece(answer.body_mut()).await, sent);
        }
    }
}

/// More than all socket buffers on the way can take, less than a tenth of the body.
const IN_FLIGHT: usize = 24 << 20;
const BODY: usize = 256 << 20;
/// A write that takes this long has stalled. Too short a time would only make the tests weaker.
const STALL: Duration = Duration::from_millis(500);

/// Counts what could be written into a body, and tells when writing stalls.
struct Meter {
    taken: AtomicUsize,
    stalled: Notify,
}

impl Meter {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            taken: AtomicUsize::new(0),
            stalled: Notify::new(),
        })
    }

    async fn fill(
        self: Arc<Self>,
        mut sender: http_body_util::channel::Sender<Bytes, std::io::Error>,
    ) {
        let piece = Bytes::from(vec![b'x'; 64 * 1024]);
        while self.taken.load(Ordering::Relaxed) < BODY {
            let mut sending = std::pin::pin!(sender.send_data(piece.clone()));
            let sent = match tokio::time::timeout(STALL, &mut sending).await {
                Ok(sent) => sent,
                Err(_elapsed) => {
                    self.stalled.notify_one();
                    sending.await
                }
            };
            if sent.is_err() {
                return;
            }
            self.taken.fetch_add(piece.len(), Ordering::Relaxed);
        }
        self.stalled.notify_one();
    }
}

each_pair! {
    async fn a_reader_that_stops_stops_the_origin(pair) {
        let meter = Meter::new();
        let metered = meter.clone();
        let origin = Origin::new().of(pair).serve(move |_| {
            let (sender, body) = body::fed();
            tokio::spawn(metered.clone().fill(sender));
            async { Response::new(body) }
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let mut answer = client.get("/64MiB").await;
        let mut read = piece(answer.body_mut()).await.len();
        within("a stalled origin", meter.stalled.notified()).await;
        let taken = meter.taken.load(Ordering::Relaxed);
        assert!(taken < IN_FLIGHT, "{taken} bytes were taken from the origin for {read} read");
        while read < BODY / 8 {
            read += piece(answer.body_mut()).await.len();
        }
    }
}

each_pair! {
    async fn an_origin_that_stops_reading_stops_the_client(pair) {
        let origin = Origin::new().of(pair).serve(async |request: Request<Incoming>| {
            let (sender, body) = body::fed();
            tokio::spawn(async move {
                let _unread = (request, sender);
                std::future::pending::<()>().await;
            });
            Response::new(body)
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let meter = Meter::new();
        let (sender, sent) = body::fed();
        let _answer = client.send(Request::post("/upload").body(sent).unwrap()).await;
        tokio::spawn(meter.clone().fill(sender));
        within("a stalled client", meter.stalled.notified()).await;
        let taken = meter.taken.load(Ordering::Relaxed);
        assert!(taken < IN_FLIGHT, "{taken} bytes were taken from the client");
    }
}
