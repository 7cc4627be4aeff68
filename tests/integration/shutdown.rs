//! A graceful end: nothing new is taken, nothing under way is lost.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::within;
use bytes::Bytes;
use http::Response;
use http_body_util::BodyExt;
use std::sync::Mutex;
use std::time::Duration;
use tokio::net::TcpStream;

each_pair! {
    async fn an_answer_under_way_is_finished(pair) {
        let (mut sender, fed) = body::fed();
        let fed = Mutex::new(Some(fed));
        let origin = Origin::new().of(pair).serve(move |_| {
            let body = fed.lock().unwrap().take().expect("one request");
            async move { Response::new(body) }
        }).await;
        let proxy = Proxy::before(&origin).await;
        let address = proxy.dialer.address;
        let mut client = proxy.http(pair.client).await;
        let mut answer = client.get("/long").await;
        sender.send_data(Bytes::from_static(b"first ")).await.unwrap();
        within("the first piece", answer.body_mut().frame()).await.unwrap().unwrap();
        let end = tokio::spawn(proxy.shutdown(Duration::from_secs(10)));
        within("a closed port", async { while TcpStream::connect(address).await.is_ok() {} }).await;
        sender.send_data(Bytes::from_static(b"second")).await.unwrap();
        drop(sender);
        assert_eq!(body::text(answer.into_body()).await, "second");
        assert!(within("the end", end).await.unwrap().0, "nothing had to be cut");
    }
}

#[tokio::test]
async fn a_request_whose_answer_has_not_begun_is_answered() {
    let (asked, is_asked) = tokio::sync::oneshot::channel();
    let (answer, may_answer) = tokio::sync::oneshot::channel();
    let gates = Mutex::new(Some((asked, may_answer)));
    let origin = Origin::new()
        .serve(move |_| {
            let (asked, may_answer) = gates.lock().unwrap().take().expect("one request");
            async move {
                asked.send(()).unwrap();
                may_answer.await.unwrap();
                Response::builder()
                    .status(401)
                    .body(body::full("late"))
                    .unwrap()
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    within("the request", is_asked).await.unwrap();
    let address = proxy.dialer.address;
    let end = tokio::spawn(proxy.shutdown(Duration::from_secs(10)));
    within("a closed port", async {
        while TcpStream::connect(address).await.is_ok() {}
    })
    .await;
    answer.send(()).unwrap();
    let got = client.answer().await;
    assert_eq!(
        (got.text().as_str(), got.fields("x-auth-diagnosis").len()),
        ("late", 1)
    );
    assert!(
        within("the end", end).await.unwrap().0,
        "nothing had to be cut"
    );
}

#[tokio::test]
async fn idle_clients_do_not_hold_up_the_end() {
    let origin = Origin::new()
        .serve(async |_| Response::new(body::full("ok")))
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut used = proxy.raw().await;
    used.send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    used.answer().await;
    let mut h2 = proxy.http(Http::Two).await;
    h2.get("/").await;
    let _unused = proxy.raw().await;
    assert!(proxy.shutdown(Duration::from_secs(10)).await.0);
    assert_eq!(used.until_end().await.bytes, b"");
}

#[tokio::test]
async fn clients_that_have_asked_nothing_do_not_hold_up_the_end() {
    let origin = Origin::new()
        .serve(async |_| Response::new(body::full("ok")))
        .await;
    let proxy = Proxy::before(&origin).await;
    let _fresh = proxy.dialer.port().await;
    let _granted = proxy.dialer.connect("api.bitbucket.org:443").await;
    assert!(proxy.shutdown(Duration::from_secs(5)).await.0);
}

#[tokio::test]
async fn what_does_not_end_is_cut_at_the_limit() {
    let origin = Origin::new()
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    within("the request", async {
        while origin.all_received().is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(
        !proxy.shutdown(Duration::from_millis(200)).await.0,
        "one exchange was cut"
    );
    client.until_end().await;
}
