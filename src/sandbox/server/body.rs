//! Bodies: of requests read whole within bounds, of answers in one type.

use super::limits;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
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

/// The whole body; of an upload only its beginning, for nobody looks into it.
///
/// # Errors
/// The status that answers a body which is too long, too slow or broken.
pub async fn read(headers: &HeaderMap, body: Incoming) -> Result<Bytes, StatusCode> {
    match timeout(limits::BODY, collect(body, is_upload(headers))).await {
        Ok(read) => read,
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn is_upload(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"))
}

async fn collect(mut body: Incoming, is_upload: bool) -> Result<Bytes, StatusCode> {
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
        } else if !is_upload && length > limits::BODY_BYTES + limits::EXCESS_BYTES {
            break;
        }
    }
    if !is_upload && length > limits::BODY_BYTES {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    Ok(kept.freeze())
}
