//! TLS towards origins: always verified, by the platform's roots and added ones, never by our own CA.

mod explain;
mod revocation;
mod roots;
#[cfg(test)]
mod tests;
mod verifier;

pub use explain::{Explained, explain, explain_alert, is_no_application_protocol};
pub use roots::{ExtraRoots, RootsError};

use super::authority::Authority;
use super::{Alpn, provider};
use roots::Roots;
use rustls::client::danger::ServerCertVerifier;
use rustls::client::{ClientSessionMemoryCache, ClientSessionStore, Resumption};
use rustls::pki_types::{ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, HandshakeKind};
use std::path::PathBuf;
use std::sync::Arc;
use verifier::OriginVerifier;

/// The sessions that are kept for resumption; rustls keeps 8 for each of an eighth as many servers.
const SESSIONS: usize = 256;

/// One configuration per ALPN offer; all share one verifier and one store of sessions.
pub struct OriginSide {
    /// In the order of [`Alpn::ALL`].
    configs: [Arc<ClientConfig>; 3],
    verifier: Arc<OriginVerifier>,
    sessions: Arc<ClientSessionMemoryCache>,
    warnings: Vec<String>,
}

impl OriginSide {
    /// Loads the platform's roots (or those of `SSL_CERT_FILE`, `SSL_CERT_DIR`) and `extra_roots`;
    /// certificates of `own` are left out of both. `crls` are files of revoked certificates.
    ///
    /// Blocking: reads files. Call it once, at start.
    pub fn new(
        extra_roots: &[ExtraRoots],
        crls: &[PathBuf],
        own: &Authority,
    ) -> Result<Self, RootsError> {
        Self::with(Roots::load(extra_roots, own)?, crls, own)
    }

    fn with(roots: Roots, crls: &[PathBuf], own: &Authority) -> Result<Self, RootsError> {
        let store = Arc::new(roots.store);
        let (lists, outdated) = revocation::load(crls, &store, UnixTime::now())?;
        let verifier = Arc::new(OriginVerifier::new(store, lists, own)?);
        let mut base = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("the provider has cipher suites for TLS 1.2 and 1.3")
            // rustls calls every verifier but its own dangerous. Ours asks rustls' own first and
            // then only refuses more.
            .dangerous()
            .with_custom_certificate_verifier(verifier.clone())
            .with_no_client_auth();
        let sessions = Arc::new(ClientSessionMemoryCache::new(SESSIONS));
        base.resumption = Resumption::store(sessions.clone());
        let configs = Alpn::ALL.map(|alpn| {
            let mut config = base.clone();
            config.alpn_protocols = alpn.protocols();
            Arc::new(config)
        });
        Ok(Self {
            configs,
            verifier,
            sessions,
            warnings: roots.warning.into_iter().chain(outdated).collect(),
        })
    }

    /// The configuration that offers `alpn`: no client certificate, no early data.
    pub fn config(&self, alpn: Alpn) -> &Arc<ClientConfig> {
        &self.configs[alpn as usize]
    }

    /// Whether the certificate that a resumed session stands for would be accepted at `now`, too: no resumed handshake
    /// shows one, and sessions renew each other for as long as the process lives (H-U44). If not, they are forgotten.
    pub fn still_holds(
        &self,
        connection: &ClientConnection,
        name: &ServerName<'static>,
        now: UnixTime,
    ) -> bool {
        if connection.handshake_kind() != Some(HandshakeKind::Resumed) {
            return true;
        }
        let holds = match connection.peer_certificates() {
            Some([leaf, chain @ ..]) => self
                .verifier
                .verify_server_cert(leaf, chain, name, &[], now)
                .is_ok(),
            _ => false,
        };
        if !holds {
            self.sessions.remove_tls12_session(name);
            while self.sessions.take_tls13_ticket(name).is_some() {}
        }
        holds
    }

    /// Lines for the log: roots could not be read but others suffice to start, or a list of revoked certificates is
    /// out of date.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}
