//! TLS towards clients: one configuration per intercepted host and ALPN set.

use super::authority::Authority;
use super::leaf::{Leaf, LeafError};
use super::{Alpn, provider};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::Ticketer;
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use time::UtcDateTime;

#[cfg(test)]
mod tests;

/// Only listed hosts are intercepted, so this is far above any real use (H-A6).
const MOST_HOSTS: usize = 256;

/// Leaves and server configurations, made when first needed and kept in memory only.
pub struct ClientSide {
    authority: Arc<Authority>,
    /// Read on each connection, written when a leaf is new; never held across an await.
    hosts: RwLock<HashMap<Box<str>, Host>>,
    refusing: Arc<ServerConfig>,
}

struct Host {
    leaf: Leaf,
    /// In the order of [`Alpn::ALL`].
    configs: [Arc<ServerConfig>; 3],
}

impl ClientSide {
    pub fn new(authority: Arc<Authority>) -> Self {
        Self {
            authority,
            hosts: RwLock::default(),
            refusing: Arc::new(server_config(Arc::new(NoCertificate))),
        }
    }

    /// The configuration for `host` (canonical) at `now`: TLS 1.2 and 1.3, a leaf for exactly this
    /// host whatever the client names, tickets that no other host accepts (H-X2), no early data.
    pub fn config(
        &self,
        host: &str,
        alpn: Alpn,
        now: UtcDateTime,
    ) -> Result<Arc<ServerConfig>, LeafError> {
        if let Some(config) = self.cached(host, alpn, now) {
            return Ok(config);
        }
        // Made outside the lock: two first connections may both mint, and the later one replaces
        // an equal.
        let made = Host::new(Leaf::mint(&self.authority, host, now)?)?;
        let config = made.config(alpn);
        self.keep(host, made);
        Ok(config)
    }

    /// Ends a handshake with the alert `access_denied`: for a client that names another host than
    /// its CONNECT did (H-M3).
    pub fn refusing(&self) -> Arc<ServerConfig> {
        self.refusing.clone()
    }

    pub fn authority(&self) -> &Arc<Authority> {
        &self.authority
    }

    fn cached(&self, host: &str, alpn: Alpn, now: UtcDateTime) -> Option<Arc<ServerConfig>> {
        let hosts = self.hosts.read().unwrap_or_else(PoisonError::into_inner);
        let found = hosts.get(host)?;
        found.leaf.is_fresh(now).then(|| found.config(alpn))
    }

    fn keep(&self, host: &str, made: Host) {
        let mut hosts = self.hosts.write().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MOST_HOSTS && !hosts.contains_key(host) {
            let oldest = hosts.iter().min_by_key(|(_, host)| host.leaf.not_after());
            if let Some(name) = oldest.map(|(name, _)| name.clone()) {
                hosts.remove(&name);
            }
        }
        hosts.insert(host.into(), made);
    }
}

impl Host {
    fn new(leaf: Leaf) -> Result<Self, LeafError> {
        let resolver = Arc::new(SingleCertAndKey::from(leaf.certified.clone()));
        let mut base = server_config(resolver);
        // Its keys belong to this host alone, so a ticket of another host cannot be read here.
        base.ticketer = Ticketer::new()?;
        let configs = Alpn::ALL.map(|alpn| {
            let mut config = base.clone();
            config.alpn_protocols = alpn.protocols();
            if alpn != Alpn::Http2 {
                // `curl -0` offers nothing else.
                config.alpn_protocols.push(b"http/1.0".to_vec());
            }
            Arc::new(config)
        });
        Ok(Self { leaf, configs })
    }

    fn config(&self, alpn: Alpn) -> Arc<ServerConfig> {
        self.configs[alpn as usize].clone()
    }
}

fn server_config(resolver: Arc<dyn ResolvesServerCert>) -> ServerConfig {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("the provider has cipher suites for TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    // Tickets carry the sessions; a table of them would only take memory.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config
}

#[derive(Debug)]
struct NoCertificate;

impl ResolvesServerCert for NoCertificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        None
    }
}
