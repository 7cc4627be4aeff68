//! Our member in Bitbucket's error envelope; all other bytes stay as they are.

use super::sentence;
use crate::diagnosis::Finding;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// `{"type": "error", "error": {"message": …, "data": {…}}}`, as far as it matters here.
#[derive(Deserialize)]
struct Envelope<'a> {
    r#type: &'a str,
    #[serde(borrow)]
    error: &'a RawValue,
}

#[derive(Deserialize)]
struct Error<'a> {
    #[serde(borrow)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    auth_diagnosis: Option<&'a RawValue>,
}

/// A `null` is present, too: a second member of its name would make the object ambiguous.
fn present<'de: 'a, 'a, D: Deserializer<'de>>(value: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(value).map(Some)
}

/// The envelope with `error.data.auth_diagnosis`; `None` for anything else, and where that place is taken.
pub fn in_envelope(body: &[u8], finding: &Finding) -> Option<Vec<u8>> {
    let body = std::str::from_utf8(body).ok()?;
    let envelope: Envelope<'_> = serde_json::from_str(body).ok()?;
    let error: Error<'_> = serde_json::from_str(envelope.error.get()).ok()?;
    if envelope.r#type != "error" || error.message.is_none() {
        return None;
    }
    let member = serde_json::to_string(&sentence(finding)).ok()?;
    let member = format!(r#""auth_diagnosis":{member}"#);
    match error.data {
        None => {
            let object = envelope.error.get();
            let member = format!(r#""data":{{{member}}}"#);
            Some(with_first_member(body, object, &member))
        }
        Some(data) => {
            let known: Data<'_> = serde_json::from_str(data.get()).ok()?;
            let is_object = data.get().starts_with('{');
            (is_object && known.auth_diagnosis.is_none())
                .then(|| with_first_member(body, data.get(), &member))
        }
    }
}

/// `object` is a part of `body`; `member` goes behind its opening brace.
fn with_first_member(body: &str, object: &str, member: &str) -> Vec<u8> {
    // Both borrow from one buffer, so the distance of their addresses is the place.
    let start = object.as_ptr().addr() - body.as_ptr().addr();
    let (before, after) = body.split_at(start + "{".len());
    let comma = match after.trim_start().starts_with('}') {
        true => "",
        false => ",",
    };
    format!("{before}{member}{comma}{after}").into_bytes()
}
