//! What origins are offered, and those that insist on something else: servers that answer by hand.

use crate::support::hello::{Offered, record};
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::{Message, Wire};

/// Of TLS 1.3, then ECDHE with AES-GCM or ChaCha20 of TLS 1.2, then the signal of secure renegotiation.
const STRONG: [u16; 10] = [
    0x1301, 0x1302, 0x1303, 0xc02b, 0xc02c, 0xcca9, 0xc02f, 0xc030, 0xcca8, 0x00ff,
];
const TLS12: u16 = 0x0303;
/// An extension of a ClientHello.
const EARLY_DATA: u16 = 42;

/// Answers each ClientHello with a ServerHello of this version and suite.
async fn insisting(version: u16, suite: u16) -> Origin {
    let answer = move |mut wire: Wire, _| async move {
        record(&mut wire).await;
        let [high, low] = version.to_be_bytes();
        let mut hello = vec![2, 0, 0, 38, high, low];
        hello.extend([7; 32]);
        hello.push(0);
        hello.extend(suite.to_be_bytes());
        hello.push(0);
        let mut bytes = vec![22, high, low, 0, 42];
        bytes.extend(hello);
        // It may have left already.
        let _ = wire.try_send(bytes).await;
        drop(wire.until_end().await);
    };
    Origin::new().plain().script(answer).await
}

/// The refusal, and that nothing but a hello and an alert came to the origin.
async fn refused(origin: &Origin) -> Message {
    let proxy = Proxy::before(origin).await;
    let connected = proxy.dialer.connect("api.bitbucket.org:443").await;
    let answer = connected.map(drop).expect_err("refused");
    assert_eq!(answer.status(), 502);
    for connection in 0..origin.connections() {
        let mut bytes = origin.received(connection);
        let hello = 5 + usize::from(u16::from_be_bytes([bytes[3], bytes[4]]));
        let rest = bytes.split_off(hello);
        assert!(
            rest.is_empty() || rest.len() == 7 && rest[0] == 21,
            "after the hello: {rest:?}"
        );
    }
    answer
}

/// H-U31 to H-U36, H-U48: what is not in a ClientHello cannot be agreed on.
#[tokio::test]
async fn nothing_weak_is_offered_to_an_origin() {
    let origin = insisting(TLS12, 0x0005).await;
    refused(&origin).await;
    let bytes = origin.received(0);
    let length = usize::from(u16::from_be_bytes([bytes[3], bytes[4]]));
    let offered = Offered::by(&bytes[5..5 + length]);
    assert!(!offered.suites.is_empty());
    for suite in &offered.suites {
        assert!(STRONG.contains(suite), "{suite:#06x}");
    }
    assert_eq!(offered.compression, [0]);
    assert_eq!(offered.versions, [0x0304, 0x0303]);
    // Finite fields of RFC 7919.
    assert!(
        !offered.groups.iter().any(|group| group >> 8 == 1),
        "{offered:?}"
    );
    assert!(!offered.extensions.contains(&EARLY_DATA));
}

/// H-U28 to H-U30: an origin that knows nothing newer and answers with its own version.
#[tokio::test]
async fn an_origin_of_another_age_is_refused_in_words() {
    for version in [0x0300, 0x0301, 0x0302] {
        let origin = insisting(version, 0xc013).await;
        let answer = refused(&origin).await;
        let status = answer.field("proxy-status").unwrap_or_default();
        assert!(
            status.contains("tls_protocol_error") && status.contains("neither TLS 1.2 nor 1.3"),
            "{version:#06x}: {status}"
        );
        assert!(answer.text().contains("neither TLS 1.2 nor 1.3"));
    }
}

/// H-U31 to H-U36: RC4, 3DES, none, anonymous, small groups, RSA key exchange, CBC with SHA-1.
#[tokio::test]
async fn an_origin_that_insists_on_what_was_not_offered_is_refused_in_words() {
    for suite in [
        0x0005, 0xc011, 0x000a, 0xc012, 0x0002, 0xc010, 0xc018, 0x0034, 0x0033, 0x009e, 0x009c,
        0x002f, 0xc013, 0xc009,
    ] {
        let origin = insisting(TLS12, suite).await;
        let answer = refused(&origin).await;
        let status = answer.field("proxy-status").unwrap_or_default();
        assert!(
            status.contains("tls_protocol_error") && status.contains("does not offer"),
            "{suite:#06x}: {status}"
        );
    }
}
