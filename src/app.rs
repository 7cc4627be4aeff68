//! Composition: from a configuration to a running proxy.

pub mod listen;

use crate::config::Config;
use std::net::SocketAddr;

/// A running proxy; dropping it does not stop it, [`Running::shutdown`] does.
pub struct Running {
    pub proxy_addr: SocketAddr,
    pub admin_addr: Option<SocketAddr>,
    /// The root certificate(s) that clients must trust, PEM.
    pub root_pem: String,
    /// This start made the CA.
    pub made_ca: bool,
}

/// Why the proxy did not start: one line that names the side at fault and the next action.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

/// Where events go: one rendered JSON object per call. Tests pass a collector, `serve` the log writer.
pub type EventSink = std::sync::Arc<dyn Fn(&crate::output::event::Event) + Send + Sync>;

/// Binds, loads or makes the CA, and serves until [`Running::shutdown`].
pub async fn start(_config: Config, _events: EventSink) -> Result<Running, StartError> {
    todo!()
}

impl Running {
    /// Stops accepting and drains for at most `limit`; true when nothing had to be cut.
    pub async fn shutdown(self, _limit: std::time::Duration) -> bool {
        todo!()
    }
}
