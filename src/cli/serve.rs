//! `why401 serve`: the proxy until a signal ends it.

use super::Failure;
use super::banner::{Banner, reachable};
use super::output::say;
use super::passphrase::{Ask, PassphraseFlag};
use super::signals::Signals;
use crate::app::{self, Running};
use crate::config::{self, Annotate, CaStore, Config, HostPattern, Layer, SharedFlags};
use crate::confinement::{self, Confined};
use crate::exit_code::ExitCode;
use crate::telemetry;
use crate::tls::authority::{is_sealed, shell};
use std::fmt::Write as _;
use std::fs::{DirBuilder, File};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{self, Path};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime;
use tokio::time::sleep;

/// Exchanges in flight get this long after the first signal; Kubernetes kills after 30 s.
const DRAIN: Duration = Duration::from_secs(25);
/// A stop that is over by then needs no words.
const UNNOTICED: Duration = Duration::from_millis(200);

/// The flags of `why401 serve`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    shared: SharedFlags,
    #[command(flatten)]
    passphrase: PassphraseFlag,
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let mut config = config::load(arguments.shared.0)?;
    // Its folder is out of reach later.
    let log_file = config.log.open()?;
    let is_sealed = matches!(&config.ca, CaStore::Directory(folder) if is_sealed(folder));
    // While all files are in reach, and before anything else is begun.
    let passphrase = arguments.passphrase.read(is_sealed, Ask::Once)?;
    config.ca_passphrase = passphrase.map(Arc::new);
    let confined = confine(&config).map_err(Failure::System)?;
    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::System)?;
    let code = runtime.block_on(serve(config, log_file, confined));
    // A name lookup that hangs in its thread must not hold the exit.
    runtime.shutdown_background();
    code
}

async fn serve(
    config: Config,
    log_file: Option<File>,
    confined: Confined,
) -> Result<ExitCode, Failure> {
    let mut signals = Signals::listen().map_err(Failure::System)?;
    let sandbox = config.sandbox.clone();
    let parent = config.parent.as_ref();
    let parent = parent.map(|parent| parent.proxy.target.clone());
    let (events, log) = telemetry::log::init(&config.log, log_file);
    let (hosts, annotates) = (
        config.intercept.clone(),
        config.annotate != Annotate::default(),
    );
    let running = tokio::select! {
        started = app::start(config, events) => started?,
        _ = signals.next() => return Ok(ExitCode::Fine),
    };
    // Absolute, so that a pasted line works in any folder.
    let root = running
        .root_file
        .as_deref()
        .and_then(|file| path::absolute(file).ok());
    let env = env_command(running.proxy_addr, root.as_deref(), &hosts);
    let banner = Banner {
        env: &env,
        annotates,
        proxy: running.proxy_addr,
        admin: running.admin_addr,
        root: root.as_deref(),
        made_ca: running.made_ca,
        parent: parent.as_ref(),
        sandbox: sandbox.as_ref(),
    };
    let _ = io::stderr().lock().write_all(banner.to_string().as_bytes());
    report(confined);
    signals.next().await;
    let code = drain(running, signals).await;
    // Writes what is queued still.
    drop(log);
    Ok(code)
}

/// Before there are other threads, which would stay free.
fn confine(config: &Config) -> io::Result<Confined> {
    let folders = config::reach(config);
    // Only what exists can stay in reach. Who cannot make it hears so from the start itself.
    for folder in &folders.write {
        let _ = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    }
    Ok(confinement::confine(&folders)?)
}

fn report(confined: Confined) {
    match confined {
        Confined::Files => {
            tracing::debug!("Landlock: files beyond its own folders are out of reach");
        }
        Confined::FilesInPart => {
            tracing::info!(
                "Landlock: this kernel knows a part of its rules, some files stay in reach"
            );
        }
        Confined::NotFiles => tracing::info!("Landlock: not here, all files stay in reach"),
    }
}

/// `why401 env`, told what it would not find by itself.
fn env_command(proxy: SocketAddr, root: Option<&Path>, hosts: &[HostPattern]) -> String {
    let alone = config::of_clients(Layer::default()).ok();
    let alone = alone.as_ref();
    let mut command = String::from("why401 env");
    let proxy = reachable(proxy);
    if alone.is_none_or(|alone| alone.listen != proxy) {
        let _ = write!(command, " --proxy http://{proxy}");
    }
    let ca = root.and_then(Path::parent);
    if let Some(ca) = ca.filter(|ca| alone.is_none_or(|alone| alone.ca != *ca)) {
        let _ = write!(command, " --ca-dir {}", shell(ca));
    }
    // `env` thinks of git's host itself.
    let known = |host: &HostPattern| {
        host.host == "bitbucket.org" || alone.is_some_and(|alone| alone.hosts.contains(&host.host))
    };
    for host in hosts.iter().filter(|host| !known(host)) {
        let _ = write!(command, " --intercept {host}");
    }
    command
}

/// The first signal lets exchanges finish, a second one does not.
async fn drain(running: Running, mut signals: Signals) -> ExitCode {
    let mut shutdown = pin!(running.shutdown(DRAIN));
    let mut patience = pin!(sleep(UNNOTICED));
    let mut is_told = false;
    loop {
        tokio::select! {
            whole = &mut shutdown => {
                if !whole {
                    say("exchanges that were still in flight after 25 s were cut");
                }
                return ExitCode::Fine;
            }
            signal = signals.next() => return ExitCode::Killed(signal),
            () = &mut patience, if !is_told => {
                say("finishing what is in flight, 25 s at most; a second signal ends it at once");
                is_told = true;
            }
        }
    }
}
