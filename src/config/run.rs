//! The configuration of `run`: a proxy of its own for one command.

use super::environment::Environment;
use super::layers::{ConfigError, Layer, Layers};
use super::setting::{self, Setting};
use super::{Annotate, CaStore, ClientHttp, Config, HostPattern, resolve};

/// git prints what is wrong, so its host is opened as well.
const ALSO: &str = "bitbucket.org";

/// What no variable and no file can change: a lasting proxy may have been set up by them, and its port is taken.
pub fn layer() -> Layer {
    Layer::of(&[
        (&setting::LISTEN, "127.0.0.1:0"),
        (&setting::ADMIN_LISTEN, "none"),
    ])
}

/// What the help of `run` says in place of a setting's own default.
pub fn default(setting: &Setting) -> Option<&'static str> {
    let table = [
        (&setting::LISTEN, "a free port"),
        (&setting::ADMIN_LISTEN, "none"),
        (&setting::CLIENT_HTTP, "1.1"),
        (&setting::ANNOTATE, "reason,body"),
        (&setting::STATE_DIR, "nothing is kept"),
        (&setting::CA_DIR, "in memory"),
    ];
    let (_, text) = table.into_iter().find(|(of, _)| of.key == setting.key)?;
    Some(text)
}

/// Which folders the flags ask for; without them nothing is kept.
#[derive(Clone, Copy, Debug)]
pub struct Folders {
    ca: bool,
    state: bool,
}

impl Folders {
    pub fn of(flags: &Layer) -> Self {
        let state = flags.has(&setting::STATE_DIR);
        Self {
            ca: flags.has(&setting::CA_DIR) || state,
            state,
        }
    }
}

pub fn config(
    layers: &Layers,
    environment: &Environment,
    folders: Folders,
) -> Result<Config, ConfigError> {
    let ca = match folders.ca {
        true => CaStore::Directory(resolve::ca_folder(layers, environment)?),
        false => CaStore::Memory,
    };
    let state_dir = layers.path(&setting::STATE_DIR).filter(|_| folders.state);
    let mut config = resolve::with_folders(layers, environment, ca, state_dir)?;
    let also = HostPattern {
        host: ALSO.to_owned(),
        port: Some(443),
    };
    if !config.intercept.contains(&also) {
        config.intercept.push(also);
    }
    if layers.written(&setting::CLIENT_HTTP).is_empty() {
        // The only version with a reason phrase, and the one that takes every target (docs/limits.md).
        config.client_http = ClientHttp::Http1;
    }
    if layers.written(&setting::ANNOTATE).is_empty() {
        config.annotate = Annotate {
            reason: true,
            body: true,
        };
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::{Place, Written};

    fn of(flags: &[(&Setting, &str)], variables: &[(&str, &str)]) -> Config {
        let mut given = Layer::default();
        for (setting, text) in flags {
            let written = Written {
                text: (*text).to_owned(),
                place: Place::Flag,
            };
            given.insert(setting, vec![written]);
        }
        let environment: Environment = variables.iter().copied().collect();
        let flags = given.or(layer());
        let folders = Folders::of(&flags);
        let none = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
        let layers = Layers::read(flags, &environment, none).unwrap();
        config(&layers, &environment, folders).unwrap()
    }

    #[test]
    fn without_flags_it_keeps_nothing_and_needs_no_home() {
        let config = of(&[], &[]);
        assert_eq!(config.ca, CaStore::Memory);
        assert_eq!(config.state_dir, None);
        assert_eq!(config.listen.to_string(), "127.0.0.1:0");
        assert_eq!(config.admin_listen, None);
        assert_eq!(config.client_http, ClientHttp::Http1);
        assert!(config.annotate.reason && config.annotate.body);
        let hosts: Vec<_> = config.intercept.iter().map(|host| &*host.host).collect();
        assert_eq!(hosts, ["api.bitbucket.org", "bitbucket.org"]);
    }

    #[test]
    fn the_places_of_a_lasting_proxy_are_not_its_own() {
        let config = of(
            &[],
            &[
                ("HOME", "/home/j"),
                ("WHY401_LISTEN", "127.0.0.1:8401"),
                ("WHY401_CA_DIR", "/srv/ca"),
                ("WHY401_CLIENT_HTTP", "2"),
            ],
        );
        assert_eq!(config.listen.port(), 0);
        assert_eq!(config.ca, CaStore::Memory);
        assert_eq!(config.client_http, ClientHttp::Http2);
    }

    #[test]
    fn flags_choose_ports_and_folders() {
        let config = of(
            &[
                (&setting::LISTEN, "127.0.0.1:1234"),
                (&setting::CA_DIR, "/srv/ca"),
            ],
            &[],
        );
        assert_eq!(config.listen.port(), 1234);
        assert_eq!(config.ca, CaStore::Directory("/srv/ca".into()));
        assert_eq!(config.state_dir, None);
    }
}
