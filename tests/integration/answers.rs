//! Ambiguous answers of an origin: refused or made clear, and what stands behind them reaches nobody.

use crate::support::origin::Origin;
use crate::support::proxy::Proxy;

const ASKED: &str = "GET /x HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";

/// All that a client gets, until its connection ends, for one request and a second one behind it. The origin
/// answers each connection's first request by `answer` and every other by `next`.
async fn outcome(answer: &'static [u8]) -> String {
    let origin = Origin::new()
        .script(move |mut wire, number| async move {
            wire.head().await;
            let next = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext";
            wire.send(if number == 0 { answer } else { next }).await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(ASKED).await;
    let first = client.answer().await;
    client
        .try_send(ASKED.replace("Host", "Connection: close\r\nHost"))
        .await
        .ok();
    let rest = String::from_utf8_lossy(&client.until_end().await.bytes).into_owned();
    assert!(
        rest.is_empty() || rest.ends_with("next"),
        "{first:?}, then {rest}"
    );
    format!("{} {}", first.status(), first.text())
}

#[tokio::test]
async fn bytes_behind_an_answer_are_never_another_answer() {
    let forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ] {
        let got = outcome(format!("{head}{forged}").leak().as_bytes()).await;
        assert!(!got.contains("forged"), "{head:?}: {got}");
    }
}

#[tokio::test]
async fn conflicting_lengths_of_an_answer_are_refused() {
    let got = outcome(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab").await;
    assert_eq!(&got[..3], "502");
}

#[tokio::test]
async fn a_length_beside_chunked_in_an_answer_is_dropped_or_refused() {
    let body = "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    let got = outcome(
        format!("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n{body}")
            .leak()
            .as_bytes(),
    )
    .await;
    assert!(got == "200 ok" || got.starts_with("502"), "{got}");
}

#[tokio::test]
async fn a_flood_of_informational_answers_ends() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            let hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(10_000);
            wire.try_send(format!(
                "{hints}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            ))
            .await
            .ok();
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(ASKED).await;
    let status = client.answer().await.status();
    assert!([200, 502].contains(&status), "{status}");
}
