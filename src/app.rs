//! Composition: from a configuration to a running proxy.

mod expiry;
mod key_file;
pub mod listen;

pub use crate::telemetry::EventSink;
pub use key_file::for_this_run as key_for_this_run;

use crate::admin::{self, Admin};
use crate::config::{CaStore, Config, StandIn};
use crate::diagnosis::{self, Silenced};
use crate::metrics::Metrics;
use crate::onboarding::Onboarding;
use crate::output::event::SANDBOX;
use crate::proxy::access::Access;
use crate::proxy::observe::{Diagnose, Memo, Now, Observer, Served, now};
use crate::proxy::origin::{Dialer, Origins, Via, by_the_system};
use crate::proxy::{self, Drain, Proxy};
use crate::telemetry::ids::random_hex;
use crate::telemetry::reporter::Reporter;
use crate::telemetry::tally::Tally;
use crate::tls::authority::{Authority, AuthorityError};
use crate::tls::client_side::ClientSide;
use crate::tls::constraint::Constraint;
use crate::tls::origin_side::OriginSide;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use time::UtcDateTime;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// A running proxy; dropping it does not stop it, [`Running::shutdown`] does.
pub struct Running {
    pub proxy_addr: SocketAddr,
    pub admin_addr: Option<SocketAddr>,
    /// The root certificate that clients must trust, PEM.
    pub root_pem: String,
    /// Where it lies; `None` for a CA in memory.
    pub root_file: Option<PathBuf>,
    /// True when this start made the CA.
    pub made_ca: bool,
    drain: Drain,
    reporter: Arc<Reporter>,
}

/// Why the proxy did not start: one line that names the side at fault and the next action.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

/// What the proxy is given beside its configuration.
pub struct Parts {
    pub events: EventSink,
    /// Tests put a faulty one here, to show that it harms no exchange.
    pub diagnose: Diagnose,
    /// What exchanges are dated and judged by. Certificates are not: clients check them by their own clock.
    pub now: Now,
    /// Counts what goes through, by place.
    pub tally: Arc<Tally>,
}

impl Parts {
    /// The real diagnosis, and this machine's clock.
    ///
    /// # Errors
    /// A finding to be silenced that does not exist.
    pub fn new(config: &Config, events: EventSink) -> Result<Self, StartError> {
        let silence =
            Silenced::of(&config.silence).map_err(|error| StartError(error.to_string()))?;
        Ok(Self {
            events,
            diagnose: Arc::new(move |seen, past, clock| {
                diagnosis::diagnose(seen, past, clock, &silence)
            }),
            now: Arc::new(now),
            tally: Arc::default(),
        })
    }
}

/// Binds, loads or makes the CA, and serves until [`Running::shutdown`].
///
/// # Errors
/// A port in use, a CA that cannot be used or does not cover an intercepted host, roots that cannot be read.
pub async fn start(config: Config, events: EventSink) -> Result<Running, StartError> {
    let parts = Parts::new(&config, events)?;
    start_with(config, parts).await
}

/// [`start`] with other parts.
///
/// # Errors
/// As [`start`].
pub async fn start_with(config: Config, parts: Parts) -> Result<Running, StartError> {
    let (authority, made_ca) = authority(&config)?;
    let listener = listen::listen(config.listen, "--listen").await?;
    let admin_listener = match config.admin_listen {
        Some(address) => Some(listen::listen(address, "--admin-listen").await?),
        None => None,
    };
    let metrics = Arc::new(Metrics::new());
    let reporter = Arc::new(Reporter::new(
        parts.events,
        metrics.clone(),
        &config.log,
        config.sandbox.as_ref().map(|_| SANDBOX),
    ));
    let drain = Drain::default();
    let running = Running {
        proxy_addr: listen::local(&listener)?,
        admin_addr: admin_listener.as_ref().map(listen::local).transpose()?,
        root_pem: authority.root_pem().to_owned(),
        root_file: authority.folder().map(|folder| folder.join("root.pem")),
        made_ca,
        drain: drain.clone(),
        reporter: reporter.clone(),
    };
    let own = [Some(running.proxy_addr), running.admin_addr];
    let own = own.into_iter().flatten().collect();
    let observer = Observer {
        key: key_file::load_or_create(config.state_dir.as_deref())?,
        diagnose: parts.diagnose,
        now: parts.now,
        annotate: config.annotate,
        memo: Memo::default(),
        served: Served::default(),
        history: Mutex::default(),
        reporter: reporter.clone(),
        metrics: metrics.clone(),
    };
    let onboarding = Onboarding::new(&authority, &config.intercept, running.proxy_addr);
    let onboarding = Arc::new(onboarding);
    let (stopping, cutting) = (drain.stopping.clone(), drain.cutting.clone());
    let proxy = Proxy {
        tally: parts.tally,
        ..proxy(config, authority, observer, onboarding.clone(), own, drain)?
    };
    let reporting = cutting.clone();
    tokio::spawn(async move { reporting.run_until_cancelled(reporter.run()).await });
    warn_of_expiry(proxy.client_side.authority().clone(), cutting.clone());
    tokio::spawn(proxy::accept(Arc::new(proxy), listener));
    if let Some(listener) = admin_listener {
        let admin = admin::serve(
            Arc::new(Admin {
                metrics,
                onboarding,
                stopping,
            }),
            listener,
        );
        // Says "draining" until the end.
        tokio::spawn(async move { cutting.run_until_cancelled(admin).await });
    }
    Ok(running)
}

fn warn_of_expiry(authority: Arc<Authority>, cutting: CancellationToken) {
    tokio::spawn(async move {
        let warnings = expiry::warn(&authority, UtcDateTime::now, |line| {
            tracing::warn!("{line}");
        });
        cutting.run_until_cancelled(warnings).await
    });
}

fn proxy(
    config: Config,
    authority: Authority,
    observer: Observer,
    onboarding: Arc<Onboarding>,
    own: Vec<SocketAddr>,
    drain: Drain,
) -> Result<Proxy, StartError> {
    let tls = OriginSide::new(&config.origin_ca, &config.crl, &authority)
        .map_err(|error| StartError(error.to_string()))?;
    for warning in tls.warnings() {
        tracing::warn!("{warning}");
    }
    let stand_in = config.sandbox.iter().flat_map(StandIn::connect_to);
    let connect_to = stand_in.chain(config.connect_to).collect();
    let access = Access {
        clients: config.allow_client,
        targets: config.allow_target,
    };
    let pseudonym = format!("why401-{}", random_hex());
    Ok(Proxy {
        intercept: config.intercept,
        client_http: config.client_http,
        origins: Origins::new(Dialer {
            tls,
            access,
            connect_to,
            parent: Via {
                parent: config.parent,
                pseudonym: pseudonym.clone(),
            },
            own,
            lookup: by_the_system,
        }),
        client_side: ClientSide::new(Arc::new(authority)),
        metrics: observer.metrics.clone(),
        tally: Arc::default(),
        observer,
        onboarding,
        pseudonym,
        drain,
    })
}

impl Running {
    /// Stops accepting and lets what is in flight end for at most `limit`; true when nothing had to be cut.
    pub async fn shutdown(self, limit: Duration) -> bool {
        self.drain.stopping.cancel();
        self.drain.tasks.close();
        let ended = timeout(limit, self.drain.tasks.wait()).await.is_ok();
        self.drain.cutting.cancel();
        self.reporter.flush();
        ended
    }
}

fn authority(config: &Config) -> Result<(Authority, bool), StartError> {
    let now = UtcDateTime::now();
    let (authority, is_new) = match &config.ca {
        CaStore::Directory(folder) => in_folder(config, folder, now)?,
        CaStore::Memory => (in_memory(config, now)?, true),
    };
    match outside(config, |host| authority.covers(host)) {
        Some(host) => Err(StartError(authority.outside(host))),
        None => Ok((authority, is_new)),
    }
}

/// The first intercepted host that is not covered.
fn outside(config: &Config, covers: impl Fn(&str) -> bool) -> Option<&str> {
    let mut hosts = config.intercept.iter().map(|pattern| pattern.host.as_str());
    hosts.find(|host| !covers(host))
}

fn in_folder(
    config: &Config,
    folder: &Path,
    now: UtcDateTime,
) -> Result<(Authority, bool), StartError> {
    let constraint = Constraint::default();
    let passphrase = config.ca_passphrase.as_deref();
    // A CA that the very same start would refuse is not made.
    if let Some(host) = outside(config, |host| constraint.covers(host))
        && matches!(
            Authority::open(folder, passphrase, now),
            Err(AuthorityError::Absent(_))
        )
    {
        return Err(StartError(constraint.outside_at_first(host, folder)));
    }
    Authority::open_or_create(folder, &constraint, passphrase, now)
        .map_err(|error| StartError(error.to_string()))
}

/// Nobody but the clients of this start trusts it, so it is made for what they asked for.
fn in_memory(config: &Config, now: UtcDateTime) -> Result<Authority, StartError> {
    let usual = Constraint::default();
    let hosts = config.intercept.iter().map(|pattern| &pattern.host);
    let further: Vec<&String> = hosts.filter(|host| !usual.covers(host)).collect();
    let constraint = Constraint::widened(&further)
        .map_err(|error| StartError(format!("--intercept: {error}")))?;
    Authority::in_memory(&constraint, now).map_err(|error| StartError(error.to_string()))
}
