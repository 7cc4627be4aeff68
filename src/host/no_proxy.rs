//! `NO_PROXY`: which hosts are dialled without a parent proxy.

use super::target::Host;
use ipnet::IpNet;
use std::net::IpAddr;

/// Read as curl does (names stand for themselves and what is below them, `*` alone for everything, a port never
/// matches), plus networks in CIDR form. This machine itself is always dialled directly, as Go has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoProxy {
    everything: bool,
    names: Vec<String>,
    networks: Vec<IpNet>,
}

impl NoProxy {
    /// Parts are divided by commas or blanks; one that is neither name nor network matches nothing.
    pub fn parse(text: &str) -> Self {
        let mut list = Self {
            everything: text.trim() == "*",
            ..Self::default()
        };
        let parts = text.split(|c: char| c == ',' || c.is_ascii_whitespace());
        for part in parts.filter(|part| !part.is_empty()) {
            match network(part) {
                Some(network) => list.networks.push(network),
                None => list.names.push(name(part)),
            }
        }
        list
    }

    pub fn covers(&self, host: &Host) -> bool {
        match host {
            Host::Ip(address) => self.covers_address(*address),
            Host::Name(name) => self.covers_name(name),
        }
    }

    fn covers_address(&self, address: IpAddr) -> bool {
        let listed = |network: &IpNet| network.contains(&address);
        self.everything || address.is_loopback() || self.networks.iter().any(listed)
    }

    fn covers_name(&self, host: &str) -> bool {
        let below = |domain: &str| {
            host.strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.everything || below("localhost") || self.names.iter().any(|name| below(name))
    }
}

fn network(part: &str) -> Option<IpNet> {
    let bare = part.trim_start_matches('[').trim_end_matches(']');
    let alone = bare.parse::<IpAddr>().ok().map(IpNet::from);
    alone.or_else(|| part.parse().ok())
}

fn name(part: &str) -> String {
    part.trim_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(list: &str, host: &str) -> bool {
        NoProxy::parse(list).covers(&Host::parse(host).unwrap())
    }

    #[test]
    fn names_are_read_as_curl_reads_them() {
        for list in [
            "bitbucket.org",
            ".bitbucket.org",
            "x, BITBUCKET.org.",
            "a b\tbitbucket.org",
            "*",
        ] {
            assert!(covers(list, "api.bitbucket.org"), "{list}");
        }
        for list in [
            "",
            "*.bitbucket.org",
            "api.bitbucket.org:443",
            "bucket.org",
            "pi.bitbucket.org",
            "a,*",
        ] {
            assert!(!covers(list, "api.bitbucket.org"), "{list}");
        }
    }

    #[test]
    fn networks_cover_addresses_and_nothing_else() {
        assert!(covers("10.0.0.0/8", "10.1.2.3") && covers("10.1.2.3", "10.1.2.3"));
        assert!(covers("fd00::/8", "[fd00::1]") && covers("[fd00::1]", "[fd00::1]"));
        assert!(!covers("10.0.0.0/8", "11.1.2.3") && !covers("10.0.0.0/33", "10.1.2.3"));
    }

    #[test]
    fn this_machine_is_dialled_directly() {
        for host in ["localhost", "a.localhost", "127.0.0.2", "[::1]"] {
            assert!(covers("", host), "{host}");
        }
        assert!(!covers("", "notlocalhost"));
    }
}
