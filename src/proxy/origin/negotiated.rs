//! The TLS that was agreed on with an origin, for the log (H-X4).

use crate::host::target::Target;
use rustls::{CipherSuite, ClientConnection, ProtocolVersion};
use std::sync::atomic::{AtomicU16, Ordering};

/// The version of the last connection; 0 before the first.
#[derive(Default)]
pub struct Negotiated(AtomicU16);

impl Negotiated {
    /// Names follow OpenTelemetry. An origin that speaks an older version than before may be another one in its place.
    pub fn note(&self, target: &Target, connection: &ClientConnection) {
        let (Some(version), Some(suite)) = (
            connection.protocol_version(),
            connection.negotiated_cipher_suite(),
        ) else {
            return;
        };
        let before = self.0.swap(version.into(), Ordering::Relaxed);
        let (name, cipher) = (name(version), registered(suite.suite()));
        if before > version.into() {
            tracing::warn!(
                %target, tls.protocol.version = name, tls.cipher = cipher,
                "the origin speaks an older TLS than before (TLS {})", self::name(before.into())
            );
        } else {
            tracing::debug!(
                %target, tls.protocol.version = name, tls.cipher = cipher,
                "connected to the origin"
            );
        }
    }
}

fn name(version: ProtocolVersion) -> &'static str {
    match version {
        ProtocolVersion::TLSv1_2 => "1.2",
        ProtocolVersion::TLSv1_3 => "1.3",
        _ => "unknown",
    }
}

/// As IANA writes it: rustls says `TLS13_` of the suites of TLS 1.3.
fn registered(suite: CipherSuite) -> String {
    format!("{suite:?}").replacen("TLS13_", "TLS_", 1)
}
