//! Requests as clients send them: raw targets arrive encoded, everything else arrives as it was sent.

use super::super::*;
use super::rig::*;

const RAW: &str = "GET /x?q=size>100 HTTP/1.1\r\nHost: h\r\nX: <kept?>\r\n";

fn raw(last: bool) -> String {
    let end = if last {
        "Connection: close\r\n\r\n"
    } else {
        "\r\n"
    };
    format!("{RAW}{end}")
}

fn ours(end: &Ended) -> bool {
    matches!(end.how, How::Closed) && end.out_of_step.is_none()
}

#[tokio::test]
async fn a_raw_target_arrives_encoded_and_its_fields_as_they_are() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    let got = rig.talk(raw(true)).await;
    assert!(got.starts_with("HTTP/1.1 200 OK\r\n"), "{got}");
    assert!(ours(&rig.ended().await));
    let log = log.lock().unwrap();
    assert_eq!(log[0].target, "/x?q=size%3E100");
    assert_eq!(log[0].fields["x"], "<kept?>");
}

#[tokio::test]
async fn one_byte_at_a_time() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    for byte in raw(false).into_bytes() {
        rig.send([byte]).await;
        tokio::task::yield_now().await;
    }
    rig.response().await;
    rig.talk(raw(true)).await;
    assert!(ours(&rig.ended().await));
    assert_eq!(targets(&log), ["/x?q=size%3E100"; 2]);
}

#[tokio::test]
async fn six_requests_in_one_write() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    let got = rig.talk(raw(false).repeat(5) + &raw(true)).await;
    for n in 0..6 {
        assert!(got.contains(&format!("\r\n\r\n{n}")), "{got}");
    }
    assert!(ours(&rig.ended().await));
    assert_eq!(targets(&log), ["/x?q=size%3E100"; 6]);
}

#[tokio::test]
async fn absolute_form_and_head_and_old_versions() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.send("HEAD http://h/`?\" HTTP/1.1\r\nHost: h\r\n\r\n")
        .await;
    let got = rig.response_head().await;
    assert!(got.contains("content-length: 1\r\n"), "{got}");
    rig.send("GET /?< HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        .await;
    assert!(rig.response().await.starts_with("HTTP/1.0 200"));
    rig.talk("GET /?> HTTP/1.0\r\n\r\n").await;
    assert!(ours(&rig.ended().await));
    assert_eq!(targets(&log), ["http://h/%60?%22", "/?%3C", "/?%3E"]);
}

#[tokio::test]
async fn a_head_of_64_kib_fields() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    let long = "<".repeat(64 * 1024);
    rig.talk(format!(
        "GET /?< HTTP/1.1\r\nHost: h\r\nA: {long}\r\nConnection: close\r\n\r\n"
    ))
    .await;
    assert!(ours(&rig.ended().await));
    let log = log.lock().unwrap();
    assert_eq!(log[0].target, "/?%3C");
    assert_eq!(log[0].fields["a"], long);
}

#[tokio::test]
async fn field_names_keep_their_case_and_no_date_is_added() {
    let mut rig = rig(Settings::default(), |request| async move {
        let (parts, _) = request.into_parts();
        let mut answer = text("");
        *answer.headers_mut() = parts.headers;
        *answer.extensions_mut() = parts.extensions;
        answer
    });
    rig.send("GET / HTTP/1.1\r\nX-CasE: 1\r\n\r\n").await;
    let got = rig.response_head().await;
    assert!(got.contains("\r\nX-CasE: 1\r\n"), "{got}");
    assert!(!got.to_lowercase().contains("\r\ndate:"), "{got}");
}

#[tokio::test]
async fn empty_lines_before_a_request_are_skipped() {
    let (log, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.talk(format!("\r\n\r\n{}\n{}", raw(false), raw(true)))
        .await;
    assert!(ours(&rig.ended().await));
    assert_eq!(targets(&log).len(), 2);
}

#[tokio::test]
async fn a_client_that_leaves_between_requests_is_no_failure() {
    let (_, service) = recorder();
    let mut rig = rig(Settings::default(), service);
    rig.send(raw(false)).await;
    rig.response().await;
    assert!(ours(&rig.ended().await));
    let (_, service) = recorder();
    assert!(ours(
        &super::rig::rig(Settings::default(), service).ended().await
    ));
}

#[tokio::test]
async fn a_client_that_leaves_during_an_answer_ends_it() {
    let mut rig = rig(Settings::default(), |_| std::future::pending());
    rig.send(raw(false)).await;
    tokio::task::yield_now().await;
    let end = rig.ended().await;
    assert!(matches!(end.how, How::Failed(error) if error.is_incomplete_message()));
}
