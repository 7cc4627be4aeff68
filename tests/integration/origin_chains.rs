//! Origins that are in order, or too large, or that want something of us.

use crate::support::ca::Ca;
use crate::support::chain::{ByName, Signed, config, good, issuing, leaf, server};
use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use crate::support::wire::{Message, Wire};
use crate::support::within;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use rustls::server::WebPkiClientVerifier;
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, SupportedProtocolVersion};
use std::sync::Arc;

const HTTP1: &[&str] = &["http/1.1"];

/// Answers each request with 204.
async fn origin(ca: Ca, tls: Arc<ServerConfig>) -> Origin {
    let script = |mut wire: Wire, _| async move {
        while wire.request().await.is_some() {
            wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
        }
    };
    Origin::new().signed_by(ca).tls(tls).script(script).await
}

/// What becomes of a request: of its CONNECT, where that is refused.
async fn exchange(proxy: &Proxy) -> Message {
    if let Err(refused) = proxy.dialer.connect("api.bitbucket.org:443").await {
        return refused;
    }
    let mut client = proxy.raw().await;
    client
        .send(format!("GET /2.0/user HTTP/1.1\r\nHost: {API}\r\n\r\n"))
        .await;
    client.answer().await
}

fn versions(
    certificate: Arc<CertifiedKey>,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ServerConfig> {
    let shown = ByName {
        any: Some(certificate),
        ..ByName::default()
    };
    config(shown, HTTP1, versions)
}

/// H-U1 to H-U4: by ECDSA, by RSA, with its root along, by TLS 1.2.
#[tokio::test]
async fn a_chain_in_order_is_accepted() {
    type Show = fn(&Ca) -> Arc<ServerConfig>;
    let shown: [Show; 4] = [
        |ca| {
            let issuing = Signed::by(&ca.issuer, issuing("an issuing CA"));
            server(issuing.signs(leaf(&[API])).before(&[&issuing]), HTTP1)
        },
        |ca| {
            let key = KeyPair::generate_for(&PKCS_RSA_SHA256).expect("a key of 2048 bits");
            server(
                Signed::of_key(&ca.issuer, leaf(&[API]), key).before(&[]),
                HTTP1,
            )
        },
        |ca| {
            let (leaf, root) = (good(ca), ca.der());
            server(leaf.with(vec![leaf.der.clone(), root]), HTTP1)
        },
        |ca| versions(good(ca).before(&[]), &[&TLS12]),
    ];
    for show in shown {
        let ca = Ca::new("test origin CA");
        let tls = show(&ca);
        let origin = origin(ca, tls).await;
        let proxy = Proxy::before(&origin).await;
        assert_eq!(exchange(&proxy).await.status(), 204);
    }
}

/// `wide` with names before those that are asked for.
fn many_names(count: usize) -> CertificateParams {
    let names: Vec<String> = (0..count).map(|n| format!("n{n}.example")).collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.push(API);
    leaf(&names)
}

/// H-U47: twenty certificates that are not needed, and names by the thousand, as long as they fit.
#[tokio::test]
async fn a_long_chain_and_many_names_are_borne() {
    let ca = Ca::new("test origin CA");
    let others: Vec<Signed> = (0..19)
        .map(|n| Signed::itself(issuing(&format!("CA {n}"))))
        .collect();
    let others: Vec<&Signed> = others.iter().collect();
    let shown = Signed::by(&ca.issuer, many_names(2_000)).before(&others);
    let origin = origin(ca, server(shown, HTTP1)).await;
    let proxy = Proxy::before(&origin).await;
    assert_eq!(exchange(&proxy).await.status(), 204);
}

/// H-U47: what is too large or a maze is a clean 502 before anybody loses patience.
#[tokio::test]
async fn a_chain_without_measure_is_refused_in_words() {
    type Show = fn(&Ca) -> Arc<CertifiedKey>;
    let shown: [(Show, &str); 4] = [
        (
            |ca| Signed::by(&ca.issuer, many_names(10_000)).before(&[]),
            "more than 64 KiB",
        ),
        (
            |ca| {
                let large = Signed::itself(many_names(3_000));
                good(ca).before(&[&large, &large])
            },
            "more than 64 KiB",
        ),
        (
            |ca| {
                let mut chain = vec![Signed::by(&ca.issuer, issuing("CA 0"))];
                for n in 1..20 {
                    let next = chain[n - 1].signs(issuing(&format!("CA {n}")));
                    chain.push(next);
                }
                let leaf = chain[19].signs(leaf(&[API]));
                leaf.before(&chain.iter().rev().collect::<Vec<_>>())
            },
            "too long or too tangled",
        ),
        (
            |_| {
                // One name, many keys, and no way to a root: each may have signed each (RUSTSEC-2023-0053).
                let maze: Vec<Signed> = (0..40).map(|_| Signed::itself(issuing("Maze"))).collect();
                let leaf = maze[39].signs(leaf(&[API]));
                leaf.before(&maze.iter().collect::<Vec<_>>())
            },
            "too long or too tangled",
        ),
    ];
    for (show, says) in shown {
        let ca = Ca::new("test origin CA");
        let tls = server(show(&ca), HTTP1);
        let origin = origin(ca, tls).await;
        let proxy = Proxy::before(&origin).await;
        let answer = within("a refusal", exchange(&proxy)).await;
        let status = answer.field("proxy-status").unwrap_or_default();
        assert!(
            answer.status() == 502 && status.contains(says),
            "{says}: {status}"
        );
        assert_eq!(origin.all_received(), b"");
    }
}

/// H-U47: no ALPN is HTTP/1.1; one that nobody knows is a clean refusal.
#[tokio::test]
async fn an_origin_without_alpn_is_spoken_to_and_one_of_another_protocol_refused() {
    for (alpn, status) in [(&[][..], 204), (&["spdy/3.1", "http/0.9"][..], 502)] {
        let ca = Ca::new("test origin CA");
        let tls = server(good(&ca).before(&[]), alpn);
        let origin = origin(ca, tls).await;
        let proxy = Proxy::before(&origin).await;
        let answer = exchange(&proxy).await;
        assert_eq!(answer.status(), status, "{}", answer.head);
        if status == 502 {
            let reason = answer.field("proxy-status").unwrap_or_default();
            assert!(
                reason.contains("speaks neither HTTP/1.1 nor HTTP/2"),
                "{reason}"
            );
            assert_eq!(origin.all_received(), b"");
        }
    }
}

fn asking(ca: &Ca, version: &'static SupportedProtocolVersion, is_must: bool) -> Arc<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(ca.roots());
    let verifier = match is_must {
        true => verifier.build(),
        false => verifier.allow_unauthenticated().build(),
    };
    let shown = ByName {
        any: Some(good(ca).before(&[])),
        ..ByName::default()
    };
    let mut config = ServerConfig::builder_with_protocol_versions(&[version])
        .with_client_cert_verifier(verifier.expect("a verifier"))
        .with_cert_resolver(Arc::new(shown));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}

/// H-U48: who asks gets no certificate; who insists ends the exchange, and the answer says why.
#[tokio::test]
async fn an_origin_that_asks_for_a_certificate_gets_none() {
    for version in [&TLS12, &TLS13] {
        for is_must in [false, true] {
            let ca = Ca::new("test origin CA");
            let tls = asking(&ca, version, is_must);
            let origin = origin(ca, tls).await;
            let proxy = Proxy::before(&origin).await;
            let answer = exchange(&proxy).await;
            if is_must {
                assert_eq!((answer.status(), origin.all_received()), (502, Vec::new()));
                let reason = answer.field("proxy-status").unwrap_or_default();
                // In TLS 1.3 the alert comes after the handshake, and its end may overtake it.
                let is_told = reason.contains("client certificate");
                let is_late = *version == TLS13 && reason.contains("before it answered");
                assert!(is_told || is_late, "{version:?}: {reason}");
            } else {
                assert_eq!(answer.status(), 204, "{version:?}");
            }
        }
    }
}

/// H-X4: what was agreed on is in the log, and louder when it is older than before.
#[tokio::test]
async fn what_was_agreed_on_with_the_origin_is_in_the_log() {
    let ca = Ca::new("test origin CA");
    let configs = [&TLS13, &TLS12].map(|version| versions(good(&ca).before(&[]), &[version]));
    let [new, old] = configs;
    let origin = Origin::new()
        .signed_by(ca)
        .tls(new)
        .tls(old)
        .script(|mut wire: Wire, _| async move {
            wire.request().await;
            wire.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
                .await;
        })
        .await;
    let program = Program::before(&origin, &["--log-level=debug"]).await;
    for _ in 0..2 {
        let mut client = program.dialer().raw().await;
        client
            .send(format!("GET / HTTP/1.1\r\nHost: {API}\r\n\r\n"))
            .await;
        assert_eq!(client.answer().await.status(), 204);
    }
    let log = program.end().await;
    let line = |says: &str| {
        let line = log.lines().find(|line| line.contains(says));
        line.unwrap_or_else(|| panic!("{says}: {log}"))
    };
    let first = line("tls.protocol.version=\"1.3\"");
    assert!(
        first.contains("tls.cipher=TLS_AES_") || first.contains("tls.cipher=\"TLS_AES_"),
        "{first}"
    );
    assert!(first.contains("api.bitbucket.org:443"), "{first}");
    let second = line("older TLS than before (TLS 1.3)");
    assert!(
        second.contains(" WARN ") && second.contains("tls.protocol.version=\"1.2\""),
        "{second}"
    );
}
