//! CONNECT has a defined answer for any input, and that is never 401.

use crate::support::origin::Origin;
use crate::support::proxy::Proxy;

pub const ALLOWED: [u16; 10] = [200, 400, 403, 405, 414, 421, 431, 502, 503, 504];

/// The status of the answer; 0 when the connection ends without one.
async fn status(proxy: &Proxy, request: &[u8]) -> u16 {
    let mut client = proxy.dialer.port().await;
    client.try_send(request).await.ok();
    let mut head = String::new();
    while !head.contains("\r\n\r\n") {
        let piece = client.some().await;
        if piece.is_empty() {
            break;
        }
        head.push_str(&String::from_utf8_lossy(&piece));
    }
    head.split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0)
}

/// H-C3: on the wire.
#[tokio::test]
async fn odd_targets_of_connect_get_a_defined_answer() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::before(&origin).await;
    let long = "a".repeat(300) + ".example:443";
    let huge = "a".repeat(70_000);
    for target in [
        "api.bitbucket.org",
        "api.bitbucket.org:",
        "api.bitbucket.org:0",
        "api.bitbucket.org:65536",
        "api.bitbucket.org:443abc",
        "api.bitbucket.org:-1",
        ":443",
        "",
        "/",
        "*",
        "user@api.bitbucket.org:443",
        "user:pw@api.bitbucket.org:443",
        "[api.bitbucket.org]:443",
        "[::1]:443",
        "[::1",
        "[fe80::1%1]:443",
        "::1:443",
        "https://api.bitbucket.org:443",
        "https://api.bitbucket.org/",
        "api.bitbucket.org:443/path",
        "a b:443",
        "xn--bcher-kva.invalid:443",
        "..:443",
        ".invalid:443",
        "0177.0.0.1.invalid:443",
        &long,
        &huge,
    ] {
        let got = status(
            &proxy,
            format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n").as_bytes(),
        )
        .await;
        assert!(ALLOWED.contains(&got), "CONNECT {target:.80} answers {got}");
    }
}

#[tokio::test]
async fn odd_heads_of_connect_get_a_defined_answer() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::before(&origin).await;
    let line = b"CONNECT api.bitbucket.org:443 HTTP/1.1\r\n".as_slice();
    let many = "X: y\r\n".repeat(500);
    for fields in [
        b"\r\n".as_slice(),
        b"Host: evil.example\r\n\r\n",
        b"Host: api.bitbucket.org:443\r\nHost: api.bitbucket.org:443\r\n\r\n",
        b"Host: api.bitbucket.org:443\r\nAuthorization: Basic YTpi\r\n\r\n",
        b"Host: api.bitbucket.org:443\r\nProxy-Authorization: Basic YTpi\r\n\r\n",
        b"Host: api.bitbucket.org:443\r\nContent-Length: 5\r\n\r\nhello",
        b"Host: api.bitbucket.org:443\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Host: api.bitbucket.org:443\r\nX: a\0b\r\n\r\n",
        b"Host: api.bitbucket.org:443\r\nX: a\r\n b\r\n\r\n",
        b"Host api.bitbucket.org\r\n\r\n",
        many.as_bytes(),
    ] {
        let got = status(&proxy, &[line, fields, b"\r\n"].concat()).await;
        assert!(
            ALLOWED.contains(&got),
            "{:.60} answers {got}",
            String::from_utf8_lossy(fields)
        );
    }
    let got = status(&proxy, b"CONNECT api.bitbucket.org:443 HTTP/1.0\r\n\r\n").await;
    assert!(ALLOWED.contains(&got), "HTTP/1.0 answers {got}");
}

#[tokio::test]
async fn what_is_no_proxy_request_gets_a_defined_answer() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::before(&origin).await;
    for request in [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET ftp://api.bitbucket.org/ HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n",
        "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://user:pw@api.bitbucket.org/ HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic YTpi\r\n\r\n",
        "nonsense\r\n\r\n",
    ] {
        let got = status(&proxy, request.as_bytes()).await;
        assert!(
            (400..600).contains(&got) && got != 401 && got != 407,
            "{request:?} answers {got}"
        );
    }
}

#[tokio::test]
async fn a_tunnel_may_be_asked_for_in_http_1_0_and_with_bytes_behind_it() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::before(&origin).await;
    let mut tls = rustls::ClientConnection::new(
        std::sync::Arc::new(
            rustls::ClientConfig::builder()
                .with_root_certificates(proxy.dialer.roots.clone())
                .with_no_client_auth(),
        ),
        "api.bitbucket.org".try_into().unwrap(),
    )
    .unwrap();
    let mut hello = Vec::new();
    tls.write_tls(&mut hello).unwrap();
    let mut client = proxy.dialer.port().await;
    client
        .send(
            [
                b"CONNECT api.bitbucket.org:443 HTTP/1.0\r\n\r\n".as_slice(),
                &hello,
            ]
            .concat(),
        )
        .await;
    let head = client.head().await;
    assert!(
        head.starts_with("HTTP/1.") && head.contains(" 200 "),
        "{head}"
    );
    assert_eq!(
        client.exactly(1).await,
        [22],
        "the ClientHello behind the head was read"
    );
}

/// H-C9: what is for this machine's people is not for the clients of the proxy, in either form.
#[tokio::test]
async fn the_admin_listener_is_not_reached_through_the_proxy() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let port = proxy.running.admin_addr.unwrap().port();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
        for request in [
            format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"),
            format!("GET http://{host}:{port}/metrics HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"),
        ] {
            let mut client = proxy.dialer.port().await;
            client.send(request.as_str()).await;
            let answer = client.answer().await;
            assert_eq!(answer.status(), 403, "{request}{}", answer.head);
            assert!(answer.field("proxy-status").is_some(), "{request}");
        }
    }
}

/// H-C7: by CONNECT.
#[tokio::test]
async fn a_tunnel_to_the_proxy_itself_is_refused() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::before(&origin).await;
    let own = proxy.running.proxy_addr;
    let answer = proxy
        .dialer
        .connect(&own.to_string())
        .await
        .map(drop)
        .expect_err("a refused tunnel");
    assert!(
        [403, 502, 508].contains(&answer.status()),
        "{}",
        answer.head
    );
}

#[tokio::test]
async fn our_own_answers_never_repeat_what_was_asked_for() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::before(&origin).await;
    for request in [
        "CONNECT canary.invalid:443 HTTP/1.1\r\nHost: canary.invalid:443\r\n\r\n",
        "GET http://canary.invalid/canary HTTP/1.1\r\nHost: canary.invalid\r\n\r\n",
        "GET https://canary.invalid/canary HTTP/1.1\r\nHost: canary.invalid\r\n\r\n",
        "GET /canary HTTP/1.1\r\nHost: canary.invalid\r\nX: canary\r\n\r\n",
        "CONNECT canary HTTP/1.1\r\n\r\n",
        "CANARY\x01canary\r\n\r\n",
    ] {
        let mut client = proxy.dialer.port().await;
        client.send(request.as_bytes()).await;
        let answer = client.answer().await;
        let answer = format!("{}{}", answer.head, answer.text()).to_lowercase();
        assert!(
            answer.contains("proxy-status: why401"),
            "{request}: {answer}"
        );
        assert!(!answer.contains("canary"), "{request}: {answer}");
    }
}
