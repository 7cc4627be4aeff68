//! Heads that hyper cannot parse: our answer instead of hyper's, with the head; never for anything else.

use super::super::*;
use super::rig::*;

const LAST: &str = "GET /z HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

fn get(fields: &str) -> Vec<u8> {
    format!("GET / HTTP/1.1\r\nHost: h\r\n{fields}\r\n\r\n").into_bytes()
}

/// Everything of H-M2's measurement, and other heads that hyper refuses.
fn kinds() -> Vec<(&'static str, Vec<u8>, UnparsableKind)> {
    use UnparsableKind::{FieldsTooLarge, Malformed, TargetTooLong};
    let long = "a".repeat(70_000);
    let fields = "A: b\r\n".repeat(201);
    vec![
        (
            "wrapped base64",
            get("Authorization: Basic YWJj\nZGVm"),
            Malformed,
        ),
        (
            "obs-fold",
            get("Authorization: Basic YWJj\r\n ZGVm"),
            Malformed,
        ),
        ("NUL in a value", get("A: \0"), Malformed),
        ("bare CR in a value", get("A: b\rc"), Malformed),
        ("DEL in a value", get("A: \x7f"), Malformed),
        (
            "name that is not UTF-8",
            [b"GET / HTTP/1.1\r\n\xff: a\r\n\r\n".to_vec()].concat(),
            Malformed,
        ),
        ("space before the colon", get("A : b"), Malformed),
        ("no colon", get("nothing"), Malformed),
        ("length is no number", get("Content-Length: 1_0"), Malformed),
        (
            "two lengths",
            get("Content-Length: 1\r\nContent-Length: 2"),
            Malformed,
        ),
        (
            "not chunked at last",
            get("Transfer-Encoding: chunked, gzip"),
            Malformed,
        ),
        ("HTTP/1.2", b"GET / HTTP/1.2\r\n\r\n".to_vec(), Malformed),
        ("HTTP/0.9", b"GET /\r\n".to_vec(), Malformed),
        (
            "HTTP/2 without TLS",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
            Malformed,
        ),
        (
            "TLS",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
            Malformed,
        ),
        (
            "raw byte in the method",
            b"G<T / HTTP/1.1\r\n\r\n".to_vec(),
            Malformed,
        ),
        (
            "space in the target",
            b"GET /a b HTTP/1.1\r\n\r\n".to_vec(),
            Malformed,
        ),
        (
            "raw byte in the authority",
            b"GET http://a`b/ HTTP/1.1\r\n\r\n".to_vec(),
            Malformed,
        ),
        (
            "target of 70 KB",
            format!("GET /{long} HTTP/1.1\r\n\r\n").into_bytes(),
            TargetTooLong,
        ),
        (
            "head of 500 KB",
            get(&format!("A: {}", "a".repeat(500_000))),
            FieldsTooLarge,
        ),
        (
            "head of 500 KB without an end",
            "GET / HTTP/1.1\r\nA: ".repeat(25_000).into_bytes(),
            FieldsTooLarge,
        ),
        ("201 fields", get(&fields), FieldsTooLarge),
    ]
}

#[tokio::test]
async fn each_kind_gets_our_answer_and_keeps_its_head() {
    for (name, head, kind) in kinds() {
        let (log, service) = recorder();
        let mut rig = rig(Settings::default(), service);
        let got = rig.talk(&head).await;
        let status = kind.status();
        assert!(
            got.starts_with(&format!("HTTP/1.1 {status}")),
            "{name}: {got}"
        );
        assert!(got.ends_with("\r\n\r\nours"), "{name}: {got}");
        let [(refused, shown)] = &rig.refusals()[..] else {
            panic!("{name}: {:?}", rig.refusals());
        };
        assert_eq!(*refused, kind, "{name}");
        assert!(
            shown.len() <= HEAD_SHOWN && head.starts_with(shown),
            "{name}"
        );
        assert!(shown.len() >= head.len().min(11), "{name}: {}", shown.len());
        assert!(matches!(rig.ended().await.how, How::Unparsable(ended) if ended == kind));
        assert!(targets(&log).is_empty(), "{name}");
    }
}

#[tokio::test]
async fn also_behind_good_requests_pipelined_or_not() {
    for pipelined in [false, true] {
        for (name, head, kind) in kinds() {
            let (log, service) = recorder();
            let mut rig = rig(Settings::default(), service);
            let good = "GET /good HTTP/1.1\r\nHost: h\r\n\r\n";
            let got = match pipelined {
                true => {
                    rig.talk([good.as_bytes(), good.as_bytes(), &head].concat())
                        .await
                }
                false => {
                    rig.send(good).await;
                    rig.response().await + &rig.talk(&head).await
                }
            };
            assert!(got.starts_with("HTTP/1.1 200"), "{name}: {got}");
            assert!(got.ends_with("ours"), "{name}: {got}");
            let (refused, shown) = &rig.refusals()[0];
            assert_eq!(*refused, kind, "{name}");
            assert!(!shown.is_empty() && head.starts_with(shown), "{name}");
            assert!(targets(&log).iter().all(|target| target == "/good"));
        }
    }
}

#[tokio::test]
async fn a_head_that_nobody_held_is_shown_as_far_as_hyper_has_it() {
    let (_, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    let chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    let got = rig
        .talk(format!("{chunked}GET / HTTP/1.1\r\nno colon\r\n\r\n"))
        .await;
    assert!(got.ends_with("ours"), "{got}");
    assert_eq!(rig.refusals()[0].1, b"GET / HTTP/1.1\r\nno colon\r\n\r\n");
}

#[tokio::test]
async fn a_client_that_still_sends_its_head_is_read_on() {
    let (client, server) = tokio::io::duplex(4096);
    let (_, service) = recorder();
    let mut rig = rig_on(client, server, Settings::default(), service);
    rig.send(get(&format!("A: {}", "a".repeat(500_000)))).await;
    assert!(rig.rest().await.ends_with("ours"));
}

#[tokio::test]
async fn a_service_may_answer_like_hyper() {
    for body in ["", "HTTP/1.1 400 Bad Request\r\n\r\n"] {
        let mut rig = rig(Settings::default(), move |_| async move {
            let mut answer = text(body);
            *answer.status_mut() = StatusCode::BAD_REQUEST;
            answer
        });
        let good = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        let got = rig.talk(good.repeat(2) + LAST).await;
        assert_eq!(
            got.matches("HTTP/1.1 400 Bad Request\r\nco").count(),
            3,
            "{got}"
        );
        assert!(rig.refusals().is_empty());
    }
}

#[tokio::test]
async fn a_head_cut_off_is_answered_if_any_of_it_came() {
    for (sent, shown) in [
        ("", None),
        ("\r\n\r\n", None),
        ("GET / HT", Some("GET / HT")),
    ] {
        for before in ["", "GET /good HTTP/1.1\r\nHost: h\r\n\r\n"] {
            let (_, service) = recorder();
            let mut rig = rig(Settings::default(), service);
            rig.send(before).await;
            if !before.is_empty() {
                rig.response().await;
            }
            rig.send(sent).await;
            let refused = rig.refused.clone();
            let end = rig.ended().await;
            let refusals = refused.lock().unwrap();
            match shown {
                None => assert!(matches!(end.how, How::Closed) && refusals.is_empty()),
                Some(shown) => {
                    assert!(matches!(end.how, How::Unparsable(UnparsableKind::CutOff)));
                    assert_eq!(refusals[0].1, shown.as_bytes());
                }
            }
        }
    }
}

#[tokio::test]
async fn a_half_closed_client_reads_the_answer_to_its_half_head() {
    use tokio::io::AsyncWriteExt;
    let (_, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.send("GET / HTTP/1.1\r\nHost").await;
    rig.client.shutdown().await.unwrap();
    assert!(rig.rest().await.ends_with("ours"));
}
