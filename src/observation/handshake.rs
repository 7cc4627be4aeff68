//! How the TLS of a client died before there was a request.

use super::Client;

/// A handshake that came to nothing.
#[derive(Clone, Debug)]
pub struct Handshake {
    /// That the CONNECT named; `None` where there was no CONNECT.
    pub host: Option<String>,
    pub ending: Ending,
    /// By the User-Agent of the CONNECT.
    pub client: Client,
    /// The same client came through on another connection: programs also close what they have no use for.
    pub served_otherwise: bool,
}

/// The ways in which runtimes end a handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The alert `unknown_ca`: OpenSSL.
    UnknownCa,
    /// The alert `bad_certificate`: Go.
    BadCertificate,
    /// The alert `certificate_unknown`: Java, and OpenSSL where the certificate itself displeases it.
    CertificateUnknown,
    /// The alert `internal_error`: Java with a trust store that holds nothing.
    InternalError,
    /// The connection ended in the middle, without an alert: Node, Deno; with a reset: Bun.
    Cut,
    /// The handshake came to its end, and then the connection, without a byte: GnuTLS.
    Silent,
    /// There was a TLS handshake where plain HTTP is spoken, on the port of the proxy itself.
    OnPlainPort,
}
