//! One response of the sandbox, and the shapes that Bitbucket gives to its refusals.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

/// A whole response, small enough to be held.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    pub fn json(status: StatusCode, value: &Value) -> Self {
        Self {
            body: value.to_string().into(),
            ..Self::empty(status)
        }
        .with(CONTENT_TYPE, "application/json; charset=utf-8")
    }

    pub fn text(status: StatusCode, text: impl Into<String>) -> Self {
        Self {
            body: text.into().into(),
            ..Self::empty(status)
        }
        .with(CONTENT_TYPE, "text/plain; charset=utf-8")
    }

    /// The REST error envelope with nothing but a message (B33).
    pub fn error(status: StatusCode, message: &str) -> Self {
        Self::json(
            status,
            &json!({"type": "error", "error": {"message": message}}),
        )
    }

    /// A 302.
    pub fn redirect(location: &str) -> Self {
        Self::empty(StatusCode::FOUND).with(LOCATION, location)
    }

    /// Adds a field; a value that cannot stand in one is left out.
    pub fn with(mut self, name: impl Into<HeaderName>, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name.into(), value);
        }
        self
    }
}
