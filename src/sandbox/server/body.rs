//! Bodies: of requests read whole within bounds, of answers in one type.

use super::limits;
use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use std::io;
use tokio::time::timeout;

pub type Body = UnsyncBoxBody<Bytes, io::Error>;

pub fn full(bytes: Bytes) -> Body {
    Full::new(bytes)
        .map_err(|never| match never {})
        .boxed_unsync()
}

/// The whole body.
///
/// # Errors
/// The status that answers a body which is too long, too slow or broken.
pub async fn read(body: Incoming) -> Result<Bytes, StatusCode> {
    match timeout(limits::BODY, collect(body)).await {
        Ok(read) => read,
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

async fn collect(mut body: Incoming) -> Result<Bytes, StatusCode> {
    let mut kept = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(StatusCode::BAD_REQUEST);
        };
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length += data.len();
        if length <= limits::BODY_BYTES {
            kept.extend_from_slice(data);
        } else if length > limits::BODY_BYTES + limits::EXCESS_BYTES {
            break;
        }
    }
    if length > limits::BODY_BYTES {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    Ok(kept.freeze())
}
