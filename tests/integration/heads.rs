//! Heads that hyper cannot parse get an answer of ours and an event, and reach no origin.

use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;

#[tokio::test]
async fn a_wrapped_base64_value_gets_an_answer_and_an_event() {
    let origin = Origin::new()
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let proxy = Proxy::before(&origin).await;
    let secret = mint::api_token(7);
    let value = mint::basic("jane@example.com", &secret);
    let (first, second) = value.split_at("Basic ".len() + 76);
    for fold in ["\r\n ", "\n", "\r\n"] {
        let mut client = proxy.raw().await;
        let head = format!(
            "GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: {first}{fold}{second}\r\n\r\n"
        );
        client.send(head).await;
        let answer = client.answer().await;
        assert_eq!(answer.status(), 400, "{fold:?}: {}", answer.head);
        assert!(!answer.body.is_empty(), "hyper's own 400 has no body");
        assert!(
            !answer.text().contains(second) && !answer.head.contains(second),
            "{answer:?}"
        );
        client.until_end().await;
    }
    assert_eq!(origin.all_received(), b"");
    let event = proxy
        .event("an event of the refused head", |event| {
            event["event"] == "auth_diagnosis"
        })
        .await;
    assert_eq!(event["auth.mistake"], "base64-line-wrapped");
    assert!(!event.to_string().contains(second), "{event}");
}

#[tokio::test]
async fn every_unparsable_head_is_answered_once_and_the_connection_ends() {
    let origin = Origin::new()
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let proxy = Proxy::before(&origin).await;
    let long_target = format!(
        "GET /{} HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n",
        "a".repeat(70_000)
    );
    let long_head = format!(
        "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nX: {}\r\n\r\n",
        "a".repeat(500_000)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n{}\r\n",
        "X: y\r\n".repeat(1_000)
    );
    for (name, head, statuses) in [
        (
            "obs-fold",
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nX: a\r\n b\r\n\r\n",
            [400, 400],
        ),
        (
            "control byte",
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nX: a\u{1}b\r\n\r\n",
            [400, 400],
        ),
        (
            "HTTP/1.2",
            "GET / HTTP/1.2\r\nHost: api.bitbucket.org\r\n\r\n",
            [400, 505],
        ),
        (
            "TLS again",
            "\u{16}\u{3}\u{1}\0\u{5}\r\n\r\n\r\n",
            [400, 400],
        ),
        (
            "bad length",
            "PUT / HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: x\r\n\r\n",
            [400, 400],
        ),
        ("long target", &long_target, [414, 400]),
        ("long head", &long_head, [431, 400]),
        ("many fields", &many, [431, 400]),
    ] {
        let mut client = proxy.raw().await;
        client.try_send(head).await.ok();
        let answer = client.answer().await;
        assert!(
            statuses.contains(&answer.status()),
            "{name}: {}",
            answer.head
        );
        assert_eq!(
            client.until_end().await.bytes,
            b"",
            "{name}: bytes behind the answer"
        );
    }
    assert_eq!(origin.all_received(), b"");
}

#[tokio::test]
async fn a_bad_head_behind_a_good_one_does_not_disturb_the_good_ones_answer() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")
                .await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let good = "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
    client
        .send(format!("{good}GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n"))
        .await;
    assert_eq!(client.answer().await.text(), "good");
    assert_eq!(client.answer().await.status(), 400);
    assert_eq!(origin.received_text(0), good);
}

#[tokio::test]
async fn half_a_head_and_then_the_end_harms_nothing() {
    let origin = Origin::new()
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let proxy = Proxy::before(&origin).await;
    for part in ["", "G", "GET / HTTP/1.1\r\nAuthorization: Basic YTpi"] {
        let mut client = proxy.raw().await;
        client.send(part).await;
        client.finish().await;
        client.until_end().await;
    }
    assert_eq!(origin.all_received(), b"");
}
