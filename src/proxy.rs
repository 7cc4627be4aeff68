//! The exchange path: from an accepted connection to an annotated answer.

pub mod access;
pub mod body;
mod connect;
mod connection;
mod counted;
pub mod error;
mod fields;
mod forward;
mod head_answer;
pub mod head_gate;
mod intercept;
pub mod limits;
pub mod observe;
pub mod origin;
mod prefixed;
mod route;
mod socket;
mod switch;
mod tunnel;

pub use connection::accept;

use crate::host::HostPattern;
use crate::host::target::Target;
use crate::metrics::Metrics;
use crate::onboarding::Onboarding;
use crate::telemetry::tally::Tally;
use crate::tls::client_side::ClientSide;
use observe::Observer;
use origin::Origins;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Everything that the connections of one proxy share.
pub struct Proxy {
    pub intercept: Vec<HostPattern>,
    pub client_http: ClientHttp,
    pub origins: Origins,
    pub client_side: ClientSide,
    pub observer: Observer,
    /// Answers for the reserved host.
    pub onboarding: Arc<Onboarding>,
    pub metrics: Arc<Metrics>,
    pub tally: Arc<Tally>,
    /// Our name in `Via` (RFC 9110 7.6.3), one per process: seeing it in a request means a loop.
    pub pseudonym: String,
    pub drain: Drain,
}

/// HTTP versions offered to clients of an intercepted host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ClientHttp {
    /// h2 when the origin speaks it, http/1.1 always.
    #[default]
    Mirror,
    Http1,
    Http2,
}

/// How a proxy ends: connections are told to finish, and waited for.
#[derive(Clone, Default)]
pub struct Drain {
    pub stopping: CancellationToken,
    /// Ends what has not ended in time.
    pub cutting: CancellationToken,
    pub tasks: TaskTracker,
}

impl Drain {
    /// Runs a connection until it ends, or is cut.
    pub fn spawn(&self, connection: impl Future<Output = ()> + Send + 'static) {
        let cut = self.cutting.clone();
        self.tasks
            .spawn(async move { cut.run_until_cancelled(connection).await });
    }
}

const HTTP: u16 = 80;
const HTTPS: u16 = 443;

impl Proxy {
    /// True for a host and port whose exchanges are decrypted; everything else is a blind tunnel.
    pub fn intercepts(&self, target: &Target) -> bool {
        let matches = |name| {
            self.intercept
                .iter()
                .any(|pattern| pattern.matches(name, target.port))
        };
        target.host.name().is_some_and(matches)
    }

    /// Whether exchanges with this target are diagnosed: what is intercepted, and plain `http://` to such a host, where
    /// credentials are a mistake of their own.
    pub fn diagnoses(&self, target: &Target) -> bool {
        let with_tls = || Target {
            port: HTTPS,
            ..target.clone()
        };
        self.intercepts(target) || target.port == HTTP && self.intercepts(&with_tls())
    }
}
