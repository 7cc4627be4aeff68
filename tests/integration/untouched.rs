//! The field is added, and that is all: whatever the origin's answer and the client's credentials are.

use crate::support::client::API;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::{Message, Wire};
use http::Request;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Bytes of the large body; more where this variable says so.
const BODY: &str = "WHY401_BODY_BYTES";

/// What comes back for an answer of these fields and this body, to a request of these fields.
async fn answered(asked: &str, answer: String) -> Message {
    let origin = Origin::new()
        .script(move |mut wire: Wire, _| {
            let answer = answer.clone();
            async move {
                wire.head().await;
                wire.send(answer).await;
                wire.until_end().await;
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let credentials = mint::basic("jane", &mint::api_token(3));
    client
        .send(format!(
            "GET /2.0/user HTTP/1.1\r\nHost: {API}\r\nAuthorization: {credentials}\r\n{asked}\r\n"
        ))
        .await;
    client.answer().await
}

fn refusal(fields: &str) -> String {
    format!("HTTP/1.1 401 Unauthorized\r\n{fields}Content-Length: 2\r\n\r\nno")
}

/// H-I3: a challenge that is none, one of 32 KiB, a hundred of them.
#[tokio::test]
async fn challenges_pass_as_they_are() {
    let many = (0..90).fold(String::new(), |mut many, number| {
        let _ = write!(many, "WWW-Authenticate: Basic realm=\"{number}\"\r\n");
        many
    });
    for fields in [
        format!(
            "WWW-Authenticate: Basic realm=\"{}\"\r\n",
            "x".repeat(64 * 1024)
        ),
        "WWW-Authenticate: Basic realm=\"a%0d%0aX: y\", ,, =\"\\\", Bearer\r\n".to_owned(),
        many,
    ] {
        let got = answered("", refusal(&fields)).await;
        let expected = format!("HTTP/1.1 401 Unauthorized\r\n{fields}Content-Length: 2\r\n\r\n");
        assert!(
            got.without("x-auth-diagnosis") == expected,
            "{:.300}",
            got.head
        );
        assert_eq!(got.fields("x-auth-diagnosis").len(), 1);
    }
}

/// H-I4: neither side can have the field taken away.
#[tokio::test]
async fn the_field_cannot_be_nominated_away() {
    let got = answered(
        "Connection: x-auth-diagnosis\r\n",
        refusal("Connection: X-Auth-Diagnosis\r\n"),
    )
    .await;
    assert_eq!(got.fields("x-auth-diagnosis").len(), 1, "{}", got.head);
    assert!(
        !got.head.to_lowercase().contains("connection: x-auth"),
        "{}",
        got.head
    );
}

/// H-I6: caches and browsers are told what the origin told them.
#[tokio::test]
async fn fields_for_caches_and_browsers_stay() {
    let fields = "Cache-Control: max-age=60, public\r\nVary: Accept, Cookie\r\nAge: 1\r\n\
                  Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: X-A\r\n";
    let got = answered("Origin: https://a.example\r\n", refusal(fields)).await;
    let expected = format!("HTTP/1.1 401 Unauthorized\r\n{fields}Content-Length: 2\r\n\r\n");
    assert_eq!(got.without("x-auth-diagnosis"), expected);
    for status in [
        "200 OK\r\nContent-Length: 0",
        "204 No Content",
        "304 Not Modified",
        "500 Oops\r\nContent-Length: 0",
    ] {
        let got = answered(
            "",
            format!("HTTP/1.1 {status}\r\nCache-Control: no-store\r\n\r\n"),
        )
        .await;
        assert_eq!(got.fields("x-auth-diagnosis").len(), 0, "{}", got.head);
    }
}

/// H-I5: a body of 100 MiB where the whole of it is asked for, with a length and in chunks.
#[tokio::test]
async fn a_huge_refusal_arrives_byte_for_byte() {
    let length: usize =
        std::env::var(BODY).map_or(4 << 20, |bytes| bytes.parse().expect("a number"));
    for chunked in [false, true] {
        let framing = match chunked {
            true => "Transfer-Encoding: chunked\r\nContent-Encoding: gzip".to_owned(),
            false => format!("Content-Length: {length}"),
        };
        let head = format!("HTTP/1.1 403 Forbidden\r\n{framing}\r\n\r\n");
        let origin = Origin::new()
            .script(move |mut wire: Wire, _| {
                let head = head.clone();
                async move {
                    wire.head().await;
                    wire.send(head).await;
                    for piece in pieces(length) {
                        if chunked {
                            wire.send(format!("{:x}\r\n", piece.len())).await;
                        }
                        wire.send(&piece).await;
                        if chunked {
                            wire.send("\r\n").await;
                        }
                    }
                    if chunked {
                        wire.send("0\r\n\r\n").await;
                    }
                    wire.until_end().await;
                }
            })
            .await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(crate::support::Http::One).await;
        let request = Request::get("/2.0/user").header("authorization", "Basic Og==");
        let answer = client
            .send(request.body(crate::support::body::empty()).unwrap())
            .await;
        assert!(answer.headers().contains_key("x-auth-diagnosis"));
        let mut sum = Sha256::new();
        let mut body = answer.into_body();
        let mut got = 0;
        while let Some(frame) = http_body_util::BodyExt::frame(&mut body).await {
            let data = frame.expect("a whole frame").into_data().expect("data");
            got += data.len();
            sum.update(&data);
        }
        let mut expected = Sha256::new();
        pieces(length).for_each(|piece| expected.update(&piece));
        assert_eq!((got, sum.finalize()), (length, expected.finalize()));
    }
}

/// Bytes of every value, no two pieces alike.
fn pieces(length: usize) -> impl Iterator<Item = Vec<u8>> {
    const PIECE: usize = 60_001;
    (0..length.div_ceil(PIECE)).map(move |number| {
        let size = PIECE.min(length - number * PIECE);
        let seed = number.to_le_bytes()[0] ^ number.to_le_bytes()[1];
        mint::noise(seed, size).collect()
    })
}

/// H-I7: whether a user exists, or has come through here before, cannot be read from it.
#[tokio::test]
async fn the_field_says_the_same_of_every_user() {
    let origin = Origin::new()
        .serve(async |request: Request<_>| {
            let good = request.headers().get("authorization").is_some_and(|value| {
                value.as_bytes() == mint::basic("jane@acme.com", &mint::api_token(1)).as_bytes()
            });
            let status = if good { 200 } else { 401 };
            http::Response::builder()
                .status(status)
                .body(crate::support::body::full("x"))
                .unwrap()
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut told = Vec::new();
    for (user, token) in [
        ("jane@acme.com", 1),
        ("jane@acme.com", 2),
        ("nobody@acme.com", 3),
        ("other@acme.com", 4),
    ] {
        let mut client = proxy.http(crate::support::Http::One).await;
        let credentials = mint::basic(user, &mint::api_token(token));
        let request = Request::get("/2.0/user").header("authorization", credentials);
        let answer = client
            .send(request.body(crate::support::body::empty()).unwrap())
            .await;
        if let Some(field) = answer.headers().get("x-auth-diagnosis") {
            let field = field.to_str().unwrap();
            let (before, after) = field.split_once(";id=\"").unwrap();
            told.push(format!("{before}{}", after.split_once('"').unwrap().1));
        }
    }
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|field| *field == told[0]), "{told:#?}");
}
