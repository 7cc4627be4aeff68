//! What clients are offered, found out as scanners do: ask for everything, take what is chosen off the list, ask again.

use crate::support::hello::{First, Hello, first};
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use std::collections::BTreeSet;

const HANDSHAKE_FAILURE: u8 = 40;
const PROTOCOL_VERSION: u8 = 70;
const TLS12: u16 = 0x0303;
const TLS13: u16 = 0x0304;

async fn idle() -> Origin {
    Origin::new()
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await
}

async fn answer(proxy: &Proxy, hello: &Hello<'_>) -> First {
    let tunnel = proxy.dialer.connect("api.bitbucket.org:443").await;
    let mut client = Wire::new(tunnel.expect("a tunnel"));
    client.send(hello.record()).await;
    first(&mut client).await
}

/// Every number that a suite is registered under, and more.
fn suites() -> Vec<u16> {
    let pages = [0x00, 0x13, 0x56, 0xc0, 0xc1, 0xcc, 0xd0];
    let numbers = pages
        .iter()
        .flat_map(|page| (0..=255).map(move |low| page << 8 | low));
    // A signal of a retry, not a suite (RFC 7507).
    numbers.filter(|suite| *suite != 0x5600).collect()
}

/// All that a client of `versions` can get.
async fn chosen(proxy: &Proxy, versions: Option<&[u16]>) -> BTreeSet<(u16, u16)> {
    let (mut left, mut chosen) = (suites(), BTreeSet::new());
    loop {
        let hello = Hello {
            version: TLS12,
            suites: &left,
            versions,
            // TLS 1.3 allows no offer of any (RFC 8446 4.1.2).
            compression: if versions.is_some() {
                &[0]
            } else {
                &[1, 64, 0]
            },
        };
        match answer(proxy, &hello).await {
            First::Alert(alert) => {
                assert_eq!(alert, HANDSHAKE_FAILURE);
                return chosen;
            }
            First::ServerHello {
                version,
                suite,
                compression,
            } => {
                assert_eq!(compression, 0, "compression that was offered is not taken");
                assert!(left.contains(&suite), "{suite:#06x} was not offered");
                left.retain(|other| *other != suite);
                chosen.insert((version, suite));
            }
        }
    }
}

/// H-X1: TLS 1.2 and 1.3 by AEAD suites with ephemeral keys, no compression.
#[tokio::test]
async fn a_scan_finds_nothing_weak() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    let tls12 = [0xc02b, 0xc02c, 0xcca9].map(|suite| (TLS12, suite));
    assert_eq!(chosen(&proxy, None).await, BTreeSet::from(tls12));
    let tls13 = [0x1301, 0x1302, 0x1303].map(|suite| (TLS13, suite));
    assert_eq!(chosen(&proxy, Some(&[TLS13])).await, BTreeSet::from(tls13));
    for version in [0x0300, 0x0301, 0x0302] {
        let hello = Hello {
            version,
            suites: &suites(),
            versions: None,
            compression: &[0],
        };
        assert_eq!(
            answer(&proxy, &hello).await,
            First::Alert(PROTOCOL_VERSION),
            "{version:#06x}"
        );
    }
    assert_eq!(origin.all_received(), b"");
}

/// H-X6: the log says that it is the client, and how old it is.
#[tokio::test]
async fn a_client_of_old_protocols_gets_an_alert_and_its_age_into_the_log() {
    let origin = idle().await;
    let program = Program::before(&origin, &[]).await;
    let dialer = program.dialer();
    let old = |version, suites| Hello {
        version,
        suites,
        versions: None,
        compression: &[0],
    };
    let hellos = [
        (old(0x0300, &[0x000a, 0xc013]), PROTOCOL_VERSION),
        (old(0x0301, &[0x002f, 0xc013]), PROTOCOL_VERSION),
        (old(0x0302, &[0x002f, 0xc013]), PROTOCOL_VERSION),
        (old(TLS12, &[0x009c, 0xc013, 0xc02f]), HANDSHAKE_FAILURE),
    ];
    for (hello, alert) in &hellos {
        let tunnel = dialer.connect("api.bitbucket.org:443").await;
        let mut client = Wire::new(tunnel.expect("a tunnel"));
        client.send(hello.record()).await;
        assert_eq!(first(&mut client).await, First::Alert(*alert));
        drop(client.until_end().await);
    }
    let log = program.end().await;
    for age in [
        "SSL 3.0 at most",
        "TLS 1.0 at most",
        "TLS 1.1 at most",
        "no TLS parameters in common",
    ] {
        let line = log.lines().find(|line| line.contains(age));
        let line = line.unwrap_or_else(|| panic!("{age}: {log}"));
        assert!(
            line.contains(" WARN ") && line.contains("client=127.0.0.1"),
            "{line}"
        );
        assert!(
            line.contains("update") && line.contains("api.bitbucket.org"),
            "{line}"
        );
    }
}
