//! Every bad certificate of an origin: refused in words, in the answer and in the log, before a request leaves.

use crate::support::ca::Ca;
use crate::support::chain::{ByName, config};
use crate::support::client::Dialer;
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::wire::Message;
use bad::Bad;

mod bad;

/// By CONNECT, and by a request with the whole address.
async fn refusals(dialer: &Dialer, host: &str) -> [Message; 2] {
    let tunnel = dialer.connect(&format!("{host}:443")).await;
    let tunnel = tunnel.map(drop).expect_err(host);
    let mut client = dialer.port().await;
    client
        .send(format!(
            "GET https://{host}/canary-path HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic Y2FuYXJ5\r\n\r\n"
        ))
        .await;
    [tunnel, client.answer().await]
}

/// H-U42: what a client gets is its own kind of answer, and no echo.
fn assert_refused(answer: &Message, host: &str, says: &str) {
    assert_eq!(answer.status(), 502, "{host}: {}", answer.head);
    let status = answer.field("proxy-status").expect("Proxy-Status");
    let kind = "why401; error=tls_certificate_error; details=";
    assert!(
        status.starts_with(kind) && status.contains(says),
        "{host}: {status}"
    );
    assert_eq!(answer.field("x-auth-diagnosis"), None, "{host}");
    let media = answer.field("content-type").expect("a media type");
    assert!(media.starts_with("text/plain"), "{host}: {media}");
    let body = answer.text();
    assert!(
        body.starts_with("why401: ") && body.contains(says),
        "{host}: {body}"
    );
    let whole = format!("{}{body}", answer.head);
    assert!(whole.is_ascii(), "{whole}");
    for part in ["canary", "Y2FuYXJ5", host] {
        assert!(!whole.contains(part), "{host}: {whole}");
    }
}

/// H-U5 to H-U20, H-U26, H-U27, H-U37, H-U41 to H-U43: the program as it is started, one host for each certificate.
#[tokio::test]
async fn a_bad_certificate_is_refused_in_words_before_a_request_leaves() {
    let ca = Ca::new("test origin CA");
    let bad = bad::all(&ca);
    let named = bad
        .iter()
        .map(|one| (one.host.to_owned(), one.shown.clone()));
    let shown = ByName {
        named: named.collect(),
        any: None,
    };
    let origin = Origin::new()
        .signed_by(ca)
        .tls(config(shown, &["h2", "http/1.1"], rustls::DEFAULT_VERSIONS))
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let arguments = bad.iter().flat_map(|Bad { host, .. }| {
        let route = format!("--connect-to={host}:443:{}", origin.address);
        [format!("--intercept={host}"), route]
    });
    let arguments: Vec<String> = arguments.collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let program = Program::before(&origin, &arguments).await;
    let dialer = program.dialer();
    for Bad { host, says, .. } in &bad {
        for answer in refusals(&dialer, host).await {
            assert_refused(&answer, host, says);
        }
    }
    assert!(origin.connections() >= 2 * bad.len());
    assert_eq!(origin.all_received(), b"");
    let log = program.end().await;
    for Bad { host, says, .. } in &bad {
        let told = |line: &&str| line.contains(&format!("{host}:443")) && line.contains(says);
        let line = log
            .lines()
            .find(told)
            .unwrap_or_else(|| panic!("{host}: {log}"));
        assert!(line.contains(" WARN "), "{line}");
    }
    assert!(!log.contains("canary"), "{log}");
}
