//! From CONNECT to the request: what is not TLS for that very host goes no further.

use crate::admin::get;
use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use crate::support::within;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use tokio_rustls::TlsConnector;

const AUTHORITY: &str = "api.bitbucket.org:443";

async fn idle() -> Origin {
    Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            wire.until_end().await;
        })
        .await
}

/// A ClientHello, and the rest of rustls' client state to answer with.
fn hello(sni: bool, proxy: &Proxy) -> Arc<ClientConfig> {
    let roots = proxy.dialer.roots.clone();
    let mut config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.enable_sni = sni;
    Arc::new(config)
}

/// H-C4: another name.
#[tokio::test]
async fn a_server_name_of_another_host_gets_a_fatal_alert() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    for sni in ["bitbucket.org", "evil.example"] {
        let error = proxy
            .dialer
            .handshake(AUTHORITY, sni, &[])
            .await
            .expect_err("a refused handshake");
        let text = error.to_string();
        assert!(
            text.contains("AccessDenied") || text.contains("UnrecognisedName"),
            "{sni}: {text}"
        );
    }
    assert_eq!(origin.all_received(), b"");
}

/// H-C4: no name.
#[tokio::test]
async fn a_client_that_names_no_server_is_served() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    let tunnel = proxy.dialer.connect(AUTHORITY).await.expect("a tunnel");
    let name = ServerName::try_from(API).unwrap();
    let tls = within(
        "a handshake",
        TlsConnector::from(hello(false, &proxy)).connect(name, tunnel),
    )
    .await;
    let mut client = Wire::new(tls.expect("the certificate of the CONNECT host"));
    client
        .send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.status(), 204);
}

/// H-C4: in single bytes.
#[tokio::test]
async fn a_hello_in_one_byte_pieces_is_understood() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    let mut tls =
        rustls::ClientConnection::new(hello(true, &proxy), ServerName::try_from(API).unwrap())
            .expect("a client");
    let mut bytes = Vec::new();
    tls.write_tls(&mut bytes).unwrap();
    let mut client = Wire::new(proxy.dialer.connect(AUTHORITY).await.expect("a tunnel"));
    for byte in bytes {
        client.send([byte]).await;
    }
    assert_eq!(
        client.exactly(1).await,
        [22],
        "a handshake record comes back"
    );
}

/// H-C4: in records of one byte, with a suite that nobody knows (GREASE), and an address for a name.
#[tokio::test]
async fn odd_hellos_are_understood() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    let mut tls =
        rustls::ClientConnection::new(hello(true, &proxy), ServerName::try_from(API).unwrap())
            .expect("a client");
    let mut hello = Vec::new();
    tls.write_tls(&mut hello).unwrap();
    let single = hello[5..].iter().flat_map(|byte| [22, 3, 1, 0, 1, *byte]);
    let mut grease = hello.clone();
    let suites = 44 + usize::from(hello[43]);
    let length = usize::from(u16::from_be_bytes([hello[suites], hello[suites + 1]]));
    grease[suites + length..suites + length + 2].fill(0x0a);
    let mut address = hello.clone();
    let name = hello
        .windows(API.len())
        .position(|part| part == API.as_bytes());
    let name = name.expect("a server name");
    address[name..name + API.len()].copy_from_slice(b"2001:db8::1:2:333");
    // An address there is no name, and passed over (RFC 6066 3).
    for bytes in [single.collect::<Vec<u8>>(), grease, address] {
        let mut client = Wire::new(proxy.dialer.connect(AUTHORITY).await.expect("a tunnel"));
        client.send(bytes).await;
        assert_eq!(
            client.exactly(1).await,
            [22],
            "a handshake record comes back"
        );
    }
    assert_eq!(origin.all_received(), b"");
}

/// H-C8: plain text, SSH and rubbish.
#[tokio::test]
async fn a_first_byte_that_is_not_tls_closes_the_connection() {
    let origin = idle().await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let plain = "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic YTpi\r\n\r\n";
    for bytes in [
        plain.as_bytes(),
        b"SSH-2.0-client\r\n",
        &[b'x'; 12_000],
        b"\x80\x2e\x01",
        b"\0",
    ] {
        let mut client = Wire::new(proxy.dialer.connect(AUTHORITY).await.expect("a tunnel"));
        client.send(bytes).await;
        client.finish().await;
        let rest = client.until_end().await;
        rest.end.expect("an orderly close, no reset");
        assert_eq!(rest.bytes, b"", "for {bytes:?}");
    }
    let metrics = get(&proxy, "/metrics").await.text();
    let counted = "why401_handshake_failures_total{reason=\"not-tls\"} 5";
    assert!(metrics.contains(counted), "{metrics}");
    assert_eq!(origin.all_received(), b"");
}

#[tokio::test]
async fn garbage_behind_a_tls_byte_closes_the_connection() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = Wire::new(proxy.dialer.connect(AUTHORITY).await.expect("a tunnel"));
    client.send([22, 3, 1, 0, 5, 1, 2, 3, 4, 5]).await;
    client.until_end().await;
    assert_eq!(origin.all_received(), b"");
}

/// H-C8: nothing at all.
#[tokio::test]
async fn a_silent_client_is_let_go() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    let mut silent = Wire::new(proxy.dialer.connect(AUTHORITY).await.expect("a tunnel"));
    let mut stalled = Wire::new(proxy.dialer.connect(AUTHORITY).await.expect("a tunnel"));
    stalled.send([22]).await;
    tokio::join!(silent.until_end(), stalled.until_end());
}

#[tokio::test]
async fn tls_to_the_plain_port_gets_an_alert_and_no_reset() {
    let origin = idle().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.port().await;
    let mut hello = vec![22, 3, 1, 2, 0];
    hello.resize(517, 0);
    client.send(hello).await;
    client.finish().await;
    let rest = client.until_end().await;
    rest.end.expect("an orderly close, no reset");
    assert_eq!(rest.bytes, [21, 3, 3, 0, 2, 2, 40], "handshake_failure");
}
