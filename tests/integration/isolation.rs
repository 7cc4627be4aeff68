//! What one client sends reaches its own origin and its own answer, and stays out of what connections share.

use crate::each_pair;
use crate::support::body;
use crate::support::client::API;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::proxy::{Proxy, route};
use crate::support::{Http, Pair};
use http::{Request, Response};

/// More of them where this variable says so.
const REQUESTS: &str = "WHY401_INTERLEAVED_REQUESTS";
const CLIENTS: usize = 10;

each_pair! {
    /// H-K8: ten clients over one pool, each of which gets the answer to its own credentials.
    async fn clients_never_get_each_others_answers(pair) {
        let origin = Origin::new().of(pair).serve(async |request: Request<_>| {
            let sent = request.headers()["authorization"].clone();
            let path = request.uri().path().to_owned();
            Response::builder().status(200).header("x-sent", sent).header("x-path", path).body(body::full("ok")).unwrap()
        }).await;
        let proxy = Proxy::before(&origin).await;
        let count = std::env::var(REQUESTS).map_or(1_000, |count| count.parse().expect("a number"));
        let mut clients = Vec::new();
        for number in 0..CLIENTS {
            let mut client = proxy.http(pair.client).await;
            clients.push(tokio::spawn(async move {
                for turn in 0..count / CLIENTS {
                    let credentials = mint::basic(&format!("user{number}"), &format!("password-{number}-{turn}"));
                    let path = format!("/{number}/{turn}");
                    let request = Request::get(&path).header("authorization", &credentials);
                    let answer = client.send(request.body(body::empty()).unwrap()).await;
                    assert_eq!(answer.headers()["x-sent"], *credentials);
                    assert_eq!(answer.headers()["x-path"], *path);
                    body::text(answer.into_body()).await;
                }
            }));
        }
        for client in clients {
            client.await.expect("a client that gets its own answers");
        }
    }
}

/// H-K8: a redirect is the client's to follow; the host that it names hears nothing.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Origin::new().script(|_, _| async {}).await;
    let origin = Origin::new()
        .serve(async |_| {
            Response::builder()
                .status(302)
                .header("location", "https://bitbucket.org/elsewhere")
                .body(body::empty())
                .unwrap()
        })
        .await;
    let proxy = Proxy::with(&origin, |config| {
        config.connect_to = vec![
            route(API, 443, &origin),
            route("bitbucket.org", 443, &other),
        ];
    })
    .await;
    let mut client = proxy.http(Http::One).await;
    let request = Request::get("/").header("authorization", mint::basic("jane", "secret"));
    let answer = client.send(request.body(body::empty()).unwrap()).await;
    assert_eq!(answer.status(), 302);
    assert_eq!((origin.requests().len(), other.connections()), (1, 0));
}

/// H-K12: in HPACK the literal of `authorization`, static index 23, never to be indexed (RFC 7541 6.2.3).
#[tokio::test]
async fn credentials_are_never_indexed_towards_an_origin() {
    let pair = Pair {
        client: Http::Two,
        origin: Http::Two,
    };
    let origin = Origin::new()
        .of(pair)
        .serve(async |_| Response::new(body::empty()))
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.http(Http::Two).await;
    let credentials = mint::basic("jane", "secret");
    for _ in 0..2 {
        let request = Request::get("/").header("authorization", &credentials);
        client.send(request.body(body::empty()).unwrap()).await;
    }
    let received = origin.all_received();
    let times = received
        .windows(2)
        .filter(|pair| *pair == [0x1f, 0x08])
        .count();
    assert!(times >= 2, "the literal is there {times} times");
}

/// H-K4: no key of a session is ever written.
#[tokio::test]
async fn session_keys_are_not_logged_for_the_environments_sake() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys");
    let origin = Origin::new()
        .serve(async |_| Response::new(body::full("ok")))
        .await;
    let program =
        Program::in_environment(&origin, &[], &[("SSLKEYLOGFILE", file.as_os_str())]).await;
    let answer = program.dialer().http(Http::One).await.get("/").await;
    assert_eq!(answer.status(), 200);
    program.end().await;
    assert!(!file.exists());
}
