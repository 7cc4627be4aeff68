//! Request bodies: counted or chunked, read or not, they are never taken for requests.

use super::super::*;
use super::rig::*;
use http_body_util::BodyExt;
use std::sync::Arc;

const EVIL: &str = "GET /smuggled?<a> HTTP/1.1\r\nHost: h\r\n\r\n";

fn post(target: &str, fields: &str, body: &str) -> String {
    format!("POST {target} HTTP/1.1\r\nHost: h\r\n{fields}\r\n{body}")
}

fn counted(target: &str, body: &str) -> String {
    post(target, &format!("Content-Length: {}\r\n", body.len()), body)
}

fn chunked(target: &str, body: &str) -> String {
    let chunks = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    post(target, "Transfer-Encoding: chunked\r\n", &chunks)
}

fn last(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn bodies_that_look_like_requests_stay_bodies() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.send(counted("/a?<", EVIL)).await;
    rig.response().await;
    rig.send(chunked("/b?<", EVIL)).await;
    rig.response().await;
    rig.talk(last("/c?<")).await;
    assert_eq!(rig.ended().await.out_of_step, None);
    let log = log.lock().unwrap();
    assert_eq!(log.len(), 3);
    assert_eq!(
        (&*log[0].target, &*log[0].body),
        ("/a?%3C", EVIL.as_bytes())
    );
    assert_eq!(
        (&*log[1].target, &*log[1].body),
        ("/b?%3C", EVIL.as_bytes())
    );
    assert_eq!(log[2].target, "/c?%3C");
}

#[tokio::test]
async fn counted_bodies_pipelined_and_in_one_byte_segments() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.send(counted("/a?<", EVIL).repeat(3)).await;
    for byte in (counted("/a?<", EVIL) + &last("/a?<")).into_bytes() {
        rig.send([byte]).await;
        tokio::task::yield_now().await;
    }
    rig.rest().await;
    assert_eq!(rig.ended().await.out_of_step, None);
    assert_eq!(targets(&log), ["/a?%3C"; 5]);
    assert!(
        log.lock().unwrap()[..4]
            .iter()
            .all(|seen| seen.body == EVIL.as_bytes())
    );
}

#[tokio::test]
async fn trailers_end_a_body_too() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    let body = "1\r\nx\r\n0\r\nT: <a?b>\r\n\r\n";
    rig.send(post(
        "/a",
        "TE: trailers\r\nTransfer-Encoding: chunked\r\n",
        body,
    ))
    .await;
    rig.response().await;
    rig.talk(last("/b?<")).await;
    assert_eq!(rig.ended().await.out_of_step, None);
    assert_eq!(targets(&log), ["/a", "/b?%3C"]);
}

#[tokio::test]
async fn a_body_is_asked_for_by_100_continue() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    let expect = format!("Expect: 100-continue\r\nContent-Length: {}\r\n", EVIL.len());
    rig.send(post("/a?<", &expect, "")).await;
    assert_eq!(rig.response_head().await, "HTTP/1.1 100 Continue\r\n\r\n");
    rig.send(EVIL).await;
    rig.response().await;
    rig.talk(last("/b?<")).await;
    assert_eq!(rig.ended().await.out_of_step, None);
    assert_eq!(targets(&log), ["/a?%3C", "/b?%3C"]);
    assert_eq!(log.lock().unwrap()[0].body, EVIL.as_bytes());
}

/// The documented limit (H-M1): the gate cannot know in time where the chunked body ended.
#[tokio::test]
async fn a_raw_target_right_behind_a_chunked_body_is_refused() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    let got = rig
        .talk(chunked("/a", "x") + "GET /b HTTP/1.1\r\n\r\n" + &last("/c?<"))
        .await;
    assert!(got.contains("HTTP/1.1 400"), "{got}");
    let end = rig.ended().await;
    assert!(matches!(
        end.how,
        How::Unparsable(UnparsableKind::Malformed)
    ));
    assert!(end.out_of_step.is_some());
    assert_eq!(targets(&log), ["/a", "/b"]);
}

#[tokio::test]
async fn a_plain_target_right_behind_a_chunked_body_passes() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.talk(chunked("/a", EVIL) + &counted("/b", EVIL) + &last("/c"))
        .await;
    assert!(rig.ended().await.out_of_step.is_some());
    assert_eq!(targets(&log), ["/a", "/b", "/c"]);
}

/// The first half of a head came along with the body, so the second half is not the beginning of one.
#[tokio::test]
async fn a_head_that_began_behind_a_chunked_body_is_not_touched() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.send(chunked("/a", "x") + "GET /b HTTP/1.1\r\nX: ")
        .await;
    rig.response().await;
    rig.send("A /?<b> c\r\n\r\n").await;
    rig.response().await;
    let end = rig.ended().await;
    assert_eq!(end.out_of_step, Some(OutOfStep::BehindChunked));
    assert_eq!(log.lock().unwrap()[1].fields["x"], "A /?<b> c");
}

/// Answers at once; what happens to the body is up to `keep`.
async fn early(request: String, keep: fn(RequestBody)) -> (Vec<String>, String) {
    let log = Log::default();
    let service = {
        let log = Arc::clone(&log);
        move |request| {
            note(&log, &request);
            keep(request.into_body());
            async { text("early") }
        }
    };
    let mut rig = rig(Settings::default(), service);
    let got = rig.talk(request).await;
    drop(rig);
    (targets(&log), got)
}

#[tokio::test(start_paused = true)]
async fn nothing_is_smuggled_out_of_a_body_that_nobody_reads() {
    let keeps: [fn(RequestBody); 2] = [drop, |body| {
        tokio::spawn(async move { body.collect().await.map(|_| ()) });
    }];
    for keep in keeps {
        for first in [
            counted("/a", EVIL),
            counted("/a", &EVIL.repeat(2_000)),
            chunked("/a", EVIL),
            chunked("/a", &EVIL.repeat(2_000)),
            post("/a", "Expect: 100-continue\r\nContent-Length: 9\r\n", ""),
            post(
                "/a",
                &format!("Upgrade: x\r\nContent-Length: {}\r\n", EVIL.len()),
                EVIL,
            ),
            post("/a", "Upgrade: x\r\nContent-Length: 999999\r\n", EVIL),
        ] {
            let (targets, got) = early(first + &last("/z"), keep).await;
            assert_eq!(targets[0], "/a");
            assert!(targets.len() == 1 || targets[1..] == ["/z"], "{targets:?}");
            assert!(got.starts_with("HTTP/1.1 200 OK\r\n"), "{got}");
        }
    }
}

/// Over TCP a close with unread bytes is a reset, which may take the answer with it.
#[tokio::test]
async fn a_client_that_still_sends_behind_an_early_answer_is_read_on() {
    let (client, server) = tokio::io::duplex(4096);
    let mut rig = rig_on(client, server, Settings::default(), |_| async {
        text("early")
    });
    rig.send(post("/a", "Content-Length: 99999999\r\n", ""))
        .await;
    assert!(rig.response().await.ends_with("early"));
    rig.send(EVIL.repeat(2_000)).await;
    assert_eq!(rig.rest().await, "");
}
