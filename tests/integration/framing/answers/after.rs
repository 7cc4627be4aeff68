//! Answers before the answer, and answers before the request's end.

use super::{GOOD, Must, Trace, try_all, vector};
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;

/// H-S66: interim answers, however many, are none.
#[tokio::test]
async fn a_flood_of_interim_answers_ends_with_the_answer() {
    let hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
    let flood = |count: usize, last: &str| [hint.repeat(count).as_str(), last].concat();
    let framed = "HTTP/1.1 103 Early Hints\r\nContent-Length: 6\r\n\r\n";
    try_all(vec![
        vector("one", Must::Pass("good"), flood(1, GOOD).as_bytes()),
        vector("10,000", Must::Pass("good"), flood(10_000, GOOD).as_bytes()),
        vector("100 that nobody asked for", Must::Pass("good"), format!("HTTP/1.1 100 Continue\r\n\r\n{GOOD}").as_bytes()),
        vector("with a length", Must::Pass("good"), format!("{framed}{GOOD}").as_bytes()),
        vector("a switch that nobody asked for", Must::Refuse, format!("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n{GOOD}").as_bytes()),
    ])
    .await;
}

/// H-S66: the next request never stands where the origin still expects the body of one that was answered early.
#[tokio::test]
async fn an_answer_before_the_requests_end_spends_the_connection() {
    let trace = Trace::default();
    let noted = trace.clone();
    let origin = Origin::new()
        .script(move |mut wire, connection| {
            let trace = noted.clone();
            async move {
                let head = wire.head().await;
                let target = head.split(' ').nth(1).unwrap().to_owned();
                trace.lock().unwrap().push((connection, target));
                wire.try_send(GOOD).await.ok();
                let rest = String::from_utf8(wire.until_end().await.bytes).unwrap();
                let asked = rest.matches(" HTTP/1.1\r\n").count();
                assert_eq!(asked, 0, "a request where a body was due: {rest}");
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send("PUT /early HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 1000\r\n\r\nhalf")
        .await;
    assert_eq!(client.answer().await.text(), "good");
    let mut other = proxy.raw().await;
    other
        .send("GET /next HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    assert_eq!(other.answer().await.text(), "good");
    let asked = [(0, "/early".to_owned()), (1, "/next".to_owned())];
    assert_eq!(*trace.lock().unwrap(), asked);
}
