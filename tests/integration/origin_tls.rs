//! The origin's certificate is always verified, before CONNECT is answered and before any byte of a request leaves.

use crate::support::ca::{Ca, Certificate};
use crate::support::client::API;
use crate::support::origin::{Death, Origin};
use crate::support::proxy::{Proxy, route};
use crate::support::wire::Message;
use std::fs::read_to_string;
use why401::config::{CaStore, ConnectTo, ExtraRoots};

async fn refused(proxy: &Proxy, authority: &str) -> Message {
    let answer = proxy
        .dialer
        .connect(authority)
        .await
        .map(drop)
        .expect_err("CONNECT is refused");
    assert!(
        answer.field("proxy-status").is_some(),
        "no Proxy-Status in {}",
        answer.head
    );
    assert_eq!(answer.field("x-auth-diagnosis"), None, "{}", answer.head);
    assert!(
        answer.text().is_ascii() && answer.body.len() < 1_000,
        "{}",
        answer.text()
    );
    answer
}

/// H-U43: no 200 comes, so no handshake that a leaf would be made for.
#[tokio::test]
async fn a_certificate_that_does_not_verify_refuses_the_tunnel() {
    use Certificate::*;
    for certificate in [
        Expired,
        NotYetValid,
        WrongHost,
        UnknownCa,
        SelfSigned,
        ClientOnly,
    ] {
        let origin = Origin::new()
            .certificate(certificate)
            .script(|_, _| async {})
            .await;
        let proxy = Proxy::before(&origin).await;
        let answer = refused(&proxy, "api.bitbucket.org:443").await;
        assert_eq!(answer.status(), 502, "{certificate:?}");
        let reason = answer.field("proxy-status").unwrap_or_default();
        assert!(
            reason.contains("tls_certificate_error"),
            "{certificate:?}: {reason}"
        );
        assert_eq!(origin.all_received(), b"", "{certificate:?}");
    }
}

/// H-U40: by the key of the CA itself.
#[tokio::test]
async fn the_proxys_own_ca_is_not_trusted_towards_the_origin() {
    let folder = tempfile::tempdir().unwrap();
    let store = CaStore::Directory(folder.path().join("ca"));
    let proper = Origin::new().script(|_, _| async {}).await;
    let first = Proxy::with(&proper, |config| config.ca = store.clone()).await;
    first.shutdown(std::time::Duration::from_secs(1)).await;
    let file =
        |name| read_to_string(folder.path().join("ca").join(name)).expect("a file of the CA");
    let stolen = || Ca::from_pem(&file("issuing.pem"), &file("issuing.key"));

    let origin = Origin::new()
        .signed_by(stolen())
        .script(|_, _| async {})
        .await;
    let unlisted = Proxy::with(&origin, |config| {
        config.ca = store.clone();
        config.origin_ca.clear();
    })
    .await;
    let answer = refused(&unlisted, "api.bitbucket.org:443").await;
    assert_eq!((answer.status(), origin.all_received()), (502, Vec::new()));

    // Nor where somebody lists it among the extra roots.
    for name in ["root.pem", "issuing.pem"] {
        let listed = folder.path().join("ca").join(name);
        let start = Proxy::try_with(&origin, |config| {
            config.ca = store.clone();
            config.origin_ca = vec![ExtraRoots::File(listed)];
        });
        if let Ok(proxy) = start.await {
            assert_eq!(
                refused(&proxy, "api.bitbucket.org:443").await.status(),
                502,
                "{name}"
            );
            assert_eq!(origin.all_received(), b"", "{name}");
        }
    }
}

#[tokio::test]
async fn an_origin_that_dies_before_tls_is_done_refuses_the_tunnel() {
    for death in [
        Death::ResetOnAccept,
        Death::CloseDuringTls,
        Death::PlainInsteadOfTls,
    ] {
        let origin = Origin::new().dies(death).await;
        let proxy = Proxy::before(&origin).await;
        assert_eq!(
            refused(&proxy, "api.bitbucket.org:443").await.status(),
            502,
            "{death:?}"
        );
    }
}

#[tokio::test]
async fn an_origin_that_is_silent_during_tls_is_given_up() {
    let origin = Origin::new().dies(Death::SilentDuringTls).await;
    let proxy = Proxy::before(&origin).await;
    let status = refused(&proxy, "api.bitbucket.org:443").await.status();
    assert!([502, 504].contains(&status), "{status}");
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_refuses_the_tunnel() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let proxy = Proxy::with(&origin, |config| {
        let mut closed = route(API, 443, &origin);
        closed.to_port = Some(nowhere.port());
        let unresolved = ConnectTo {
            to_host: Some("nowhere.invalid".into()),
            ..route("bitbucket.org", 443, &origin)
        };
        config.connect_to = vec![closed, unresolved];
    })
    .await;
    for authority in [
        "api.bitbucket.org:443",
        "bitbucket.org:443",
        "unknown.invalid:443",
    ] {
        assert_eq!(
            refused(&proxy, authority).await.status(),
            502,
            "{authority}"
        );
    }
    assert_eq!(origin.connections(), 0);
}

#[tokio::test]
async fn an_absolute_form_request_is_refused_alike() {
    let origin = Origin::new()
        .certificate(Certificate::UnknownCa)
        .script(|_, _| async {})
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.port().await;
    client
        .send(
            "GET https://api.bitbucket.org/secret-path HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n",
        )
        .await;
    let answer = client.answer().await;
    assert_eq!(
        (answer.status(), answer.field("proxy-status").is_some()),
        (502, true)
    );
    assert!(!answer.text().contains("secret-path"), "{}", answer.text());
    assert_eq!(origin.all_received(), b"");
}
