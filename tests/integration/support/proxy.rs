//! The proxy in this process, in front of an origin, with its events in hand.

use super::Http;
use super::ca::roots;
use super::client::{Client, Dialer};
use super::origin::Origin;
use super::schema;
use super::{wire::Wire, within};
use serde_json::Value;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tempfile::NamedTempFile;
use time::UtcDateTime;
use tokio::sync::watch;
use why401::app::{self, EventSink, Parts, Running, StartError};
use why401::config::{
    Annotate, CaStore, ClientHttp, Config, ConnectTo, ExtraRoots, HostPattern, LogSettings,
};
use why401::proxy::observe::{Diagnose, Now};
use why401::sandbox::{self, hosts::FILES};
use why401::tls::authority::Authority;
use why401::tls::constraint::Constraint;

pub struct Proxy {
    pub running: Running,
    pub dialer: Dialer,
    events: Judged,
    _origin_ca: NamedTempFile,
}

impl Proxy {
    /// In front of `origin`, whose CA it knows, for both of Bitbucket's names.
    pub async fn before(origin: &Origin) -> Self {
        Self::with(origin, |_| ()).await
    }

    /// [`Proxy::before`], with a configuration that the test changes.
    pub async fn with(origin: &Origin, change: impl FnOnce(&mut Config)) -> Self {
        let proxy = Self::try_with(origin, change).await;
        proxy.unwrap_or_else(|error| panic!("the proxy does not start: {error}"))
    }

    pub async fn try_with(
        origin: &Origin,
        change: impl FnOnce(&mut Config),
    ) -> Result<Self, StartError> {
        Self::start(origin.into(), change, app::start).await
    }

    /// [`Proxy::before`], with another diagnosis.
    pub async fn diagnosing(origin: &Origin, diagnose: Diagnose) -> Self {
        Self::made_of(origin, |parts| Parts { diagnose, ..parts }).await
    }

    /// [`Proxy::before`], with parts that the test changes.
    pub async fn made_of(origin: &Origin, change: impl FnOnce(Parts) -> Parts) -> Self {
        let start = Self::start(
            origin.into(),
            |_| (),
            |config, sink| async {
                let parts = Parts::new(&config, sink)?;
                app::start_with(config, change(parts)).await
            },
        );
        start
            .await
            .unwrap_or_else(|error| panic!("the proxy does not start: {error}"))
    }

    /// [`Proxy::before`], with a log that is a fault.
    pub async fn logging_to(origin: &Origin, sink: EventSink) -> Self {
        let start = Self::start(origin.into(), |_| (), |config, _| app::start(config, sink));
        start
            .await
            .unwrap_or_else(|error| panic!("the proxy does not start: {error}"))
    }

    /// In front of the sandbox, in the time that it lives in, and before its host of files, too.
    pub async fn before_sandbox(sandbox: &sandbox::Running) -> Self {
        let clock = sandbox.bitbucket.clock.clone();
        let folder = tempfile::tempdir().expect("a folder");
        let ca = folder.path().join("ca");
        let scope = Constraint::widened(&[FILES]).expect("a host");
        Authority::create(&ca, &scope, None, UtcDateTime::now()).expect("a CA");
        let target = Target {
            address: sandbox.address,
            root_pem: &sandbox.root_pem,
        };
        let start = Self::start(
            target,
            |config| {
                config.ca = CaStore::Directory(ca);
                config.intercept.push(intercept(FILES));
                config
                    .connect_to
                    .push(route_to(FILES, 443, sandbox.address));
            },
            |config, sink| async {
                let parts = Parts::new(&config, sink)?;
                let now: Now = Arc::new(move || clock.now().into());
                app::start_with(config, Parts { now, ..parts }).await
            },
        );
        start
            .await
            .unwrap_or_else(|error| panic!("the proxy does not start: {error}"))
    }

    async fn start<F>(
        target: Target<'_>,
        change: impl FnOnce(&mut Config),
        start: impl FnOnce(Config, EventSink) -> F,
    ) -> Result<Self, StartError>
    where
        F: Future<Output = Result<Running, StartError>>,
    {
        let mut origin_ca = NamedTempFile::new().expect("a temporary file");
        origin_ca
            .write_all(target.root_pem.as_bytes())
            .expect("a written CA");
        let mut config = defaults();
        config
            .origin_ca
            .push(ExtraRoots::File(origin_ca.path().to_owned()));
        for host in ["api.bitbucket.org", "bitbucket.org"] {
            config.connect_to.push(route_to(host, 443, target.address));
        }
        change(&mut config);
        let (sink, events) = collector();
        let running = within("the proxy's start", start(config, sink)).await?;
        let dialer = Dialer {
            address: running.proxy_addr,
            through_proxy: true,
            roots: roots(&running.root_pem),
        };
        Ok(Self {
            running,
            dialer,
            events: Judged(events),
            _origin_ca: origin_ca,
        })
    }

    /// HTTP/1.1 to api.bitbucket.org by hand.
    pub async fn raw(&self) -> Wire {
        self.dialer.raw().await
    }

    pub async fn http(&self, version: Http) -> Client {
        self.dialer.http(version).await
    }

    /// All events so far.
    pub fn events(&self) -> Vec<Value> {
        self.events.0.borrow().clone()
    }

    /// The first event for which `fits` holds, now or soon.
    pub async fn event(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut events = self.events.0.clone();
        let seen = within(what, events.wait_for(|events| events.iter().any(&fits))).await;
        let seen = seen.expect("the proxy still runs");
        seen.iter()
            .find(|event| fits(event))
            .expect("it was there")
            .clone()
    }

    /// The event of the finding `mistake`.
    pub async fn finding(&self, mistake: &str) -> Value {
        self.event(mistake, |event| event["auth.mistake"] == mistake)
            .await
    }

    /// Ends the proxy; whether nothing had to be cut, and all events.
    pub async fn shutdown(self, limit: Duration) -> (bool, Vec<Value>) {
        let whole = within("the proxy's end", self.running.shutdown(limit)).await;
        (whole, self.events.0.borrow().clone())
    }
}

/// All events so far. When the test is over each must have been what the schema says: a sink that panicked would cost
/// the event alone.
struct Judged(watch::Receiver<Vec<Value>>);

impl Drop for Judged {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.0.borrow().iter().for_each(schema::assert_valid);
        }
    }
}

/// What the proxy stands before.
struct Target<'a> {
    address: SocketAddr,
    root_pem: &'a str,
}

impl<'a> From<&'a Origin> for Target<'a> {
    fn from(origin: &'a Origin) -> Self {
        Self {
            address: origin.address,
            root_pem: &origin.ca.pem,
        }
    }
}

/// A route of `--connect-to` from `host:port` to `origin`.
pub fn route(host: &str, port: u16, origin: &Origin) -> ConnectTo {
    route_to(host, port, origin.address)
}

fn route_to(host: &str, port: u16, address: SocketAddr) -> ConnectTo {
    ConnectTo {
        from_host: Some(host.to_owned()),
        from_port: Some(port),
        to_host: Some(address.ip().to_string()),
        to_port: Some(address.port()),
    }
}

pub fn intercept(host: &str) -> HostPattern {
    HostPattern {
        host: host.to_owned(),
        port: Some(443),
    }
}

fn defaults() -> Config {
    Config {
        listen: "127.0.0.1:0".parse().expect("an address"),
        admin_listen: None,
        ca: CaStore::Memory,
        ca_passphrase: None,
        state_dir: None,
        intercept: vec![intercept("api.bitbucket.org"), intercept("bitbucket.org")],
        allow_client: Vec::new(),
        allow_target: Vec::new(),
        client_http: ClientHttp::Mirror,
        parent: None,
        annotate: Annotate::default(),
        origin_ca: Vec::new(),
        crl: Vec::new(),
        connect_to: Vec::new(),
        sandbox: None,
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

fn collector() -> (EventSink, watch::Receiver<Vec<Value>>) {
    let (sender, receiver) = watch::channel(Vec::new());
    let sink: EventSink = Arc::new(move |record| {
        // What is for people alone is no event.
        let Some(event) = record.json() else { return };
        let event = serde_json::from_str(&event).expect("an event is JSON");
        sender.send_modify(|events| events.push(event));
    });
    (sink, receiver)
}
