//! Fields that belong to one connection stop here; the client cannot make the proxy drop others.

use crate::support::body;
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use crate::support::wire::Message;

/// The head that the origin gets for one that has `fields`, and what the client gets for an answer with `back`.
async fn exchange(fields: &str, back: &str) -> (String, Message) {
    let answer = format!("HTTP/1.1 200 OK\r\n{back}Content-Length: 2\r\n\r\nok");
    let origin = Origin::new()
        .script(move |mut wire, _| {
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
    client
        .send(format!(
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n{fields}\r\n"
        ))
        .await;
    let answer = client.answer().await;
    (origin.received_text(0), answer)
}

async fn forwarded(fields: &str) -> String {
    let head = exchange(fields, "").await.0;
    let fields = head
        .strip_prefix("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n")
        .expect("the head's beginning");
    fields
        .strip_suffix("\r\n")
        .expect("the head's end")
        .to_owned()
}

/// H-S60, H-K3: stripped, and with them what is meant for a proxy.
#[tokio::test]
async fn hop_by_hop_fields_of_a_request_stop_at_the_proxy() {
    let fields = forwarded(
        "A: 1\r\nConnection: close, x-hop\r\nKeep-Alive: timeout=5\r\nX-Hop: gone\r\nB: 2\r\n\
         Proxy-Connection: keep-alive\r\nProxy-Authorization: Basic YTpi\r\nProxy-Anything: x\r\nC: 3\r\n",
    )
    .await;
    assert_eq!(fields, "A: 1\r\nB: 2\r\nC: 3\r\n");
}

/// H-S60: logged, once for a connection, and not with what was in it.
#[tokio::test]
async fn credentials_for_the_proxy_inside_the_tunnel_are_told_to_the_operator() {
    let origin = Origin::new()
        .serve(async |_| http::Response::new(body::empty()))
        .await;
    let program = Program::before(&origin, &[]).await;
    let mut client = program.dialer().raw().await;
    for _ in 0..2 {
        client
            .send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nProxy-Authorization: Basic YTpi\r\n\r\n")
            .await;
        assert_eq!(client.answer().await.status(), 200);
    }
    let seen = origin.requests();
    assert!(
        seen.iter()
            .all(|request| !request.headers.contains_key("proxy-authorization"))
    );
    let written = program.end().await;
    let told = written.matches("the client sent Proxy-Authorization inside the tunnel");
    assert_eq!(told.count(), 1, "{written}");
    assert!(!written.contains("YTpi"), "{written}");
}

/// H-S59: the credentials pass.
#[tokio::test]
async fn connection_cannot_take_away_what_the_origin_needs() {
    let needed = "Authorization: Basic YTpi\r\nContent-Type: a/b\r\nContent-Language: en\r\n";
    let fields = forwarded(&format!(
        "{needed}Connection: close, authorization, Host, content-type, Content-Language\r\n"
    ))
    .await;
    assert_eq!(fields, needed);
}

#[tokio::test]
async fn connection_cannot_take_away_a_bodys_length() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            assert_eq!(wire.exactly(3).await, b"abc");
            wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let head = "PUT / HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 3\r\n";
    client
        .send(format!("{head}Connection: Content-Length\r\n\r\nabc"))
        .await;
    assert_eq!(client.answer().await.status(), 204);
    assert_eq!(origin.received_text(0), format!("{head}\r\nabc"));
}

#[tokio::test]
async fn te_passes_as_trailers_only() {
    for sent in [
        "TE: trailers\r\n",
        "TE: gzip, trailers\r\n",
        "TE: trailers\r\nConnection: TE\r\n",
    ] {
        let fields = forwarded(sent).await;
        let te: Vec<_> = fields
            .lines()
            .filter(|line| line.to_lowercase().starts_with("te:"))
            .collect();
        assert_eq!(te, ["TE: trailers"], "for {sent:?}");
    }
    assert_eq!(forwarded("TE: gzip;q=0.5\r\n").await, "");
}

#[tokio::test]
async fn hop_by_hop_fields_of_an_answer_stop_at_the_proxy() {
    let back = "A: 1\r\nConnection: X-Hop\r\nX-Hop: gone\r\nKeep-Alive: timeout=5\r\nB: 2\r\n\
                Proxy-Authenticate: Basic\r\nProxy-Connection: close\r\nUpgrade: h2c\r\nC: 3\r\n";
    let answer = exchange("", back).await.1;
    assert_eq!(
        answer.head,
        "HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\nC: 3\r\nContent-Length: 2\r\n\r\n"
    );
}

/// H-S62: stripped.
#[tokio::test]
async fn h2c_upgrades_are_not_passed_on() {
    let fields =
        forwarded("Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n")
            .await;
    assert_eq!(fields, "");
}

#[tokio::test]
async fn nothing_names_the_proxy_inside_an_intercepted_exchange() {
    let (head, answer) = exchange("A: 1\r\n", "").await;
    for name in ["via:", "forwarded", "x-real-ip", "proxy-"] {
        assert!(!head.to_lowercase().contains(name), "{head}");
        assert!(
            !answer.head.to_lowercase().contains(name),
            "{}",
            answer.head
        );
    }
}
