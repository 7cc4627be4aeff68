//! The auth-scheme of an `Authorization` value.

/// The auth-scheme (RFC 9110 11.1), recognised without regard to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    Basic,
    Bearer,
    /// Atlassian Connect's `JWT` (fact A16).
    Jwt,
    OAuth,
    Digest,
    Negotiate,
    /// `token`, GitHub's way.
    Token,
    /// The value begins with the credentials themselves.
    Missing,
    Other,
}
