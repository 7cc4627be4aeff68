//! What goes wrong on the exchange path, whose side it is, and the one place where it becomes an answer.

use crate::proxy::body::Body;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode, Version};
use std::borrow::Cow;
use std::fmt;

/// RFC 9209.
pub const PROXY_STATUS: &str = "proxy-status";

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Client,
    Origin,
    /// The operator: a parent proxy refused, with this status.
    Parent(StatusCode),
    Proxy,
}

/// An exchange that we have to answer ourselves.
///
/// The text never holds bytes of the request (invariant: no echo), only our own words and what the origin's
/// certificate or the operating system says.
#[derive(Clone, Debug)]
pub struct ProxyError {
    pub side: Side,
    pub status: StatusCode,
    /// RFC 9209 2.3 error type.
    pub kind: &'static str,
    /// One line: what happened and the next action. Visible ASCII without `"` and `\`.
    pub text: Cow<'static, str>,
}

impl ProxyError {
    pub const fn client(status: StatusCode, kind: &'static str, text: &'static str) -> Self {
        Self {
            side: Side::Client,
            status,
            kind,
            text: Cow::Borrowed(text),
        }
    }

    /// The client asked for something that is not well-formed; a 400.
    pub const fn bad_request(text: &'static str) -> Self {
        Self::client(StatusCode::BAD_REQUEST, "http_request_error", text)
    }

    pub fn origin(
        status: StatusCode,
        kind: &'static str,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            side: Side::Origin,
            status,
            kind,
            text: visible(text.into()),
        }
    }

    pub const fn proxy(kind: &'static str, text: &'static str) -> Self {
        Self {
            side: Side::Proxy,
            status: StatusCode::INTERNAL_SERVER_ERROR,
            kind,
            text: Cow::Borrowed(text),
        }
    }

    /// `why401; error=…; details="…"` (RFC 9209).
    pub fn proxy_status(&self) -> HeaderValue {
        HeaderValue::from_str(&format!(
            "why401; error={}; details=\"{}\"",
            self.kind, self.text
        ))
        .unwrap_or(HeaderValue::from_static(
            "why401; error=proxy_internal_error",
        ))
    }

    /// The answer: status, `Proxy-Status`, a short text. The client's connection ends when it was at fault.
    pub fn respond(&self, version: Version) -> Response<Body> {
        let text = format!("why401: {}\n", self.text);
        let mut response = Response::new(Body::text(String::new()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        headers.insert(CONTENT_LENGTH, HeaderValue::from(text.len()));
        headers.insert(PROXY_STATUS, self.proxy_status());
        if self.side == Side::Client && version < Version::HTTP_2 {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        *response.body_mut() = Body::text(text);
        response
    }
}

fn visible(text: Cow<'static, str>) -> Cow<'static, str> {
    let plain = |c: char| (' '..='~').contains(&c) && c != '"' && c != '\\';
    if text.chars().all(plain) {
        return text;
    }
    text.chars()
        .map(|c| if plain(c) { c } else { '?' })
        .collect::<String>()
        .into()
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for ProxyError {}
