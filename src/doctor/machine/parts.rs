//! What a machine is made of: a value for each thing that was read.

use crate::credentials::Credentials;
use crate::host::target::Target;
use std::path::PathBuf;
use time::UtcDateTime;

/// What the proxy is, or would be, run with.
#[derive(Debug)]
pub struct Settings {
    pub listen: Target,
    pub ca_folder: PathBuf,
    /// The folder is not the one that `why401 ca` takes without flags.
    pub is_other_folder: bool,
    /// Hosts whose exchanges are opened.
    pub hosts: Vec<String>,
    /// Why the address of the parent proxy is none, and what to do.
    pub bad_parent: Option<String>,
}

/// What is at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// No connection.
    Nobody,
    Why401,
    /// Another server of HTTP, by the status of its answer.
    Other(u16),
    /// A connection, and no answer of HTTP in time.
    Mute,
}

/// What the admin listener says of the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// Draining proxies are not.
    pub is_ready: bool,
    /// Of its answer.
    pub date: Option<UtcDateTime>,
}

/// The local CA.
#[derive(Debug, Default)]
pub struct Ca {
    /// Nobody made one yet.
    pub is_absent: bool,
    /// Why it cannot be used: what is wrong, and what to do.
    pub fault: Option<String>,
    /// Where its root lies, when it could be read.
    pub root: Option<PathBuf>,
    pub begins: Option<UtcDateTime>,
    pub ends: Option<UtcDateTime>,
    /// When the one ends that comes after it.
    pub next: Option<UtcDateTime>,
    /// When the last file of its folder was written.
    pub written: Option<UtcDateTime>,
    /// Hosts that are intercepted and that it may not sign for, as the start of the proxy would say it.
    pub outside: Vec<String>,
}

/// A file or folder of roots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Bundle {
    #[default]
    Missing,
    /// Or without a certificate; with the reason.
    Unreadable(String),
    Read {
        /// Whether our root is among them.
        ours: bool,
        is_folder: bool,
    },
}

/// What a program was asked for.
#[derive(Debug, Default)]
pub enum Asked<T> {
    /// It is not there, or does not know.
    #[default]
    Nothing,
    /// It did not answer in time.
    Silent,
    Told(T),
}

/// What runtimes told of themselves.
#[derive(Debug, Default)]
pub struct Runtimes {
    /// `v24.1.0`
    pub node: Option<String>,
    pub python: Asked<Python>,
    pub php: Asked<Php>,
    /// The modules with which Perl calls over TLS.
    pub has_lwp: bool,
    /// wget reads OpenSSL's variables; by GnuTLS it does not.
    pub wget_has_openssl: bool,
}

#[derive(Debug, Default, serde::Deserialize)]
pub struct Python {
    /// Roots that OpenSSL was built to read; links are followed.
    pub cafile: Option<PathBuf>,
    pub capath: Option<PathBuf>,
    /// The roots of certifi, where it is installed.
    pub certifi: Option<PathBuf>,
    pub requests: bool,
    pub httpx: bool,
}

#[derive(Debug, Default, serde::Deserialize)]
pub struct Php {
    pub has_curl: bool,
    /// `curl.cainfo` of its settings.
    pub cainfo: Option<PathBuf>,
}

#[derive(Debug, Default)]
pub struct Wgetrc {
    pub certificate: Option<PathBuf>,
    /// The proxy that it names, which wins over the variable.
    pub proxy: Option<Named>,
}

#[derive(Debug)]
pub struct Java {
    /// The trust store that a JVM would read.
    pub store: PathBuf,
    /// It was named by options, else it is the one of the installation.
    pub is_named: bool,
    /// PKCS#12, which a JVM opens with a password only.
    pub needs_password: bool,
    pub holds: Bundle,
}

/// What git's settings say, without secrets.
#[derive(Debug, Default)]
pub struct Git {
    /// Settings that name a proxy, which win over variables.
    pub proxies: Vec<(String, Option<Named>)>,
    /// `http.sslCAInfo` as it counts for Bitbucket.
    pub ca_info: Option<PathBuf>,
    pub ca_path: Option<PathBuf>,
    /// The setting that turns verification off.
    pub unverified: Option<String>,
    /// Settings that turn Bitbucket's https:// addresses into those of SSH.
    pub to_ssh: Vec<String>,
    /// The helpers that were not asked, because they can open a window.
    pub unasked: Vec<String>,
    /// The addresses of the repository that the command runs in.
    pub remotes: Vec<String>,
}

/// An address that something names as a proxy, without its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub target: Target,
    /// `https://`: TLS to the proxy itself.
    pub tls: bool,
}

/// A pair that lies in a file, a setting or a helper.
#[derive(Debug)]
pub struct Stored {
    pub place: Place,
    /// The host it is for; `None` for every host.
    pub host: Option<String>,
    pub credentials: Credentials,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Netrc(PathBuf),
    /// A file of git's `store`.
    GitFile(PathBuf),
    /// The name of git's helper.
    Helper(String),
    /// The name of a setting of git.
    GitSetting(String),
}

/// The proxy between ours and the origins.
#[derive(Debug)]
pub struct Parent {
    pub named: Named,
    pub has_credentials: bool,
    pub answer: Answer,
}

/// The command behind `--`.
#[derive(Debug)]
pub struct Command {
    /// Its words, those of a line for a shell as well.
    pub words: Vec<String>,
    /// The name of the program, and whether it was found.
    pub program: String,
    pub is_found: bool,
}

impl Bundle {
    pub fn holds_ours(&self) -> bool {
        matches!(self, Self::Read { ours: true, .. })
    }
}

impl Named {
    /// `None` for what no client of HTTP proxies would understand.
    pub fn parse(text: &str) -> Option<Self> {
        let parent: crate::host::ParentProxy = text.parse().ok()?;
        Some(Self {
            target: parent.target,
            tls: parent.tls,
        })
    }
}
