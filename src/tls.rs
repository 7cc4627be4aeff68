//! Certificates and TLS on both sides: our CA and its leaves towards clients, verified roots towards the origin.

use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::default_provider;
use std::sync::{Arc, LazyLock};

pub mod authority;
pub mod client_side;
pub mod constraint;
pub mod leaf;
pub mod origin_side;
#[cfg(test)]
pub(crate) mod testing;

/// The HTTP versions that one side of a connection offers (RFC 7301).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alpn {
    /// `http/1.1` alone.
    Http1,
    /// `h2` alone.
    Http2,
    /// `h2`, then `http/1.1`.
    Both,
}

impl Alpn {
    pub(crate) const ALL: [Self; 3] = [Self::Http1, Self::Http2, Self::Both];

    pub(crate) fn protocols(self) -> Vec<Vec<u8>> {
        let ids: &[&[u8]] = match self {
            Self::Http1 => &[b"http/1.1"],
            Self::Http2 => &[b"h2"],
            Self::Both => &[b"h2", b"http/1.1"],
        };
        ids.iter().map(|id| id.to_vec()).collect()
    }
}

/// The one cryptography provider. It is passed to each configuration, never installed for the
/// process, so that nothing can put another in its place.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> = LazyLock::new(|| Arc::new(default_provider()));
    PROVIDER.clone()
}
