//! Under which address a reader's tools reach the proxy.

use crate::host::target::{Host, Target};
use http::HeaderMap;
use http::header::HOST;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The address that the proxy listens on; where that is any, the one that this reader has used already.
///
/// `local` is our end of the reader's connection. Behind the port of a container that is an address which its readers
/// need not reach, so that an address in their Host field comes first; names are never repeated.
pub fn reached(listen: SocketAddr, headers: &HeaderMap, local: IpAddr) -> SocketAddr {
    if !listen.ip().is_unspecified() {
        return listen;
    }
    let ip = named(headers).unwrap_or(local).to_canonical();
    let ip = match (listen.ip(), ip) {
        (_, ip) if ip.is_unspecified() => loopback(listen),
        // It listens on IPv4 alone.
        (IpAddr::V4(_), IpAddr::V6(_)) => loopback(listen),
        (_, ip) => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn named(headers: &HeaderMap) -> Option<IpAddr> {
    let host = headers.get(HOST)?.to_str().ok()?;
    match Target::parse(host, Some(80)).ok()?.host {
        Host::Ip(ip) => Some(ip),
        Host::Name(name) if name == "localhost" => Some(Ipv4Addr::LOCALHOST.into()),
        Host::Name(_) => None,
    }
}

fn loopback(listen: SocketAddr) -> IpAddr {
    match listen.ip() {
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(listen: &str, host: &str, local: &str) -> String {
        let headers = [(HOST, host.parse().unwrap())].into_iter().collect();
        reached(listen.parse().unwrap(), &headers, local.parse().unwrap()).to_string()
    }

    #[test]
    fn a_chosen_address_is_the_address() {
        let place = of("127.0.0.1:8401", "10.0.0.7:8402", "10.0.0.7");
        assert_eq!(place, "127.0.0.1:8401");
    }

    #[test]
    fn of_any_address_the_reader_gets_the_one_that_was_reached() {
        for (listen, host, local, expected) in [
            (
                "0.0.0.0:8401",
                "why401.invalid",
                "10.0.0.7",
                "10.0.0.7:8401",
            ),
            (
                "[::]:8401",
                "why401.invalid",
                "::ffff:10.0.0.7",
                "10.0.0.7:8401",
            ),
            (
                "[::]:8401",
                "why401.invalid",
                "2001:db8::7",
                "[2001:db8::7]:8401",
            ),
            // Through the port of a container.
            (
                "0.0.0.0:8401",
                "127.0.0.1:8402",
                "172.17.0.2",
                "127.0.0.1:8401",
            ),
            (
                "0.0.0.0:8401",
                "localhost:8402",
                "172.17.0.2",
                "127.0.0.1:8401",
            ),
            ("0.0.0.0:8401", "[::1]:8402", "::1", "127.0.0.1:8401"),
        ] {
            assert_eq!(of(listen, host, local), expected, "{listen} {host} {local}");
        }
    }

    #[test]
    fn a_name_is_never_repeated() {
        let place = of("0.0.0.0:8401", "canary.example", "10.0.0.7");
        assert_eq!(place, "10.0.0.7:8401");
    }
}
