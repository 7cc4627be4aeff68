//! The text of a held body, decoded within the same bound (H-D6).

use crate::proxy::limits::HOLD_BYTES;
use bytes::Bytes;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use std::io::Read;

/// The first [`HOLD_BYTES`] of text or JSON; `None` for other types, unknown codings and empty bodies.
pub fn text<'a>(headers: &HeaderMap, held: impl Iterator<Item = &'a Bytes>) -> Option<Vec<u8>> {
    if !is_text(headers) {
        return None;
    }
    let mut raw = Vec::new();
    for chunk in held {
        let room = HOLD_BYTES - raw.len();
        raw.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    let text = match coding(headers)? {
        Coding::Identity => raw,
        Coding::Gzip => prefix(MultiGzDecoder::new(&raw[..])),
        Coding::Deflate => prefix(ZlibDecoder::new(&raw[..])),
    };
    (!text.is_empty()).then_some(text)
}

/// Refusals come as JSON or as text; some come without a type.
fn is_text(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE) else {
        return true;
    };
    kind.to_str().is_ok_and(|kind| {
        let kind = kind.trim_start().to_ascii_lowercase();
        kind.starts_with("text/")
            || kind.starts_with("application/") && kind.contains("json")
            || kind.starts_with("application/x-git-")
    })
}

enum Coding {
    Identity,
    Gzip,
    Deflate,
}

fn coding(headers: &HeaderMap) -> Option<Coding> {
    let mut codings = headers.get_all(CONTENT_ENCODING).iter();
    let Some(first) = codings.next() else {
        return Some(Coding::Identity);
    };
    if codings.next().is_some() {
        return None;
    }
    match first.to_str().ok()?.trim().to_ascii_lowercase().as_str() {
        "identity" | "" => Some(Coding::Identity),
        "gzip" | "x-gzip" => Some(Coding::Gzip),
        "deflate" => Some(Coding::Deflate),
        _ => None,
    }
}

/// What decodes before the bound or the first fault: a cut body still tells what its beginning says.
fn prefix(decoder: impl Read) -> Vec<u8> {
    let mut text = Vec::new();
    // On a fault the bytes decoded so far stay.
    let _ = decoder.take(HOLD_BYTES as u64).read_to_end(&mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use http::HeaderValue;
    use std::io::Write;

    fn headers(kind: &'static str, coding: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Some(coding) = coding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        headers
    }

    fn gzip(text: &[u8]) -> Bytes {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap().into()
    }

    #[test]
    fn json_is_read_plain_and_gzipped() {
        let json = Bytes::from_static(b"{\"type\":\"error\"}");
        let plain = text(
            &headers("application/json; charset=utf-8", None),
            [&json].into_iter(),
        );
        assert_eq!(plain.as_deref(), Some(&json[..]));
        let unzipped = text(
            &headers("application/json", Some("gzip")),
            [&gzip(&json)].into_iter(),
        );
        assert_eq!(unzipped.as_deref(), Some(&json[..]));
    }

    /// H-D6: ten times the bound in a few bytes, and what is no text at all.
    #[test]
    fn a_bomb_stays_within_the_bound_and_other_things_are_not_read() {
        let bomb = gzip(&vec![b'x'; 10 * HOLD_BYTES]);
        assert_eq!(
            text(&headers("text/plain", Some("gzip")), [&bomb].into_iter())
                .unwrap()
                .len(),
            HOLD_BYTES
        );
        let zip = Bytes::from_static(b"PK");
        assert_eq!(
            text(&headers("application/zip", None), [&zip].into_iter()),
            None
        );
        assert_eq!(
            text(&headers("text/plain", Some("br")), [&zip].into_iter()),
            None
        );
    }
}
