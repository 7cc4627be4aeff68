//! The body of an answer among the words that a client printed around it.

use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// Places at which an object may begin that are looked at.
const MOST_PLACES: usize = 16;

/// Leaves the first object of JSON, if there is one; else everything.
pub fn narrow(body: &mut Vec<u8>) {
    if let Some((start, end)) = object(body) {
        body.truncate(end);
        body.drain(..start);
    }
}

/// At the beginning of a line, or behind a word: `401 {"type": "error"}`, `b'{"type": "error"}'`.
fn object(body: &[u8]) -> Option<(usize, usize)> {
    let begins = |at: &usize| {
        body[*at] == b'{' && (*at == 0 || matches!(body[at - 1], b'\n' | b' ' | b'\'' | b'"'))
    };
    let mut places = (0..body.len()).filter(begins).take(MOST_PLACES);
    places.find_map(|start| {
        let mut values = Deserializer::from_slice(&body[start..]).into_iter::<IgnoredAny>();
        let is_whole = matches!(values.next(), Some(Ok(_)));
        is_whole.then(|| (start, start + values.byte_offset()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn narrowed(body: &str) -> String {
        let mut body = body.as_bytes().to_vec();
        narrow(&mut body);
        String::from_utf8(body).unwrap()
    }

    #[test]
    fn what_stands_around_goes() {
        let object = "{\"type\": \"error\",\n \"error\": {\"message\": \"x\"}}";
        for body in [
            object.to_owned(),
            format!("{object}\nTraceback (most recent call last):\n"),
            format!("DEBUG:x:y\n401 {object}% \n"),
            format!("b'{object}'\n"),
            format!("a {{ b\n{object}\n"),
        ] {
            assert_eq!(narrowed(&body), object, "{body}");
        }
    }

    #[test]
    fn other_bodies_stay() {
        for body in ["Invalid credentials\n", "<html>{}</html>", "{\"cut", ""] {
            assert_eq!(narrowed(body), body);
        }
    }
}
