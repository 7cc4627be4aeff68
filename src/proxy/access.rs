//! Who may use the proxy, and which addresses it may dial for them.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Client and target rules of the configuration.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Clients beside those on loopback.
    pub clients: Vec<IpNet>,
    /// Special-purpose targets that clients off loopback may reach.
    pub targets: Vec<IpNet>,
}

impl Access {
    /// Loopback always may; others only when listed.
    pub fn admits_client(&self, client: IpAddr) -> bool {
        let client = client.to_canonical();
        client.is_loopback() || self.clients.iter().any(|net| net.contains(&client))
    }

    /// Checked on the address that is dialled, after resolution (H-C1, H-C2).
    pub fn admits_target(&self, target: IpAddr, client: IpAddr) -> bool {
        let target = target.to_canonical();
        client.to_canonical().is_loopback()
            || !is_special_purpose(target)
            || self.targets.iter().any(|net| net.contains(&target))
    }
}

/// Addresses that mean something other than a public host (RFC 6890).
fn is_special_purpose(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_special_purpose_v4(address),
        IpAddr::V6(address) => is_special_purpose_v6(address),
    }
}

fn is_special_purpose_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || address.octets()[..3] == [192, 0, 0]
}

fn is_special_purpose_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    if let Some(embedded) = embedded_v4(segments) {
        return is_special_purpose_v4(embedded);
    }
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || segments[..2] == [0x2001, 0xdb8]
        // Teredo and its neighbours; NAT64 of a local network (RFC 8215); discard; site-local of old.
        || segments[0] == 0x2001 && segments[1] < 0x200
        || segments[..3] == [0x64, 0xff9b, 1]
        || segments[..4] == [0x100, 0, 0, 0]
        || segments[0] & 0xffc0 == 0xfec0
}

/// NAT64 (RFC 6052) and 6to4 (RFC 3056) reach IPv4 addresses by another name; where there is only IPv6, the public ones
/// as well.
fn embedded_v4(segments: [u16; 8]) -> Option<Ipv4Addr> {
    let ([0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..]) = segments else {
        return None;
    };
    Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REMOTE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn clients_off_loopback_need_a_line() {
        let closed = Access::default();
        assert!(
            closed.admits_client(ip("127.0.0.1"))
                && closed.admits_client(ip("::1"))
                && closed.admits_client(ip("::ffff:127.0.0.1"))
        );
        assert!(!closed.admits_client(ip("10.0.0.5")));
        let open = Access {
            clients: vec!["10.0.0.0/8".parse().unwrap()],
            ..Access::default()
        };
        assert!(open.admits_client(ip("10.0.0.5")) && open.admits_client(ip("::ffff:10.0.0.5")));
        assert!(!open.admits_client(ip("11.0.0.5")));
    }

    #[test]
    fn special_targets_are_refused_to_remote_clients_only() {
        let access = Access {
            targets: vec!["10.9.0.0/16".parse().unwrap()],
            ..Access::default()
        };
        for special in [
            "127.0.0.1",
            "::1",
            "::ffff:127.0.0.1",
            "0.0.0.0",
            "169.254.169.254",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "fe80::1",
            "fc00::1",
            "224.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2001::1",
            "fec0::1",
        ] {
            assert!(!access.admits_target(ip(special), REMOTE), "{special}");
            assert!(
                access.admits_target(ip(special), ip("127.0.0.1")),
                "{special}"
            );
        }
        assert!(access.admits_target(ip("10.9.1.1"), REMOTE));
        assert!(
            access.admits_target(ip("104.192.141.1"), REMOTE)
                && access.admits_target(ip("2401:1d80::1"), REMOTE)
                && access.admits_target(ip("64:ff9b::68c0:8d01"), REMOTE)
        );
    }
}
