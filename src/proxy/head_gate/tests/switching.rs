//! CONNECT and Upgrade: granted, everything passes untouched; refused, the connection goes on as before.

use super::super::*;
use super::rig::*;
use http::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::sync::atomic::Ordering::Relaxed;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::mpsc;

const CONNECT: &str = "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n";
const UPGRADE: &str =
    "GET /a?< HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const RAW: &str = "GET /?<a> HTTP/1.1\r\nX: y\r\n\r\n";
const LAST: &str = "GET /z?< HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

fn status(status: u16) -> Answer {
    let mut answer = text("");
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    answer
}

/// Grants every switch with `code` and hands the stream on.
fn granting(
    code: u16,
) -> (
    mpsc::UnboundedReceiver<hyper::upgrade::Upgraded>,
    impl Fn(Request<RequestBody>) -> Recording + Send,
) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let service = move |mut request: Request<RequestBody>| -> Recording {
        let upgrade = hyper::upgrade::on(&mut request);
        let sender = sender.clone();
        tokio::spawn(async move { sender.send(upgrade.await.unwrap()).unwrap() });
        Box::pin(async move { status(code) })
    };
    (receiver, service)
}

#[tokio::test]
async fn bytes_behind_a_granted_switch_pass_untouched_in_both_directions() {
    for (code, request) in [(200, CONNECT), (101, UPGRADE)] {
        for ahead in ["", RAW, "\x16\x03\x01"] {
            let (mut upgrades, service) = granting(code);
            let mut rig = rig(Settings::default(), service);
            rig.send(format!("{request}{ahead}")).await;
            assert!(
                rig.response_head()
                    .await
                    .starts_with(&format!("HTTP/1.1 {code}"))
            );
            let mut stream = TokioIo::new(upgrades.recv().await.unwrap());
            assert!(matches!(rig.end().await.how, How::Upgraded));
            rig.send(RAW).await;
            let mut got = vec![0; ahead.len() + RAW.len()];
            stream.read_exact(&mut got).await.unwrap();
            assert_eq!(String::from_utf8_lossy(&got), format!("{ahead}{RAW}"));
            stream
                .write_all(b"HTTP/1.1 400 not a refusal")
                .await
                .unwrap();
            stream.shutdown().await.unwrap();
            assert_eq!(rig.rest().await, "HTTP/1.1 400 not a refusal");
        }
    }
}

#[tokio::test]
async fn the_clients_own_stream_comes_back_with_what_was_read_ahead() {
    let (mut upgrades, service) = granting(200);
    let mut rig = rig(Settings::default(), service);
    rig.send(format!("{CONNECT}{RAW}")).await;
    let upgraded = upgrades.recv().await.unwrap();
    let (mut stream, ahead) = reclaim::<DuplexStream>(upgraded).unwrap();
    assert_eq!(ahead, RAW);
    rig.response_head().await;
    rig.send(RAW).await;
    let mut got = vec![0; RAW.len()];
    stream.read_exact(&mut got).await.unwrap();
    assert_eq!(got, RAW.as_bytes());
}

#[tokio::test]
async fn a_stream_of_another_kind_is_not_reclaimed() {
    let (mut upgrades, service) = granting(200);
    let mut rig = rig(Settings::default(), service);
    rig.send(CONNECT).await;
    let upgraded = upgrades.recv().await.unwrap();
    assert!(reclaim::<tokio::net::TcpStream>(upgraded).is_err());
}

#[tokio::test]
async fn a_refused_switch_leaves_the_gate_in_step() {
    let (log, record) = recorder();
    let service = move |request: Request<RequestBody>| -> Recording {
        if request.uri().path() == "/z" {
            return record(request);
        }
        Box::pin(async { status(403) })
    };
    let mut rig = rig(Settings::default(), service);
    for request in [CONNECT, UPGRADE] {
        rig.send(request).await;
        rig.response().await;
    }
    assert!(rig.talk(LAST).await.starts_with("HTTP/1.1 200"));
    let end = rig.ended().await;
    assert!(matches!(end.how, How::Closed), "{end:?}");
    assert_eq!(end.out_of_step, None);
    assert_eq!(targets(&log), ["/z?%3C"]);
}

/// hyper reads on while it waits for the answer. What it got then was not looked at, so nothing is rewritten any more.
#[tokio::test]
async fn bytes_sent_before_a_refusal_are_requests_as_they_are() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.talk(format!(
        "{UPGRADE}GET /b HTTP/1.1\r\n\r\n{}",
        LAST.replace('<', "x")
    ))
    .await;
    assert_eq!(rig.ended().await.out_of_step, Some(OutOfStep::BytesInHold));
    assert_eq!(targets(&log), ["/a?%3C", "/b", "/z?x"]);
}

/// The refusal is no end of the request: what comes then is its body, and to look for a head there is request smuggling.
#[tokio::test]
async fn a_refused_upgrade_keeps_its_body() {
    const EVIL: &str = "GET /smuggled?<a> HTTP/1.1\r\n\r\n";
    let (log, record) = recorder();
    let service = move |request: Request<RequestBody>| -> Recording {
        let reading = record(request);
        tokio::spawn(reading);
        Box::pin(async { status(403) })
    };
    let mut rig = rig(Settings::default(), service);
    let length = format!("Content-Length: {}\r\n\r\n", EVIL.len());
    rig.send(UPGRADE.replace("GET", "PUT").replace("\r\n\r\n", "\r\n") + &length)
        .await;
    rig.response().await;
    rig.talk(format!("{EVIL}{LAST}")).await;
    assert_eq!(rig.ended().await.out_of_step, None);
    assert_eq!(targets(&log), ["/a?%3C", "/z?%3C"]);
    assert_eq!(log.lock().unwrap()[0].body, EVIL.as_bytes());
}

/// hyper hands the stream on as if it had switched, to nobody: then we close it.
#[tokio::test]
async fn a_connection_closes_in_order_after_a_refused_switch() {
    let (client, server) = tokio::io::duplex(1024);
    let (server, closed) = Witness::new(server);
    let mut rig = rig_on(client, server, Settings::default(), |_| async {
        status(403)
    });
    let got = rig
        .talk(UPGRADE.replace("Connection: Upgrade", "Connection: close"))
        .await;
    assert!(got.starts_with("HTTP/1.1 403"), "{got}");
    assert!(matches!(rig.ended().await.how, How::Closed));
    assert!(closed.load(Relaxed));
}

#[tokio::test]
async fn a_bad_head_after_a_refused_switch_is_answered_by_us() {
    let mut rig = rig(Settings::default(), |_| async { status(403) });
    rig.send(CONNECT).await;
    rig.response().await;
    assert!(rig.talk("G<T / HTTP/1.1\r\n\r\n").await.ends_with("ours"));
    assert_eq!(rig.refusals()[0].1, b"G<T / HTTP/1.1\r\n\r\n");
}
