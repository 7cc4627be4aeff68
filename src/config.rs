//! The resolved configuration; the only module that reads flags, environment and files.
//!
//! Flags win over `WHY401_*` variables, these over the TOML file, and that over the defaults. Everything but
//! [`load`], its relatives, [`ca_folder`] and [`of_clients`] is a pure function, so that no test depends on the process it runs in.

mod clients;
mod environment;
mod file;
mod flags;
mod layers;
pub(crate) mod parse;
mod reach;
mod resolve;
mod run;
mod setting;
mod stand_in;

pub use crate::host::{ConnectTo, HostPattern, NoProxy, Parent};
pub use crate::output::annotation::Annotate;
pub use crate::proxy::ClientHttp;
pub use crate::telemetry::log::{LogFormat, LogSettings};
pub use crate::tls::origin_side::ExtraRoots;
pub use clients::Clients;
pub use environment::Environment;
pub use flags::{ClientFlags, FolderFlags, RunFlags, SharedFlags};
pub use layers::{ConfigError, Layer};
pub use stand_in::StandIn;

use crate::confinement::Folders;
use crate::secret::Secret;
use ipnet::IpNet;
use layers::Layers;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What `serve` runs with, after flags, `WHY401_*` variables and the TOML file are merged.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// `None`: no admin listener.
    pub admin_listen: Option<SocketAddr>,
    pub ca: CaStore,
    /// Opens the CA key, and protects the one that a first start makes.
    pub ca_passphrase: Option<Arc<Secret>>,
    /// Holds `fingerprint.key` (and more later); `None` keeps everything in memory.
    pub state_dir: Option<PathBuf>,
    pub intercept: Vec<HostPattern>,
    pub allow_client: Vec<IpNet>,
    pub allow_target: Vec<IpNet>,
    pub client_http: ClientHttp,
    /// Extra roots towards the origin.
    pub origin_ca: Vec<ExtraRoots>,
    /// Lists of revoked certificates of origins.
    pub crl: Vec<PathBuf>,
    pub connect_to: Vec<ConnectTo>,
    /// Stands between this proxy and the origins.
    pub parent: Option<Parent>,
    /// Dialled in Bitbucket's place, whatever `connect_to` says; banner and events tell.
    pub sandbox: Option<StandIn>,
    /// Where refused answers say it, besides the field.
    pub annotate: Annotate,
    /// Slugs of the taxonomy that are never reported.
    pub silence: Vec<String>,
    pub log: LogSettings,
}

/// Where the local CA lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaStore {
    Directory(PathBuf),
    Memory,
}

/// Reads the environment of the process and the file that `--config` or `WHY401_CONFIG` names.
///
/// # Errors
/// The first setting that does not stand, with the place where it was written.
pub fn load(flags: Layer) -> Result<Config, ConfigError> {
    let environment = Environment::of_this_process();
    let layers = layers(flags, &environment)?;
    resolve::config(&layers, &environment)
}

/// As [`load`], without a parent proxy: for who wants to know all the same what is at odds with it.
///
/// # Errors
/// As [`load`].
pub fn load_without_parent(flags: Layer) -> Result<Config, ConfigError> {
    load(Layer::of(&[(&setting::PARENT_PROXY, "none")]).or(flags))
}

/// What `run` runs with: as [`load`], but for one command. The places of a lasting proxy (ports, CA, state) are those of
/// another one, so that only flags choose them here.
///
/// # Errors
/// As [`load`].
pub fn load_for_run(flags: Layer) -> Result<Config, ConfigError> {
    let environment = Environment::of_this_process();
    let flags = flags.or(run::layer());
    let folders = run::Folders::of(&flags);
    let layers = layers(flags, &environment)?;
    run::config(&layers, &environment, folders)
}

/// The folder of the CA alone, for commands that need nothing else: their other settings may be wrong.
///
/// # Errors
/// As [`load`].
pub fn ca_folder(flags: Layer) -> Result<PathBuf, ConfigError> {
    let environment = Environment::of_this_process();
    let layers = layers(flags, &environment)?;
    resolve::ca_folder(&layers, &environment)
}

/// The files that `serve` needs from here on.
pub fn reach(config: &Config) -> Folders {
    reach::folders(config, &Environment::of_this_process(), Path::exists)
}

/// What clients of a proxy that runs elsewhere need to know.
///
/// # Errors
/// As [`load`].
pub fn of_clients(flags: Layer) -> Result<Clients, ConfigError> {
    let environment = Environment::of_this_process();
    let layers = layers(flags, &environment)?;
    clients::clients(&layers, &environment)
}

fn layers(flags: Layer, environment: &Environment) -> Result<Layers, ConfigError> {
    Layers::read(flags, environment, |path: &Path| {
        std::fs::read_to_string(path)
    })
}
