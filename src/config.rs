//! The resolved configuration; the only module that reads flags, environment and files.

use ipnet::IpNet;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What `serve` runs with, after flags, `WHY401_*` variables and the TOML file are merged.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// `None`: no admin listener.
    pub admin_listen: Option<SocketAddr>,
    pub ca: CaStore,
    /// Holds `fingerprint.key` (and more later); `None` keeps everything in memory.
    pub state_dir: Option<PathBuf>,
    pub intercept: Vec<HostPattern>,
    pub allow_client: Vec<IpNet>,
    pub allow_target: Vec<IpNet>,
    pub client_http: ClientHttp,
    /// Extra roots towards the origin, PEM files.
    pub origin_ca: Vec<PathBuf>,
    pub connect_to: Vec<ConnectTo>,
    /// Slugs that are never reported.
    pub silence: Vec<String>,
    pub log: LogSettings,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaStore {
    Directory(PathBuf),
    Memory,
}

/// `HOST`, `HOST:PORT` or `HOST:*`; without a port 443.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    /// Canonical: lower case, no trailing dot.
    pub host: String,
    /// `None`: any port.
    pub port: Option<u16>,
}

/// HTTP versions offered to clients of an intercepted host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ClientHttp {
    #[default]
    Mirror,
    Http1,
    Http2,
}

/// curl's `--connect-to HOST1:PORT1:HOST2:PORT2`: connections for the first pair are dialled at the second.
/// An empty part matches, or keeps, anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectTo {
    pub from_host: Option<String>,
    pub from_port: Option<u16>,
    pub to_host: Option<String>,
    pub to_port: Option<u16>,
}

#[derive(Clone, Debug)]
pub struct LogSettings {
    /// `None`: JSON unless stdout is a terminal.
    pub format: Option<LogFormat>,
    pub level: tracing::Level,
    /// Write each finding, also repeats.
    pub every: bool,
    pub show_user_ids: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Json,
    Pretty,
}
