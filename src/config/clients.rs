//! What clients of a lasting proxy need to know of its settings.

use super::environment::Environment;
use super::layers::{ConfigError, Layers};
use super::setting;
use super::{parse, resolve};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Of a proxy that runs elsewhere; its other settings may be wrong here.
#[derive(Clone, Debug)]
pub struct Clients {
    pub listen: SocketAddr,
    pub ca: PathBuf,
    pub state: PathBuf,
    /// Hosts that it opens.
    pub hosts: Vec<String>,
}

pub fn clients(layers: &Layers, environment: &Environment) -> Result<Clients, ConfigError> {
    let hosts = resolve::intercept(layers)?.into_iter();
    Ok(Clients {
        listen: resolve::with_default(layers, &setting::LISTEN, parse::address)?,
        ca: resolve::ca_folder(layers, environment)?,
        state: resolve::state_folder(layers, environment)?,
        hosts: hosts.map(|pattern| pattern.host).collect(),
    })
}
