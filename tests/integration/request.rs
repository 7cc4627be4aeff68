//! The request reaches the origin as the client sent it, byte for byte on HTTP/1.1.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{Request, Response};

/// Sends `sent` through the proxy to an origin that reads as many bytes as `expected` has, then answers 204.
async fn arrives_as(sent: impl AsRef<[u8]>, expected: impl AsRef<[u8]>) {
    let expected = expected.as_ref().to_vec();
    let length = expected.len();
    let origin = Origin::new()
        .script(move |mut wire, _| async move {
            wire.exactly(length).await;
            wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            assert_eq!(
                wire.until_end().await.bytes,
                b"",
                "bytes behind the request"
            );
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(sent).await;
    let status = client.answer_to_head().await.status();
    let (text, expected) = (
        origin.received_text(0),
        String::from_utf8_lossy(&expected).into_owned(),
    );
    assert_eq!((text, status), (expected, 204));
}

async fn arrives_unchanged(sent: impl AsRef<[u8]>) {
    arrives_as(&sent, &sent).await;
}

#[tokio::test]
async fn names_keep_case_and_order() {
    let credentials = mint::basic("jane", &mint::api_token(1));
    arrives_unchanged(format!(
        "GET /2.0/workspaces/acme?page=2&q=a%20b HTTP/1.1\r\n\
         hOST: api.bitbucket.org\r\n\
         X-zeta: last\r\n\
         authorization: {credentials}\r\n\
         ACCEPT: */*\r\n\
         User-agent: Mozilla/4.0 (compatible; \"odd\")\r\n\
         cookie: a=b; c=\"d\"\r\n\
         X-Alpha: first\r\n\r\n"
    ))
    .await;
}

#[tokio::test]
async fn repeated_names_keep_each_ones_value_order_and_case() {
    arrives_unchanged(
        "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nX-Many: one\r\nx-many: two\r\nX-MANY: one\r\nZ: z\r\n\r\n",
    )
    .await;
}

#[tokio::test]
async fn scattered_repeats_gather_where_the_name_first_appears() {
    arrives_as(
        "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nA: 1\r\nB: 2\r\na: 3\r\nC: 4\r\nb: 5\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nA: 1\r\na: 3\r\nB: 2\r\nb: 5\r\nC: 4\r\n\r\n",
    )
    .await;
}

/// H-S64: nothing is added that an echo could show, and it goes to the client alone.
#[tokio::test]
async fn a_trace_with_credentials_arrives_as_it_is() {
    arrives_unchanged(
        "TRACE /x HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic YTpi\r\nMax-Forwards: 1\r\nCookie: a=b\r\n\r\n",
    )
    .await;
}

/// H-S65: and named.
#[tokio::test]
async fn two_authorization_fields_are_diagnosed() {
    let origin = Origin::new()
        .serve(async |_| Response::builder().status(401).body(body::empty()).unwrap())
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let pair = mint::basic("jane@example.com", &mint::api_token(1));
    client
        .send(format!(
            "GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: {pair}\r\nAuthorization: Bearer c\r\n\r\n"
        ))
        .await;
    let answer = client.answer().await;
    let field = answer.field("x-auth-diagnosis").unwrap();
    assert!(field.starts_with("repeated-authorization;"), "{field}");
}

/// H-S65: forwarded.
#[tokio::test]
async fn two_authorization_fields_both_arrive() {
    arrives_unchanged(
        "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic YTpi\r\nAuthorization: Bearer c\r\n\r\n",
    )
    .await;
}

#[tokio::test]
async fn values_keep_bytes_that_are_not_ascii_and_emptiness() {
    arrives_unchanged(
        b"GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nX-Raw: caf\xc3\xa9 \xff\r\nX-Empty:\r\nX-Tab: a\tb\r\n\r\n",
    )
    .await;
}

#[tokio::test]
async fn a_field_of_64_kib_arrives_whole() {
    let jwt = "eyJ".to_owned() + &"x".repeat(64 * 1024);
    arrives_unchanged(format!(
        "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Bearer {jwt}\r\n\r\n"
    ))
    .await;
}

#[tokio::test]
async fn any_method_arrives() {
    for method in ["PROPFIND", "FROB-nicate", "DELETE", "TRACE", "get"] {
        arrives_unchanged(format!(
            "{method} /x HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
        ))
        .await;
    }
}

#[tokio::test]
async fn odd_targets_arrive_as_they_are() {
    for target in [
        "/a//b/../c;d?x=%zz&&y=[1]|{2}^",
        "/?",
        "/%2e%2E/",
        "/a?b?c",
        "/2.0/x%00y",
        "/~{uuid}/",
    ] {
        arrives_unchanged(format!(
            "GET {target} HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
        ))
        .await;
    }
}

#[tokio::test]
async fn the_asterisk_target_arrives() {
    arrives_unchanged("OPTIONS * HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n").await;
}

#[tokio::test]
async fn an_http_1_0_request_stays_one() {
    arrives_unchanged("GET /old HTTP/1.0\r\nUser-Agent: Lynx\r\n\r\n").await;
    arrives_unchanged(
        "POST /old HTTP/1.0\r\nHost: api.bitbucket.org\r\nContent-Length: 3\r\n\r\nabc",
    )
    .await;
}

#[tokio::test]
async fn a_post_without_length_gains_none() {
    arrives_unchanged("POST /2.0/x HTTP/1.1\r\nHost: api.bitbucket.org\r\nAccept: a/b\r\n\r\n")
        .await;
}

#[tokio::test]
async fn a_body_of_known_length_arrives_with_its_length() {
    arrives_unchanged(
        b"PUT /x HTTP/1.1\r\ncontent-LENGTH: 5\r\nHost: api.bitbucket.org\r\n\r\n\0\r\n\xff",
    )
    .await;
    arrives_unchanged(
        "GET /x HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 4\r\n\r\nbody",
    )
    .await;
    arrives_unchanged("DELETE /x HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 0\r\n\r\n")
        .await;
}

#[tokio::test]
async fn the_chunked_body_of_a_get_arrives() {
    arrives_unchanged(
        "GET /x HTTP/1.1\r\nHost: api.bitbucket.org\r\ntransfer-Encoding: chunked\r\nZ: z\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    )
    .await;
}

#[tokio::test]
async fn an_empty_chunked_body_stays_chunked() {
    arrives_unchanged(
        "POST /x HTTP/1.1\r\nHost: api.bitbucket.org\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    )
    .await;
}

each_pair! {
    async fn method_target_and_fields_arrive_in_any_version(pair) {
        let origin = Origin::new().of(pair).serve(async |request: Request<_>| {
            Response::new(body::full(body::collect(request.into_body()).await.0))
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let fields = [("accept", "a/b"), ("x-many", "2"), ("x-many", "1"), ("x-empty", ""), ("cookie", "a=b; c=d")];
        let mut request = Request::put("/2.0/a%2Fb//c?d=e%20f&&g");
        for (name, value) in fields {
            request = request.header(name, value);
        }
        let answer = client.send(request.body(body::full("the body")).unwrap()).await;
        assert_eq!(body::text(answer.into_body()).await, "the body");
        let seen = origin.requests().remove(0);
        let target = seen.uri.path_and_query().unwrap().as_str();
        assert_eq!((seen.method.as_str(), target), ("PUT", "/2.0/a%2Fb//c?d=e%20f&&g"));
        let authority = seen.uri.authority().map(|name| name.as_str().to_owned());
        let host = seen.headers.get("host").map(|host| host.to_str().unwrap().to_owned());
        assert!(authority.iter().chain(&host).all(|name| name == "api.bitbucket.org"), "{seen:?}");
        assert!(authority.is_some() || host.is_some(), "{seen:?}");
        let arrived = seen.headers.iter().filter(|(name, _)| !["host", "content-length"].contains(&name.as_str()));
        let arrived: Vec<_> = arrived.map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(arrived, fields);
    }
}

each_pair! {
    async fn a_field_of_48_kib_arrives_in_any_version(pair) {
        let origin = Origin::new().of(pair).serve(async |_| Response::new(body::empty())).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let jwt = format!("Bearer eyJ{}", "x".repeat(48 * 1024));
        let request = Request::get("/").header("authorization", &jwt);
        assert_eq!(client.send(request.body(body::empty()).unwrap()).await.status(), 200);
        assert_eq!(origin.requests()[0].headers["authorization"], jwt);
    }
}

#[tokio::test]
async fn the_crumbs_of_a_cookie_in_http_2_become_one_field_of_http_1() {
    let origin = Origin::new()
        .only(Http::One)
        .serve(async |_| Response::new(body::empty()))
        .await;
    let proxy = Proxy::before(&origin).await;
    let request = Request::get("/")
        .header("cookie", "a=1")
        .header("x-a", "b")
        .header("cookie", "c=2");
    proxy
        .http(Http::Two)
        .await
        .send(request.body(body::empty()).unwrap())
        .await;
    let cookies = origin.requests()[0]
        .headers
        .get_all("cookie")
        .iter()
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(cookies, ["a=1; c=2"]);
}
