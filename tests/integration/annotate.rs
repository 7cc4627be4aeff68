//! `--annotate`: refused answers say it where old tools look, and nothing else of them changes.

use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Message;
use std::fmt::Write as _;
use why401::config::Annotate;

const EVERYWHERE: Annotate = Annotate {
    reason: true,
    body: true,
};
const ENVELOPE: &str = r#"{"type":"error","error":{"message":"No","id":"x"}}"#;
const REASON: &str = "Unauthorized (why401: API token needs the account email as user name)";

/// A refusal with these fields, and this body behind its length.
fn refusal(fields: &str, body: &str) -> String {
    let mut head = format!("HTTP/1.1 401 Unauthorized\r\n{fields}");
    let _ = write!(head, "content-length: {}\r\n\r\n", body.len());
    head + body
}

/// What a client gets that sends an API token under a user name, when the origin answers `answer`.
async fn answered(annotate: Annotate, method: &str, answer: String) -> Message {
    told(annotate, method, "api.bitbucket.org", "/2.0/user", answer).await
}

async fn told(annotate: Annotate, method: &str, host: &str, path: &str, answer: String) -> Message {
    let origin = Origin::new()
        .script(move |mut wire, _| {
            let answer = answer.clone();
            async move {
                wire.head().await;
                wire.send(answer).await;
                wire.finish().await;
                wire.until_end().await;
            }
        })
        .await;
    let proxy = Proxy::with(&origin, |config| config.annotate = annotate).await;
    let mut client = proxy.dialer.raw_to(host).await;
    let credentials = mint::basic("jane", &mint::api_token(3));
    client
        .send(format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {credentials}\r\n\r\n"
        ))
        .await;
    match method {
        "HEAD" => client.answer_to_head().await,
        _ => client.answer().await,
    }
}

/// The declared length, which must be the true one.
fn length(answer: &Message) -> usize {
    let head = answer.head.to_ascii_lowercase();
    let (_, value) = head.split_once("content-length: ").expect("a length");
    value.lines().next().unwrap().parse().expect("a number")
}

#[tokio::test]
async fn the_reason_phrase_and_the_envelope_say_it() {
    let answer = refusal("content-type: application/json\r\nx-a: b\r\n", ENVELOPE);
    let got = answered(EVERYWHERE, "GET", answer).await;
    assert!(
        got.head.starts_with(&format!("HTTP/1.1 401 {REASON}\r\n")),
        "{}",
        got.head
    );
    assert_eq!(length(&got), got.text().len());
    let body: serde_json::Value = serde_json::from_str(&got.text()).unwrap();
    let said = body["error"]["data"]["auth_diagnosis"].as_str().unwrap();
    assert!(
        said.starts_with("why401: api-token-with-username (likely): "),
        "{said}"
    );
    assert_eq!(body["error"]["id"], "x");
    assert!(got.head.contains("x-auth-diagnosis: ") && got.head.contains("x-a: b\r\n"));
}

#[tokio::test]
async fn git_prints_one_more_line() {
    let answer = refusal("content-type: text/plain; charset=utf-8\r\n", "Denied.");
    let path = "/acme/site.git/info/refs?service=git-upload-pack";
    let got = told(EVERYWHERE, "GET", "bitbucket.org", path, answer).await;
    let text = got.text();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "Denied.");
    assert!(lines[1].starts_with("why401: "), "{text}");
    assert_eq!((lines.len(), length(&got)), (2, text.len()));
}

#[tokio::test]
async fn a_chunked_envelope_stays_chunked() {
    let answer = format!(
        "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{ENVELOPE}\r\n0\r\n\r\n",
        ENVELOPE.len()
    );
    let got = answered(EVERYWHERE, "GET", answer).await;
    assert!(got.text().contains("auth_diagnosis"), "{}", got.text());
    assert!(!got.head.contains("content-length"), "{}", got.head);
}

#[tokio::test]
async fn each_place_is_asked_for_by_itself_and_none_by_default() {
    for (reason, body) in [(false, false), (true, false), (false, true)] {
        let answer = refusal("content-type: application/json\r\n", ENVELOPE);
        let got = answered(Annotate { reason, body }, "GET", answer).await;
        assert_eq!(got.head.contains(REASON), reason, "{}", got.head);
        assert_eq!(got.text() != ENVELOPE, body, "{}", got.text());
        assert_eq!(length(&got), got.text().len());
        assert!(got.head.contains("x-auth-diagnosis: "));
    }
}

#[tokio::test]
async fn other_bodies_are_untouched() {
    let long = format!(
        r#"{{"type":"error","error":{{"message":"{}"}}}}"#,
        "x".repeat(70_000)
    );
    for (fields, body) in [
        ("content-type: application/json\r\n", &*long),
        (
            "content-type: application/json\r\ncontent-digest: sha-256=:x:\r\n",
            ENVELOPE,
        ),
        (
            "content-type: application/json\r\ncontent-md5: x\r\n",
            ENVELOPE,
        ),
        (
            "content-type: application/json\r\netag: \"x\"\r\n",
            ENVELOPE,
        ),
        (
            "content-type: application/json\r\ncontent-encoding: identity\r\n",
            ENVELOPE,
        ),
        (
            "content-type: application/json\r\ncontent-range: bytes 0-9/10\r\n",
            ENVELOPE,
        ),
        ("content-type: application/problem+json\r\n", ENVELOPE),
        ("content-type: text/html\r\n", "<html>"),
        ("content-type: text/plain\r\n", "No."),
        ("", ENVELOPE),
    ] {
        let got = answered(EVERYWHERE, "GET", refusal(fields, body)).await;
        assert_eq!(got.text(), body, "{fields}");
        assert_eq!(length(&got), body.len(), "{fields}");
        assert!(got.head.contains(REASON), "{}", got.head);
    }
}

#[tokio::test]
async fn an_answer_to_head_keeps_its_length() {
    let answer = "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: 1234\r\n\r\n";
    let got = answered(EVERYWHERE, "HEAD", answer.to_owned()).await;
    assert_eq!(length(&got), 1234);
    assert!(got.head.contains(REASON), "{}", got.head);
}

#[tokio::test]
async fn an_origins_own_reason_phrase_stays() {
    let answer = refusal("", "No.").replacen("Unauthorized", "We are sorry", 1);
    let got = answered(EVERYWHERE, "GET", answer).await;
    assert!(
        got.head.starts_with("HTTP/1.1 401 We are sorry\r\n"),
        "{}",
        got.head
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_passed_on_as_broken() {
    let answer = format!(
        "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{ENVELOPE}"
    );
    let origin = Origin::new()
        .script(move |mut wire, _| {
            let answer = answer.clone();
            async move {
                wire.head().await;
                wire.send(answer).await;
                wire.finish().await;
            }
        })
        .await;
    let proxy = Proxy::with(&origin, |config| config.annotate = EVERYWHERE).await;
    let mut client = proxy.raw().await;
    let credentials = mint::basic("jane", &mint::api_token(3));
    client
        .send(format!(
            "GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: {credentials}\r\n\r\n"
        ))
        .await;
    let rest = client.until_end().await;
    let text = String::from_utf8_lossy(&rest.bytes);
    assert!(text.contains("content-length: 900\r\n"), "{text}");
    assert!(text.ends_with(ENVELOPE), "{text}");
}
