//! Only listed hosts are intercepted; all else is a tunnel that the proxy cannot see into.

use crate::support::Http;
use crate::support::client::{API, Dialer};
use crate::support::origin::Origin;
use crate::support::proxy::{Proxy, route};
use crate::support::wire::Wire;
use why401::config::HostPattern;

const OTHER: &str = "other.example";

/// An origin with a certificate for every name of these tests, that answers each head with it.
async fn echo() -> Origin {
    Origin::new()
        .names(&[API, "bitbucket.org", OTHER])
        .script(|mut wire, _| async move {
            let head = wire.head().await;
            wire.send(format!(
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: {}\r\n\r\n{head}",
                head.len()
            ))
            .await;
            wire.until_end().await;
        })
        .await
}

async fn before(origin: &Origin) -> Proxy {
    Proxy::with(origin, |config| {
        config.intercept.retain(|pattern| pattern.host == API);
        config.connect_to.push(route(OTHER, 443, origin));
        config.connect_to.push(route(API, 8443, origin));
    })
    .await
}

/// The proxy's port, for clients that trust the origin's CA only.
fn trusting_the_origin(proxy: &Proxy, origin: &Origin) -> Dialer {
    Dialer {
        roots: origin.ca.roots(),
        ..proxy.dialer.clone()
    }
}

const ASKED: &str = "GET /?\"raw\" HTTP/1.1\r\nhOST: anything\r\nProxy-Authorization: kept\r\n\r\n";

/// Nobody but the clients of this start trusts such a CA.
#[tokio::test]
async fn a_ca_in_memory_signs_for_every_listed_host() {
    let origin = echo().await;
    let proxy = Proxy::with(&origin, |config| {
        config
            .intercept
            .push(format!("{OTHER}:443").parse().unwrap());
        config.connect_to.push(route(OTHER, 443, &origin));
    })
    .await;
    for host in [API, OTHER] {
        let authority = format!("{host}:443");
        let shown = proxy.dialer.handshake(&authority, host, &[]).await;
        assert!(shown.is_ok(), "{host}");
    }
}

/// H-C6: the origin itself is at the other end.
#[tokio::test]
async fn other_hosts_and_ports_show_their_own_certificate_and_get_every_byte() {
    let origin = echo().await;
    let proxy = before(&origin).await;
    let dialer = trusting_the_origin(&proxy, &origin);
    for (authority, sni) in [
        ("other.example:443", OTHER),
        ("api.bitbucket.org:8443", API),
        ("bitbucket.org:443", API),
    ] {
        let tls = dialer
            .handshake(authority, sni, &[])
            .await
            .expect("the origin's own certificate");
        let mut client = Wire::new(tls);
        client.send(ASKED).await;
        let answer = client.answer().await;
        assert_eq!(
            (answer.text().as_str(), answer.field("x-auth-diagnosis")),
            (ASKED, None),
            "{authority}"
        );
    }
    assert!(
        proxy
            .events()
            .iter()
            .all(|event| event["event"] != "auth_diagnosis"),
        "{:?}",
        proxy.events()
    );
}

#[tokio::test]
async fn a_listed_host_shows_a_certificate_of_the_proxys_ca() {
    let origin = echo().await;
    let proxy = before(&origin).await;
    let trusting_the_origin = trusting_the_origin(&proxy, &origin);
    trusting_the_origin
        .handshake("api.bitbucket.org:443", API, &[])
        .await
        .expect_err("not the origin's certificate");
    proxy
        .dialer
        .handshake("api.bitbucket.org:443", API, &[])
        .await
        .expect("the proxy's certificate");
}

/// H-C3: interception goes by the canonical name.
#[tokio::test]
async fn a_listed_host_is_known_in_any_spelling() {
    let origin = echo().await;
    let proxy = before(&origin).await;
    for authority in [
        "API.Bitbucket.ORG:443",
        "api.bitbucket.org.:443",
        "api.bitbucket.org.:0443",
    ] {
        if let Err(refused) = proxy.dialer.connect(authority).await {
            assert_eq!(refused.status(), 400, "{authority}");
            continue;
        }
        let tls = proxy.dialer.handshake(authority, API, &[]).await;
        tls.unwrap_or_else(|error| panic!("{authority} slips past: {error}"));
    }
}

#[tokio::test]
async fn a_pattern_for_any_port_intercepts_every_port() {
    let origin = echo().await;
    let proxy = Proxy::with(&origin, |config| {
        config.intercept = vec![HostPattern {
            host: API.into(),
            port: None,
        }];
        config.connect_to.push(route(API, 8443, &origin));
    })
    .await;
    proxy
        .dialer
        .handshake("api.bitbucket.org:8443", API, &[])
        .await
        .expect("the proxy's certificate");
}

#[tokio::test]
async fn a_tunnel_is_dialled_before_it_is_granted() {
    let origin = echo().await;
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let proxy = Proxy::with(&origin, |config| {
        let mut closed = route(OTHER, 443, &origin);
        closed.to_port = Some(nowhere.port());
        config.connect_to.push(closed);
    })
    .await;
    let answer = proxy
        .dialer
        .connect("other.example:443")
        .await
        .map(drop)
        .expect_err("a refused tunnel");
    assert_eq!(
        (answer.status(), answer.field("proxy-status").is_some()),
        (502, true)
    );
    let granted = proxy.dialer.connect("bitbucket.org:443").await;
    assert_eq!(
        (granted.is_ok(), origin.connections()),
        (true, 1),
        "dialled when CONNECT is answered"
    );
}

#[tokio::test]
async fn a_tunnel_carries_what_is_not_tls_and_each_sides_end() {
    let origin = Origin::new()
        .plain()
        .script(|mut wire, _| async move {
            wire.send("SSH-2.0-server\r\n").await;
            assert_eq!(wire.until_end().await.bytes, b"SSH-2.0-client\r\n");
            wire.send("bye").await;
        })
        .await;
    let proxy = Proxy::with(&origin, |config| {
        config.connect_to.push(route(OTHER, 22, &origin));
    })
    .await;
    let tunnel = proxy
        .dialer
        .connect("other.example:22")
        .await
        .expect("a tunnel");
    let mut client = Wire::new(tunnel);
    assert_eq!(client.until(b"\n").await, b"SSH-2.0-server\r\n");
    client.send("SSH-2.0-client\r\n").await;
    client.finish().await;
    assert_eq!(client.until_end().await.bytes, b"bye");
}

#[tokio::test]
async fn both_versions_are_offered_to_clients_as_the_origin_has_them() {
    let origin = Origin::new()
        .serve(async |_| http::Response::new(crate::support::body::empty()))
        .await;
    let proxy = Proxy::before(&origin).await;
    let tls = proxy
        .dialer
        .handshake("api.bitbucket.org:443", API, &["h2", "http/1.1"])
        .await
        .unwrap();
    assert_eq!(tls.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
    let origin = Origin::new().only(Http::One).script(|_, _| async {}).await;
    let proxy = Proxy::before(&origin).await;
    let tls = proxy
        .dialer
        .handshake("api.bitbucket.org:443", API, &["h2", "http/1.1"])
        .await
        .unwrap();
    assert_eq!(
        tls.get_ref().1.alpn_protocol(),
        Some(b"http/1.1".as_slice())
    );
}
