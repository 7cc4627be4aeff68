//! The other request forms: absolute-form for `http://`, and for `https://` as old clients send it.

use crate::support::client::API;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::{Proxy, route};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 2\r\n\r\nok";

fn answering(origin: crate::support::origin::Builder) -> impl Future<Output = Origin> {
    origin.script(|mut wire, _| async move {
        loop {
            wire.head().await;
            wire.send(ANSWER).await;
        }
    })
}

#[tokio::test]
async fn plain_http_is_forwarded_in_origin_form_with_a_via() {
    let origin = answering(Origin::new().plain()).await;
    let proxy = Proxy::with(&origin, |config| {
        config.connect_to.push(route("plain.example", 80, &origin));
    })
    .await;
    let mut client = proxy.dialer.port().await;
    client
        .send(
            "GET http://plain.example/a?b=c HTTP/1.1\r\nhOST: plain.example\r\nX-A: b\r\n\
             Proxy-Connection: keep-alive\r\nProxy-Authorization: Basic YTpi\r\n\r\n",
        )
        .await;
    let answer = client.answer().await;
    assert_eq!(
        (answer.text().as_str(), answer.field("x-a")),
        ("ok", Some("b"))
    );
    let received = origin.received_text(0);
    assert!(
        received.starts_with("GET /a?b=c HTTP/1.1\r\nhOST: plain.example\r\nX-A: b\r\n"),
        "{received}"
    );
    assert_eq!(
        received.to_lowercase().matches("\r\nvia:").count(),
        1,
        "{received}"
    );
    assert!(!received.to_lowercase().contains("proxy-"), "{received}");
}

/// H-C12: as Bitbucket answers `http://`: the secret is out all the same.
#[tokio::test]
async fn credentials_over_plain_http_to_an_intercepted_host_are_told() {
    let origin = Origin::new().plain().script(|mut wire, _| async move {
        wire.head().await;
        wire.send("HTTP/1.1 301 Moved\r\nLocation: https://api.bitbucket.org/2.0/user\r\nContent-Length: 0\r\n\r\n").await;
    });
    let origin = origin.await;
    let proxy = Proxy::with(&origin, |config| {
        config.connect_to.push(route(API, 80, &origin));
    })
    .await;
    let mut client = proxy.dialer.port().await;
    let credentials = mint::basic("me@acme.com", &mint::api_token(5));
    client
        .send(format!(
            "GET http://{API}/2.0/user HTTP/1.1\r\nHost: {API}\r\nAuthorization: {credentials}\r\n\r\n"
        ))
        .await;
    assert_eq!(client.answer().await.status(), 301);
    let event = proxy.finding("plain-http").await;
    assert_eq!(event["auth.certainty"], "proven");
}

#[tokio::test]
async fn the_target_and_not_the_host_field_decides_where_a_plain_request_goes() {
    let origin = answering(Origin::new().plain()).await;
    let proxy = Proxy::with(&origin, |config| {
        config.connect_to.push(route("plain.example", 80, &origin));
    })
    .await;
    let mut client = proxy.dialer.port().await;
    client
        .send("GET http://plain.example/ HTTP/1.1\r\nHost: other.example\r\n\r\n")
        .await;
    let status = client.answer().await.status();
    let received = String::from_utf8_lossy(&origin.all_received()).into_owned();
    let rewritten = status == 200 && received.contains("Host: plain.example\r\n");
    assert!(
        rewritten || [400, 421].contains(&status) && received.is_empty(),
        "{status}: {received}"
    );
}

#[tokio::test]
async fn a_plain_request_for_an_intercepted_host_is_diagnosed() {
    let origin = Origin::new()
        .plain()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
                .await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::with(&origin, |config| {
        config.connect_to.push(route(API, 80, &origin));
    })
    .await;
    let mut client = proxy.dialer.port().await;
    client
        .send("GET http://api.bitbucket.org/2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    let answer = client.answer().await;
    assert_eq!(answer.status(), 401);
}

#[tokio::test]
async fn an_absolute_https_request_goes_to_the_origin_over_tls() {
    let origin = answering(Origin::new()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.port().await;
    let target = "https://api.bitbucket.org/2.0/user?q=1";
    client
        .send(format!(
            "GET {target} HTTP/1.1\r\nHost: api.bitbucket.org\r\nX-A: b\r\n\r\n"
        ))
        .await;
    assert_eq!(client.answer().await.text(), "ok");
    assert_eq!(
        origin.received_text(0),
        "GET /2.0/user?q=1 HTTP/1.1\r\nHost: api.bitbucket.org\r\nX-A: b\r\n\r\n"
    );
    // It was readable on its way here, although all went well.
    let event = proxy.finding("absolute-form-https").await;
    assert_eq!(event["http.response.status_code"], 200);
}

#[tokio::test]
async fn an_unreachable_plain_host_is_a_502() {
    let origin = answering(Origin::new().plain()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.port().await;
    client
        .send("GET http://nowhere.invalid/secret HTTP/1.1\r\nHost: nowhere.invalid\r\n\r\n")
        .await;
    let answer = client.answer().await;
    assert_eq!(
        (answer.status(), answer.field("proxy-status").is_some()),
        (502, true)
    );
    assert!(!answer.text().contains("secret"), "{}", answer.text());
}

/// H-C7: in absolute form.
#[tokio::test]
async fn a_request_to_the_proxy_itself_does_not_loop() {
    let origin = answering(Origin::new().plain()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.port().await;
    let own = proxy.running.proxy_addr;
    client
        .send(format!("GET http://{own}/ HTTP/1.1\r\nHost: {own}\r\n\r\n"))
        .await;
    let status = client.answer().await.status();
    assert!([400, 403, 502, 508].contains(&status), "{status}");
}
