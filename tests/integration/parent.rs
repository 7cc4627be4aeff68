//! Through a parent proxy: http:// and https:// ones, its refusals, its exceptions, and loops.

use crate::support::ca::Ca;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::parent::Parent;
use crate::support::proxy::Proxy;
use std::io::Write;
use std::net::SocketAddr;
use tempfile::NamedTempFile;
use why401::config::{self, Config, ExtraRoots, NoProxy};

const OPENED: &str = "HTTP/1.1 200 Connection established\r\n\r\n";
const ASKS: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";

async fn origin() -> Origin {
    Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                .await;
        })
        .await
}

/// Nothing is dialled but the parent: without it, no name here resolves to the origin.
fn through(url: &str, except: &str) -> impl FnOnce(&mut Config) {
    let parent = config::Parent {
        proxy: url.parse().expect("an address"),
        except: NoProxy::parse(except),
    };
    move |config| {
        config.parent = Some(parent);
        config.connect_to.clear();
    }
}

fn url(user: &str, address: SocketAddr) -> String {
    format!("http://{user}{address}")
}

#[tokio::test]
async fn an_intercepted_host_is_reached_through_the_parents_tunnel() {
    let origin = origin().await;
    let parent = Parent::before(origin.address, OPENED).await;
    let url = url("jo%40acme:p%3Aw@", parent.address);
    let proxy = Proxy::with(&origin, through(&url, "")).await;
    let mut client = proxy.raw().await;
    client
        .send("GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.text(), "ok");
    let heads = parent.heads();
    assert_eq!(heads.len(), 1, "{heads:?}");
    let head = heads[0].to_lowercase();
    assert!(
        head.starts_with(
            "connect api.bitbucket.org:443 http/1.1\r\nhost: api.bitbucket.org:443\r\n"
        ),
        "{head}"
    );
    assert!(head.contains("via: 1.1 why401-"), "{head}");
    let credentials = mint::basic("jo@acme", "p:w").to_lowercase();
    assert!(
        head.contains(&format!("proxy-authorization: {credentials}\r\n")),
        "{head}"
    );
    assert!(!origin.received_text(0).to_lowercase().contains("proxy-"));
}

#[tokio::test]
async fn another_host_is_tunnelled_through_the_parents_tunnel() {
    let origin = origin().await;
    let parent = Parent::before(origin.address, OPENED).await;
    let proxy = Proxy::with(&origin, through(&url("", parent.address), "")).await;
    let mut client = proxy.dialer.port().await;
    client
        .send("CONNECT other.example:444 HTTP/1.1\r\nHost: other.example:444\r\n\r\n")
        .await;
    assert_eq!(client.answer_to_head().await.status(), 200);
    let heads = parent.heads();
    assert!(
        heads[0].starts_with("CONNECT other.example:444 HTTP/1.1\r\n"),
        "{heads:?}"
    );
}

#[tokio::test]
async fn a_plain_request_is_sent_to_the_parent_in_whole() {
    let origin = origin().await;
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nyes!";
    let parent = Parent::before(origin.address, answer).await;
    let proxy = Proxy::with(&origin, through(&url("jo:pw@", parent.address), "")).await;
    let mut client = proxy.dialer.port().await;
    client
        .send("GET http://plain.example/a?b=c HTTP/1.1\r\nHost: plain.example\r\nProxy-Authorization: Basic bWluZQ==\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.text(), "yes!");
    let head = &parent.heads()[0];
    assert!(
        head.starts_with("GET http://plain.example/a?b=c HTTP/1.1\r\n"),
        "{head}"
    );
    let fields = head.to_lowercase();
    let credentials = mint::basic("jo", "pw").to_lowercase();
    assert_eq!(fields.matches("proxy-authorization: ").count(), 1, "{head}");
    assert!(
        fields.contains(&credentials) && fields.contains("\r\nvia: 1.1 why401-"),
        "{head}"
    );
}

#[tokio::test]
async fn a_parent_behind_tls_is_verified_first() {
    let (origin, ca) = (origin().await, Ca::new("the parent's"));
    let parent = Parent::with_tls(&ca, origin.address, OPENED).await;
    let url = format!("https://localhost:{}", parent.address.port());
    let mut roots = NamedTempFile::new().unwrap();
    roots.write_all(ca.pem.as_bytes()).unwrap();
    let trusting = |config: &mut Config| {
        through(&url, "")(config);
        config
            .origin_ca
            .push(ExtraRoots::File(roots.path().to_owned()));
    };
    let proxy = Proxy::with(&origin, trusting).await;
    proxy
        .dialer
        .connect("api.bitbucket.org:443")
        .await
        .expect("a tunnel");
    assert_eq!(parent.heads().len(), 1);

    let proxy = Proxy::with(&origin, through(&url, "")).await;
    let answer = proxy
        .dialer
        .connect("api.bitbucket.org:443")
        .await
        .unwrap_err();
    assert_eq!(answer.status(), 502);
    assert!(
        answer.text().contains("the parent proxy: "),
        "{}",
        answer.text()
    );
    assert_eq!(parent.heads().len(), 1, "it was told nothing");
}

/// H-C10: what a parent answers is not passed on.
#[tokio::test]
async fn a_parent_that_asks_for_credentials_is_a_finding_and_a_502() {
    let unauthorized = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
    let origin = origin().await;
    for (asks, is_found) in [(ASKS, true), (unauthorized, false)] {
        let parent = Parent::before(origin.address, asks).await;
        let proxy = Proxy::with(&origin, through(&url("", parent.address), "")).await;
        for target in ["api.bitbucket.org:443", "other.example:443"] {
            let answer = proxy.dialer.connect(target).await.unwrap_err();
            assert_eq!(answer.status(), 502);
            let status = answer.field("proxy-status").expect("RFC 9209");
            assert!(
                status.starts_with("why401; error=proxy_configuration_error; "),
                "{status}"
            );
            assert_eq!(answer.field("x-auth-diagnosis"), None);
        }
        if is_found {
            let event = proxy.finding("proxy-authentication").await;
            assert_eq!(event["auth.certainty"], "proven");
            assert_eq!(event["server.address"], "api.bitbucket.org");
        } else {
            assert_eq!(proxy.events(), Vec::<serde_json::Value>::new());
        }
    }
}

#[tokio::test]
async fn a_plain_request_that_the_parent_refuses_is_a_502_too() {
    let origin = origin().await;
    let parent = Parent::before(origin.address, ASKS).await;
    let proxy = Proxy::with(&origin, through(&url("", parent.address), "")).await;
    let mut client = proxy.dialer.port().await;
    client
        .send("GET http://plain.example/ HTTP/1.1\r\nHost: plain.example\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.status(), 502);
    proxy.finding("proxy-authentication").await;
}

#[tokio::test]
async fn other_refusals_name_the_parent_and_its_status() {
    let origin = origin().await;
    for (answer, said) in [
        (
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
            "status 403",
        ),
        (
            "HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n",
            "status 502",
        ),
        ("SSH-2.0-x\r\n", "does not speak HTTP/1.1"),
    ] {
        let parent = Parent::before(origin.address, answer).await;
        let proxy = Proxy::with(&origin, through(&url("", parent.address), "")).await;
        let answer = proxy
            .dialer
            .connect("api.bitbucket.org:443")
            .await
            .unwrap_err();
        assert_eq!(answer.status(), 502, "{said}");
        let text = answer.text();
        assert!(
            text.contains("the parent proxy") && text.contains(said),
            "{text}"
        );
    }
    let gone = Parent::before(origin.address, OPENED).await.address;
    let nobody: SocketAddr = ([127, 0, 0, 1], 1).into();
    let proxy = Proxy::with(&origin, through(&url("", nobody), "")).await;
    let answer = proxy
        .dialer
        .connect("api.bitbucket.org:443")
        .await
        .unwrap_err();
    assert!(
        answer
            .text()
            .contains("the parent proxy refused the connection"),
        "{}",
        answer.text()
    );
    assert_ne!(gone, nobody);
}

#[tokio::test]
async fn exceptions_and_connect_to_this_machine_are_dialled_without_the_parent() {
    let origin = origin().await;
    let parent = Parent::before(origin.address, OPENED).await;
    let url = url("", parent.address);
    let proxy = Proxy::with(&origin, |config| {
        let connect_to = config.connect_to.clone();
        through(&url, "")(config);
        config.connect_to = connect_to;
    })
    .await;
    proxy
        .dialer
        .connect("api.bitbucket.org:443")
        .await
        .expect("a tunnel");
    assert_eq!(parent.heads(), Vec::<String>::new());

    // The name is an exception, so it is resolved here, where there is none such.
    let proxy = Proxy::with(&origin, through(&url, "invalid")).await;
    let answer = proxy.dialer.connect("a.invalid:443").await.unwrap_err();
    assert_eq!(answer.status(), 502);
    assert_eq!(parent.heads(), Vec::<String>::new());
}

/// H-C7: the proxy is its own parent by a name that it cannot know.
#[tokio::test]
async fn a_loop_through_a_parent_ends() {
    let origin = origin().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = listener.local_addr().unwrap();
    drop(listener);
    let proxy = Proxy::with(&origin, |config| {
        through(&url("", own), "")(config);
        config.listen = own;
    })
    .await;
    let answer = proxy
        .dialer
        .connect("api.bitbucket.org:443")
        .await
        .unwrap_err();
    assert_eq!(answer.status(), 502);
    assert!(
        answer
            .field("proxy-status")
            .unwrap()
            .contains("proxy_loop_detected")
    );
}
