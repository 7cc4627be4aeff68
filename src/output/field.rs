//! The `x-auth-diagnosis` field: an RFC 9651 List of Tokens with parameters.

use crate::diagnosis::Report;
use http::{HeaderName, HeaderValue};

/// The response field that carries the diagnosis.
pub const X_AUTH_DIAGNOSIS: HeaderName = HeaderName::from_static("x-auth-diagnosis");

/// Renders at most 3 members and 1,024 bytes; `None` for an empty report.
pub fn render(_report: &Report, _event_id: &str) -> Option<HeaderValue> {
    todo!()
}
