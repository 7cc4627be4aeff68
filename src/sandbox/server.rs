//! One port with TLS for all of the stand-in's hosts, from its start to its end.

mod body;
mod connection;
mod edge;
mod limits;
mod route;

pub(super) use body::Body;

use super::Bitbucket;
use super::certificates::{CertificateError, Certificates};
use super::git::{self, Repositories};
use connection::Connections;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use time::UtcDateTime;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Where to listen, and what to be.
pub struct Settings {
    /// Port 0 lets the system choose.
    pub listen: SocketAddr,
    pub bitbucket: Bitbucket,
}

/// Why the sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot listen on {address}: {source}; choose another address with --listen")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("cannot make certificates: {0}; report it, this should not happen")]
    Certificates(#[from] CertificateError),
    #[error(transparent)]
    Git(#[from] git::MakeError),
}

/// A sandbox that serves. Dropped without [`Running::shutdown`] it ends as well, but nobody waits for that.
pub struct Running {
    /// With the real port.
    pub address: SocketAddr,
    /// What clients must trust.
    pub root_pem: String,
    pub bitbucket: Arc<Bitbucket>,
    repositories: Arc<Repositories>,
    stop: Stop,
}

/// Ends connections: first politely, then at once.
#[derive(Clone, Default)]
struct Stop {
    polite: CancellationToken,
    at_once: CancellationToken,
    tasks: TaskTracker,
}

/// Makes certificates and repositories, listens, and serves until [`Running::shutdown`].
///
/// # Errors
/// A port that cannot be had, a temporary folder that cannot be written, a git that fails.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    let address = settings.listen;
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let certificates = Certificates::make(UtcDateTime::now())?;
    let repositories = Arc::new(Repositories::make("git").await?);
    let bitbucket = Arc::new(settings.bitbucket);
    let stop = Stop::default();
    let connections = Connections {
        tls: certificates.config.into(),
        stand_in: route::StandIn::new(bitbucket.clone(), repositories.clone()),
        stop: stop.clone(),
    };
    stop.tasks.spawn(connections.accept(listener));
    Ok(Running {
        address,
        root_pem: certificates.root,
        bitbucket,
        repositories,
        stop,
    })
}

impl Running {
    /// Whether git can clone from it: not on a machine without git.
    pub fn has_git(&self) -> bool {
        self.repositories.has_git()
    }

    /// Stops accepting, lets answers that are nearly out go, cuts the rest, and removes the repositories.
    pub async fn shutdown(self) {
        self.stop.polite.cancel();
        self.stop.tasks.close();
        // Cut or not: all have ended afterwards, and with them the children that they own.
        let _ = timeout(limits::LAST_WORDS, self.stop.tasks.wait()).await;
        self.stop.at_once.cancel();
        let _ = timeout(limits::LAST_WORDS, self.stop.tasks.wait()).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.polite.cancel();
        self.stop.at_once.cancel();
    }
}
