//! Sandbox and proxy in one process, on ports of the system's choice, with one clock and no file.

use super::client::Client;
use crate::app::{self, EventSink, Parts, StartError};
use crate::config::{
    Annotate, CaStore, ClientHttp, Config, ConnectTo, ExtraRoots, HostPattern, LogSettings,
};
use crate::sandbox::clock::Clock;
use crate::sandbox::reading::Reading;
use crate::sandbox::{self, Bitbucket};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use time::UtcDateTime;
use time::macros::utc_datetime;

/// Nobody waits for what is in flight when a demonstration ends.
const DRAIN: Duration = Duration::from_millis(100);
const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// When the credentials are minted: everything that has ended so far had ended.
pub const OPENING_DAY: UtcDateTime = utc_datetime!(2026-11-24 9:00);

/// Everything that runs.
pub struct Stage {
    pub bitbucket: Arc<Bitbucket>,
    pub proxy: app::Running,
    sandbox: sandbox::Running,
}

impl Stage {
    /// Starts both; the sandbox's credentials are minted at `date`, from which its clock, and the proxy's, runs on.
    ///
    /// # Errors
    /// No port, no temporary folder, no randomness: what every program needs.
    pub async fn start(date: UtcDateTime, events: EventSink) -> Result<Self, StartError> {
        let clock = Clock::starting_at(date);
        let settings = sandbox::Settings {
            listen: ANY_PORT,
            bitbucket: Bitbucket::new(clock.clone(), Reading::default()),
        };
        let sandbox = sandbox::start(settings)
            .await
            .map_err(|error| StartError(error.to_string()))?;
        let config = config(sandbox.address, sandbox.root_pem.clone());
        let mut parts = Parts::new(&config, events)?;
        parts.now = Arc::new(move || clock.now().into());
        let proxy = app::start_with(config, parts).await?;
        Ok(Self {
            bitbucket: sandbox.bitbucket.clone(),
            proxy,
            sandbox,
        })
    }

    /// One that goes through the proxy.
    ///
    /// # Errors
    /// None that is known for a root made by this program.
    pub fn client(&self) -> Result<Client, StartError> {
        Client::new(self.proxy.proxy_addr, &self.proxy.root_pem)
            .map_err(|error| StartError(format!("the demonstration's own client: {error}")))
    }

    /// Ends both; afterwards every event has been written.
    pub async fn end(self) {
        // At once, because somebody who pressed Ctrl-C waits for both.
        tokio::join!(self.proxy.shutdown(DRAIN), self.sandbox.shutdown());
    }
}

fn config(sandbox: SocketAddr, root_pem: String) -> Config {
    let hosts = ["api.bitbucket.org", "bitbucket.org"];
    let pattern = |host: &str| HostPattern {
        host: host.to_owned(),
        port: Some(443),
    };
    // Whatever else a client asks for: nothing may leave this machine.
    let to_sandbox = ConnectTo {
        from_host: None,
        from_port: None,
        to_host: Some(sandbox.ip().to_string()),
        to_port: Some(sandbox.port()),
    };
    Config {
        listen: ANY_PORT,
        admin_listen: None,
        ca: CaStore::Memory,
        ca_passphrase: None,
        state_dir: None,
        intercept: hosts.map(pattern).into(),
        allow_client: Vec::new(),
        allow_target: Vec::new(),
        client_http: ClientHttp::Mirror,
        parent: None,
        annotate: Annotate::default(),
        origin_ca: vec![ExtraRoots::Memory(root_pem)],
        crl: Vec::new(),
        connect_to: vec![to_sandbox],
        sandbox: Some(sandbox.into()),
        silence: Vec::new(),
        log: LogSettings {
            format: None,
            level: tracing::Level::INFO,
            every: true,
            show_user_ids: false,
            file: None,
        },
    }
}
