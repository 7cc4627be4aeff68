//! `--parent-proxy`, else the proxy of this process.

use super::super::{NoProxy, Parent};
use crate::config::environment::Environment;
use crate::config::layers::{ConfigError, Layers, Written};
use crate::config::setting::PARENT_PROXY;
use crate::host::target::Host;
use std::net::SocketAddr;

/// `None` where nobody named one, where `none` says so, and where a variable points at this very proxy, as it does in
/// the shell of somebody who has just tried it.
pub fn parent(
    layers: &Layers,
    environment: &Environment,
    listen: SocketAddr,
) -> Result<Option<Parent>, ConfigError> {
    let written = layers.written(&PARENT_PROXY).first();
    let of_process = || environment.https_proxy();
    let (name, value) = match written {
        Some(Written { text, .. }) if text == "none" => return Ok(None),
        Some(Written { text, .. }) => (layers.place(&PARENT_PROXY), text.clone()),
        None => match of_process() {
            Some((name, value)) => (name.to_owned(), value.into_owned()),
            None => return Ok(None),
        },
    };
    // The value is not shown: it may hold a password.
    let refused = |advice: &str| match written {
        Some(_) => ConfigError::Usage(format!("{name}: the address does not fit: {advice}")),
        None => ConfigError::Refused(format!(
            "{name}: the address does not fit: {advice}; --parent-proxy none does without"
        )),
    };
    let parent = Parent {
        proxy: value.parse().map_err(refused)?,
        except: NoProxy::parse(&environment.no_proxy()),
    };
    if is_at(&parent, listen) {
        return match written {
            Some(_) => Err(refused("this proxy cannot be its own parent")),
            None => Ok(None),
        };
    }
    Ok(Some(parent))
}

fn is_at(parent: &Parent, listen: SocketAddr) -> bool {
    let target = &parent.proxy.target;
    let is_same = match &target.host {
        Host::Ip(address) => {
            *address == listen.ip() || listen.ip().is_unspecified() && address.is_loopback()
        }
        Host::Name(name) => name == "localhost",
    };
    is_same && target.port == listen.port()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::{Layer, Place};

    const LISTEN: &str = "127.0.0.1:8401";

    fn parent_of(flag: Option<&str>, variables: &[(&str, &str)]) -> Result<Option<Parent>, String> {
        let mut layer = Layer::default();
        let written = flag.map(|text| Written {
            text: text.to_owned(),
            place: Place::Flag,
        });
        layer.insert(&PARENT_PROXY, written.into_iter().collect());
        let environment = variables.iter().copied().collect();
        let layers =
            Layers::read(layer, &environment, |_| unreachable!("no file is named")).unwrap();
        parent(&layers, &environment, LISTEN.parse().unwrap()).map_err(|error| error.to_string())
    }

    fn place(flag: Option<&str>, variables: &[(&str, &str)]) -> Option<String> {
        let parent = parent_of(flag, variables).unwrap();
        parent.map(|parent| parent.proxy.target.to_string())
    }

    #[test]
    fn the_flag_wins_over_the_variables_and_lower_case_over_upper() {
        let both = [("HTTPS_PROXY", "http://u:1"), ("https_proxy", "http://l:2")];
        assert_eq!(place(None, &both).as_deref(), Some("l:2"));
        assert_eq!(place(None, &both[..1]).as_deref(), Some("u:1"));
        assert_eq!(place(Some("http://f:3"), &both).as_deref(), Some("f:3"));
        assert_eq!(place(Some("none"), &both), None);
        assert_eq!(place(None, &[]), None);
    }

    #[test]
    fn no_proxy_counts_whoever_named_the_parent() {
        let parent = parent_of(Some("http://f:3"), &[("NO_PROXY", "acme.com")]);
        let parent = parent.unwrap().unwrap();
        assert!(
            parent
                .towards(&Host::parse("git.acme.com").unwrap())
                .is_none()
        );
    }

    #[test]
    fn a_shell_that_points_here_already_is_no_parent_but_a_flag_is_a_mistake() {
        let own = "http://localhost:8401";
        assert_eq!(place(None, &[("HTTPS_PROXY", own)]), None);
        assert!(
            parent_of(Some(own), &[])
                .unwrap_err()
                .contains("its own parent")
        );
    }

    #[test]
    fn a_wrong_address_is_named_by_its_place_and_never_repeated() {
        let value = "socks5://jo:secret@h:1";
        for error in [
            parent_of(Some(value), &[]).unwrap_err(),
            parent_of(None, &[("HTTPS_PROXY", value)]).unwrap_err(),
        ] {
            assert!(error.contains("http:// and https://"), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
