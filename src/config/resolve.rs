//! From what people wrote to the configuration that runs.

use super::environment::Environment;
use super::layers::{ConfigError, Layers, Place};
use super::setting::{self, Setting};
use super::{Annotate, CaStore, Config, ExtraRoots, HostPattern, LogSettings, parse};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

mod parent;
#[cfg(test)]
mod tests;

pub fn config(layers: &Layers, environment: &Environment) -> Result<Config, ConfigError> {
    let ca = CaStore::Directory(ca_folder(layers, environment)?);
    let state_dir = state_dir(layers, environment);
    with_folders(layers, environment, ca, state_dir)
}

/// Everything but the folders, which not every command keeps.
pub fn with_folders(
    layers: &Layers,
    environment: &Environment,
    ca: CaStore,
    state_dir: Option<PathBuf>,
) -> Result<Config, ConfigError> {
    let mut config = Config {
        listen: with_default(layers, &setting::LISTEN, parse::address)?,
        admin_listen: with_default(layers, &setting::ADMIN_LISTEN, parse::address_or_none)?,
        ca,
        ca_passphrase: None,
        state_dir,
        intercept: intercept(layers)?,
        allow_client: layers.many(&setting::ALLOW_CLIENT, parse::network)?,
        allow_target: layers.many(&setting::ALLOW_TARGET, parse::network)?,
        client_http: layers
            .one(&setting::CLIENT_HTTP, parse::client_http)?
            .unwrap_or_default(),
        origin_ca: layers
            .paths(&setting::ORIGIN_CA)
            .into_iter()
            .map(ExtraRoots::File)
            .collect(),
        crl: layers.paths(&setting::CRL),
        connect_to: layers.many(&setting::CONNECT_TO, FromStr::from_str)?,
        parent: None,
        sandbox: layers.one(&setting::SANDBOX, FromStr::from_str)?,
        annotate: annotate(layers)?,
        silence: layers.many(&setting::SILENCE, parse::slug)?,
        log: LogSettings {
            format: layers.one(&setting::LOG_FORMAT, parse::log_format)?,
            level: with_default(layers, &setting::LOG_LEVEL, parse::log_level)?,
            every: layers.switch(&setting::LOG_EVERY)?,
            file: layers.path(&setting::LOG_FILE),
            show_user_ids: layers.switch(&setting::SHOW_USER_IDS)?,
        },
    };
    config.parent = parent::parent(layers, environment, config.listen)?;
    refuse_open_proxy(layers, &config)?;
    refuse_one_address_for_two(layers, &config)?;
    refuse_sandbox_without_its_ca(layers, &config)?;
    Ok(config)
}

/// Bitbucket's API always, and what was added.
pub fn intercept(layers: &Layers) -> Result<Vec<HostPattern>, ConfigError> {
    let mut hosts = vec![HostPattern {
        host: "api.bitbucket.org".into(),
        port: Some(443),
    }];
    for added in layers.many(&setting::INTERCEPT, HostPattern::from_str)? {
        if !hosts.contains(&added) {
            hosts.push(added);
        }
    }
    Ok(hosts)
}

fn annotate(layers: &Layers) -> Result<Annotate, ConfigError> {
    let places = layers.many(&setting::ANNOTATE, parse::annotate)?;
    Ok(places.into_iter().fold(Annotate::default(), Annotate::or))
}

/// `--ca-dir`, else `ca` in the state folder.
pub fn ca_folder(layers: &Layers, environment: &Environment) -> Result<PathBuf, ConfigError> {
    let in_state = || state_dir(layers, environment).map(|state| state.join("ca"));
    layers
        .path(&setting::CA_DIR)
        .or_else(in_state)
        .ok_or_else(|| homeless("the CA"))
}

/// The state folder, for what cannot do without.
pub fn state_folder(layers: &Layers, environment: &Environment) -> Result<PathBuf, ConfigError> {
    state_dir(layers, environment).ok_or_else(|| homeless("files"))
}

fn homeless(what: &str) -> ConfigError {
    ConfigError::Refused(format!(
        "there is no home directory to keep {what} in; say where with --state-dir DIR"
    ))
}

fn state_dir(layers: &Layers, environment: &Environment) -> Option<PathBuf> {
    layers
        .path(&setting::STATE_DIR)
        .or_else(|| environment.state_dir())
}

pub fn with_default<T>(
    layers: &Layers,
    setting: &Setting,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<T, ConfigError> {
    Ok(layers
        .one(setting, parse)?
        .expect("a setting that is read with its default has one"))
}

/// An open proxy would hand everybody on the network a way to everything this machine can reach.
fn refuse_open_proxy(layers: &Layers, config: &Config) -> Result<(), ConfigError> {
    if is_loopback(config.listen) || !config.allow_client.is_empty() {
        return Ok(());
    }
    let add = match layers
        .written(&setting::LISTEN)
        .first()
        .map(|written| &written.place)
    {
        Some(Place::File { .. }) => "allow_client = [\"10.0.0.0/8\"]",
        Some(Place::Variable) => "WHY401_ALLOW_CLIENT=10.0.0.0/8",
        _ => "--allow-client 10.0.0.0/8",
    };
    Err(ConfigError::Refused(format!(
        "{}: {} can be reached from other machines, and nothing says which may; add for example {add}",
        layers.place(&setting::LISTEN),
        config.listen,
    )))
}

/// Binding would fail too, but blame another program for it.
fn refuse_one_address_for_two(layers: &Layers, config: &Config) -> Result<(), ConfigError> {
    if config.listen.port() == 0 || config.admin_listen != Some(config.listen) {
        return Ok(());
    }
    Err(ConfigError::Usage(format!(
        "{}: {} is the address of --listen as well; choose another, or none",
        layers.place(&setting::ADMIN_LISTEN),
        config.listen,
    )))
}

/// No root that a machine has can vouch for a stand-in: every call would end as a 502.
fn refuse_sandbox_without_its_ca(layers: &Layers, config: &Config) -> Result<(), ConfigError> {
    if config.sandbox.is_none() || !config.origin_ca.is_empty() {
        return Ok(());
    }
    Err(ConfigError::Refused(format!(
        "{}: its certificate is of its own CA; name the file that `why401 sandbox --ca-file FILE` wrote with --origin-ca FILE",
        layers.place(&setting::SANDBOX),
    )))
}

fn is_loopback(address: SocketAddr) -> bool {
    match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.to_canonical().is_loopback(),
    }
}
