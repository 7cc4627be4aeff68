//! `WWW-Authenticate` values as the origin sent them (RFC 9110 11.6.1).

/// One challenge, enough of it to tell which parser of the origin answered (B9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// As sent, capped at 64 characters.
    pub scheme: String,
    /// Unquoted, capped at 128 characters.
    pub realm: Option<String>,
}

impl Challenge {
    /// All challenges of one field value; at most 8 KiB of it and 16 of them.
    pub fn parse(_value: &[u8]) -> Vec<Self> {
        todo!()
    }
}
