//! The kit itself: origin and clients agree when no proxy stands between them.

use crate::support::Http;
use crate::support::body::{self, text};
use crate::support::origin::Origin;
use crate::support::wire::Wire;
use http::{Request, Response};

#[tokio::test]
async fn a_script_and_a_raw_client_see_each_others_bytes() {
    let origin = Origin::new()
        .script(|mut wire, number| async move {
            assert_eq!(number, 0);
            assert_eq!(wire.head().await, "GET / HTTP/1.1\r\nhOsT: api.bitbucket.org\r\n\r\n");
            wire.send("HTTP/1.1 200 Fine\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nEnd: yes\r\n\r\n").await;
        })
        .await;
    let mut client = origin.direct().raw().await;
    client
        .send("GET / HTTP/1.1\r\nhOsT: api.bitbucket.org\r\n\r\n")
        .await;
    let answer = client.answer().await;
    assert_eq!(
        (
            answer.status(),
            answer.text().as_str(),
            answer.trailers.as_str()
        ),
        (200, "ok", "End: yes\r\n")
    );
    assert_eq!(
        origin.received_text(0),
        "GET / HTTP/1.1\r\nhOsT: api.bitbucket.org\r\n\r\n"
    );
}

#[tokio::test]
#[should_panic(expected = "the origin panicked: a fault in the script")]
async fn a_panic_of_the_origin_fails_the_test() {
    let origin = Origin::new()
        .script(|_, _| async { panic!("a fault in the script") })
        .await;
    let mut client = origin.direct().raw().await;
    client
        .until_end()
        .await
        .end
        .expect_err("a connection that is torn down");
    drop(origin);
}

#[tokio::test]
async fn a_reset_is_seen_as_one() {
    let origin = Origin::new()
        .script(|wire: Wire, _| async { wire.reset() })
        .await;
    let mut client = origin.direct().raw().await;
    let error = client.until_end().await.end.expect_err("a reset");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn hyper_speaks_to_itself_in_both_versions() {
    for version in [Http::One, Http::Two] {
        let origin = Origin::new()
            .serve(async |request: Request<_>| {
                let text = text(request.into_body()).await;
                Response::new(body::full(text.to_uppercase()))
            })
            .await;
        let mut client = origin.direct().http(version).await;
        let request = Request::post("/x?y=z").body(body::full("abc")).unwrap();
        let answer = client.send(request).await;
        assert_eq!(text(answer.into_body()).await, "ABC", "{version:?}");
        assert_eq!(origin.requests()[0].uri.path(), "/x");
    }
}
