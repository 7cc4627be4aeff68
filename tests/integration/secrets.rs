//! No secret leaves but to the origin: not in an event, a field, or an answer of ours, whatever goes wrong.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::ca::Certificate;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE};
use http::{Request, Response};

/// Six characters of a secret are too many.
const WINDOW: usize = 6;

/// A secret of this run; `seed` makes it different from the others.
fn canary(seed: u8) -> String {
    mint::api_token(seed)[20..60].replace(['-', '_'], "x")
}

/// Fails when `text` holds a part of `secret` in clear, hex, base64, or reversed.
fn assert_hidden(text: &str, secret: &str, place: &str) {
    let digits =
        |byte: u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap());
    let hex: String = secret.bytes().flat_map(digits).collect();
    let reversed: String = secret.chars().rev().collect();
    let mut forms = vec![secret.to_owned(), hex.clone(), hex.to_uppercase(), reversed];
    for shift in 0..3 {
        let padded = [&b"::"[..shift], secret.as_bytes()].concat();
        // Without the characters that the bytes around the secret take part in.
        let inner = |encoded: String| encoded[4..encoded.len() - 4].to_owned();
        forms.push(inner(BASE64_STANDARD.encode(&padded)));
        forms.push(inner(BASE64_URL_SAFE.encode(&padded)));
    }
    for form in forms {
        let form: Vec<char> = form.chars().collect();
        let width = if form.len() > 2 * secret.len() - 2 {
            2 * WINDOW
        } else {
            WINDOW + 2
        };
        for window in form.windows(width) {
            let part: String = window.iter().collect();
            assert!(
                !text.contains(&part),
                "{place} shows {part:?} of a secret: {text}"
            );
        }
    }
}

/// One request for each place that a secret may stand in; returns the secrets.
fn requests() -> (Vec<Request<body::Body>>, Vec<String>) {
    let secrets: Vec<String> = (0..14).map(canary).collect();
    let of = |number: usize| secrets[number].clone();
    let broken = BASE64_STANDARD_NO_PAD.encode(format!("jane:{}", of(2)));
    let authorizations = [
        mint::basic("jane", &of(0)),
        format!("Bearer {}", of(1)),
        format!("Basic {}%%", &broken),
        format!("Basic jane:{}", of(3)),
        format!("Basic {}", of(4)),
        of(5),
        format!("Digest username=\"x\", response=\"{}\"", of(6)),
        mint::basic(&of(7), ""),
        mint::basic("jane@acme.com", &format!("{}\n", of(8))),
    ];
    let mut requests: Vec<_> = authorizations
        .into_iter()
        .map(|value| {
            Request::get("/2.0/user")
                .header("authorization", value)
                .body(body::empty())
                .unwrap()
        })
        .collect();
    let bare =
        |request: http::request::Builder, text: String| request.body(body::full(text)).unwrap();
    requests.push(bare(
        Request::get(format!("/2.0/user?access_token={}&x=y", of(9))),
        String::new(),
    ));
    requests.push(bare(
        Request::get("/2.0/user").header("cookie", format!("session={}", of(10))),
        String::new(),
    ));
    requests.push(bare(
        Request::post("/2.0/user"),
        format!("client_secret={}", of(11)),
    ));
    requests.push(bare(
        Request::get("/2.0/user").header("proxy-authorization", mint::basic("p", &of(12))),
        String::new(),
    ));
    requests.push(bare(
        Request::get("/2.0/user").header("x-api-key", of(13)),
        String::new(),
    ));
    (requests, secrets)
}

each_pair! {
    async fn refused_requests_leave_no_secret_behind(pair) {
        for status in [200, 401, 403, 404, 429, 500] {
            let origin = Origin::new().of(pair).serve(move |_| async move {
                Response::builder().status(status).body(body::full("no")).unwrap()
            }).await;
            let proxy = Proxy::before(&origin).await;
            let mut client = proxy.http(pair.client).await;
            let (requests, secrets) = requests();
            for request in requests {
                let answer = client.send(request).await;
                assert_eq!(answer.status(), status);
                let head = format!("{:?}", answer.headers());
                for secret in &secrets {
                    assert_hidden(&head, secret, "an answer's head");
                }
                body::text(answer.into_body()).await;
            }
        }
    }
}

#[tokio::test]
async fn events_of_refusals_hold_no_secret() {
    let origin = Origin::new()
        .serve(async |_| {
            Response::builder()
                .status(401)
                .body(body::full("no"))
                .unwrap()
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.http(Http::One).await;
    let (requests, secrets) = requests();
    for request in requests {
        body::text(client.send(request).await.into_body()).await;
    }
    let end = mint::basic("jane", &mint::api_token(200));
    let last = Request::get("/2.0/last")
        .header("authorization", end)
        .body(body::empty())
        .unwrap();
    client.send(last).await;
    proxy
        .event("the last request's event", |event| {
            event["url.path"] == "/2.0/last"
        })
        .await;
    let events = proxy.events();
    assert!(events.len() > 5, "{events:?}");
    for event in &events {
        for secret in &secrets {
            assert_hidden(&event.to_string(), secret, "an event");
        }
    }
}

/// Requests to the proxy's port that it refuses, with `secret` wherever one may stand.
fn broken_proxy_heads(secret: &str) -> Vec<String> {
    let basic = mint::basic("jane", secret);
    vec![
        format!(
            "CONNECT api.bitbucket.org:443 HTTP/1.1\r\nProxy-Authorization: {basic}\r\nX: {secret}\r\n\r\n"
        ),
        format!("CONNECT nowhere.invalid:443 HTTP/1.1\r\nHost: {secret}\r\n\r\n"),
        format!("CONNECT jane:{secret}@api.bitbucket.org:443 HTTP/1.1\r\n\r\n"),
        format!(
            "GET https://jane:{secret}@api.bitbucket.org/{secret}?t={secret} HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
        ),
        format!(
            "GET http://nowhere.invalid/?token={secret} HTTP/1.1\r\nHost: nowhere.invalid\r\nAuthorization: {basic}\r\n\r\n"
        ),
        format!("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: {secret}\r\n {secret}\r\n\r\n"),
    ]
}

/// The same inside a tunnel.
fn broken_heads(secret: &str) -> Vec<String> {
    let basic = mint::basic("jane", secret);
    vec![
        format!(
            "GET /{secret} HTTP/1.1\r\nHost: {secret}.example\r\nAuthorization: {basic}\r\n\r\n"
        ),
        format!(
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic {secret}\r\n {secret}\r\n\r\n"
        ),
        format!("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nHost: {secret}\r\n\r\n"),
        format!("G{secret} / HTTP/9.{secret}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nTransfer-Encoding: {secret}\r\n\r\n"),
    ]
}

#[tokio::test]
async fn our_own_refusals_hold_no_secret() {
    let origin = Origin::new()
        .certificate(Certificate::UnknownCa)
        .script(|_, _| async {})
        .await;
    let good = Origin::new()
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let (bad, proxy) = (Proxy::before(&origin).await, Proxy::before(&good).await);
    let secret = canary(99);
    for head in broken_proxy_heads(&secret) {
        let mut client = bad.dialer.port().await;
        client.send(head).await;
        client.finish().await;
        let answer = String::from_utf8_lossy(&client.until_end().await.bytes).into_owned();
        assert_hidden(&answer, &secret, "an answer on the proxy's port");
    }
    for head in broken_heads(&secret) {
        let mut client = proxy.raw().await;
        client.send(head).await;
        let answer = String::from_utf8_lossy(&client.until_end().await.bytes).into_owned();
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
        assert_hidden(&answer, &secret, "an answer inside the tunnel");
    }
    for event in bad.events().into_iter().chain(proxy.events()) {
        let mut event = event;
        // The path is part of an event; only queries and credentials are not.
        event.as_object_mut().unwrap().remove("url.path");
        assert_hidden(&event.to_string(), &secret, "an event");
    }
}

/// H-K2: with RUST_LOG=trace in the environment.
#[tokio::test]
async fn the_program_writes_no_secret_at_trace_level_in_either_form() {
    for format in ["--log-format=json", "--log-format=pretty"] {
        let origin = Origin::new()
            .serve(async |_| {
                Response::builder()
                    .status(401)
                    .body(body::full("no"))
                    .unwrap()
            })
            .await;
        let program = Program::before(&origin, &[format, "--log-level=trace", "--log-every"]).await;
        let dialer = program.dialer();
        let mut secrets = Vec::new();
        for version in [Http::One, Http::Two] {
            let mut client = dialer.http(version).await;
            let (requests, sent) = requests();
            for request in requests {
                body::text(client.send(request).await.into_body()).await;
            }
            secrets = sent;
        }
        let secret = &secrets[0];
        for head in broken_heads(secret) {
            let mut client = dialer.raw().await;
            client.send(head).await;
            client.until_end().await;
        }
        for head in broken_proxy_heads(secret) {
            let mut client = dialer.port().await;
            client.send(head).await;
            client.some().await;
        }
        let written = program.end().await;
        assert!(written.contains("basic-not-encoded"), "{written}");
        for secret in &secrets {
            assert_hidden(&written, secret, format);
        }
    }
}
