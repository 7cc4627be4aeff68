//! Which fields cross, by example.

use super::*;

const H1: Crossing = Crossing {
    client: Version::HTTP_11,
    origin: Version::HTTP_11,
};

fn map(fields: &[(&'static str, &'static str)]) -> HeaderMap {
    fields
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        })
        .collect()
}

fn shown(headers: &HeaderMap) -> Vec<String> {
    headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect()
}

#[test]
fn hop_by_hop_and_proxy_fields_go_and_the_order_stays() {
    let sent = map(&[
        ("host", "h"),
        ("keep-alive", "5"),
        ("accept", "*/*"),
        ("connection", "close, x-hop"),
        ("x-hop", "1"),
        ("proxy-authorization", "Basic x"),
        ("authorization", "Basic y"),
        ("te", "gzip, trailers"),
        ("transfer-encoding", "chunked"),
        ("http2-settings", "x"),
        ("x-last", "2"),
    ]);
    let kept = request(sent, H1, false);
    assert_eq!(
        shown(&kept),
        [
            "host: h",
            "accept: */*",
            "authorization: Basic y",
            "te: trailers",
            "transfer-encoding: chunked",
            "x-last: 2"
        ]
    );
}

#[test]
fn connection_cannot_nominate_what_must_arrive() {
    let sent = map(&[
        ("connection", "Authorization, Host, Content-Type, x-a"),
        ("authorization", "Basic y"),
        ("host", "h"),
        ("content-type", "t"),
        ("x-a", "1"),
    ]);
    assert_eq!(
        shown(&request(sent, H1, false)),
        ["authorization: Basic y", "host: h", "content-type: t"]
    );
}

#[test]
fn a_switch_keeps_its_two_fields_in_place() {
    let sent = map(&[
        ("host", "h"),
        ("connection", "keep-alive, Upgrade"),
        ("upgrade", "websocket"),
        ("x", "1"),
    ]);
    assert!(asks_to_switch(&sent, Version::HTTP_11) && !asks_to_switch(&sent, Version::HTTP_10));
    assert_eq!(
        shown(&request(sent, H1, true)),
        [
            "host: h",
            "connection: Upgrade",
            "upgrade: websocket",
            "x: 1"
        ]
    );
    assert!(!asks_to_switch(
        &map(&[
            ("connection", "upgrade, http2-settings"),
            ("upgrade", "h2c")
        ]),
        Version::HTTP_11
    ));
}

#[test]
fn towards_http2_the_authority_replaces_host_and_back_the_cookie_is_one() {
    let up = Crossing {
        client: Version::HTTP_11,
        origin: Version::HTTP_2,
    };
    assert_eq!(
        shown(&request(
            map(&[("host", "h"), ("transfer-encoding", "chunked"), ("x", "1")]),
            up,
            false
        )),
        ["x: 1"]
    );
    let down = Crossing {
        client: Version::HTTP_2,
        origin: Version::HTTP_11,
    };
    let mut crumbs = map(&[("cookie", "a=1")]);
    crumbs.append(COOKIE, HeaderValue::from_static("b=2"));
    assert_eq!(shown(&request(crumbs, down, false)), ["cookie: a=1; b=2"]);
}

#[test]
fn secrets_are_never_indexed_on_a_shared_connection() {
    for client in [Version::HTTP_11, Version::HTTP_2] {
        let crossing = Crossing {
            client,
            origin: Version::HTTP_2,
        };
        let sent = map(&[("authorization", "Basic y"), ("cookie", "a=1"), ("x", "1")]);
        let kept = request(sent, crossing, false);
        assert!(kept["authorization"].is_sensitive() && kept["cookie"].is_sensitive());
        assert!(!kept["x"].is_sensitive());
    }
}

#[test]
fn an_answer_loses_only_hop_by_hop_fields_and_a_foreign_diagnosis() {
    let mut answer = map(&[
        ("server", "envoy"),
        ("connection", "close"),
        ("x-auth-diagnosis", "forged"),
        ("www-authenticate", "Basic"),
        ("transfer-encoding", "chunked"),
    ]);
    answer.append(X_AUTH_DIAGNOSIS, HeaderValue::from_static("twice"));
    assert_eq!(
        shown(&response(answer, H1, false)),
        [
            "server: envoy",
            "www-authenticate: Basic",
            "transfer-encoding: chunked"
        ]
    );
}
