//! Bodies that tests send: whole, empty, or fed piece by piece.

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::channel::{Channel, Sender};
use http_body_util::{BodyExt, Empty, Full, combinators::UnsyncBoxBody};
use hyper::body::Incoming;
use std::io;

pub type Body = UnsyncBoxBody<Bytes, io::Error>;

pub fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}

pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into())
        .map_err(|never| match never {})
        .boxed_unsync()
}

/// A body that ends when the sender is dropped, or breaks when it is aborted.
pub fn fed() -> (Sender<Bytes, io::Error>, Body) {
    let (sender, body) = Channel::new(1);
    (sender, body.boxed_unsync())
}

/// A body of one piece with trailers behind it.
pub fn with_trailers(bytes: impl Into<Bytes>, trailers: HeaderMap) -> Body {
    let (mut sender, body) = Channel::new(2);
    let bytes = bytes.into();
    tokio::spawn(async move {
        sender.send_data(bytes).await.ok();
        sender.send_trailers(trailers).await.ok();
    });
    body.boxed_unsync()
}

/// The whole body as bytes, and its trailers.
pub async fn collect(body: Incoming) -> (Bytes, Option<HeaderMap>) {
    let collected = super::within("a whole body", body.collect())
        .await
        .expect("the body arrives whole");
    let trailers = collected.trailers().cloned();
    (collected.to_bytes(), trailers)
}

pub async fn text(body: Incoming) -> String {
    String::from_utf8_lossy(&collect(body).await.0).into_owned()
}
