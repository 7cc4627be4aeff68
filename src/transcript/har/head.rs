//! The fields of one head, or of a form, of which those are kept that somebody reads.

use super::super::ReadError;
use super::super::fields::Fields;
use super::super::json::{Json, MAX_TEXT};
use std::borrow::Cow;
use std::io::Read;

/// The fields of a request or an answer of which anything is read.
const READ: [&str; 17] = [
    "host",
    ":authority",
    ":path",
    ":scheme",
    "authorization",
    "connection",
    "user-agent",
    "accept",
    "content-type",
    "cookie",
    "www-authenticate",
    "location",
    "date",
    "x-credential-type",
    "x-oauth-scopes",
    "x-accepted-oauth-scopes",
    "x-token-id",
];

/// Whether anything is read of a field of this name. A browser sends and gets five times as many.
pub fn is_read(name: &str) -> bool {
    READ.iter().any(|read| name.eq_ignore_ascii_case(read))
}

/// A list of `{"name", "value"}`, of which those are kept that are wanted; some write an object of names and values
/// instead.
pub fn fields<R: Read>(
    json: &mut Json<R>,
    is_wanted: fn(&str) -> bool,
) -> Result<Fields, ReadError> {
    let mut fields = Fields::default();
    if json.is_object()? {
        json.members(|json, name| {
            if !is_wanted(name) {
                return json.skip();
            }
            if let Some(value) = json.text(MAX_TEXT)? {
                fields.take(name.to_owned(), value);
            }
            Ok(())
        })?;
        return Ok(fields);
    }
    let mut bytes = Vec::new();
    json.elements(|json| {
        // The name comes first nearly always, and tells whether the value is worth its memory.
        let (mut name, mut value, mut is_other) = (None, None, false);
        json.members(|json, member| {
            match member {
                "name" => {
                    let is_text = json.text_into(&mut bytes, MAX_TEXT)?;
                    name = is_text
                        .then(|| String::from_utf8_lossy(&bytes))
                        .filter(|name| is_wanted(name))
                        .map(Cow::into_owned);
                    is_other = is_text && name.is_none();
                }
                "value" if is_other => json.skip()?,
                "value" => value = json.text(MAX_TEXT)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        if let (Some(name), Some(value)) = (name, value) {
            fields.take(name, value);
        }
        Ok(())
    })?;
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::{RequestSeen, ResponseSeen};

    #[test]
    fn all_fields_are_kept_that_an_observation_reads() {
        for field in RequestSeen::FIELDS.iter().chain(&ResponseSeen::FIELDS) {
            assert!(is_read(&field.as_str().to_uppercase()), "{field}");
        }
        assert!(!is_read("accept-language"));
    }
}
