//! Deadlines and stopping, in virtual time.

use super::super::*;
use super::rig::*;
use std::time::Duration;
use tokio::time::{Instant, advance, sleep};

const GOOD: &str = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn settings() -> Settings {
    Settings {
        idle: seconds(120),
        head: seconds(15),
        ..Settings::default()
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_client_is_closed_after_the_head_limit() {
    let (_, service) = recorder();
    let mut rig = rig(settings(), service);
    let start = Instant::now();
    assert_eq!(rig.rest().await, "");
    assert_eq!(start.elapsed().as_secs(), 15);
    assert!(matches!(rig.ended().await.how, How::Idle));
}

#[tokio::test(start_paused = true)]
async fn a_slow_first_head_is_refused_however_it_drips() {
    let (_, service) = recorder();
    let mut rig = rig(settings(), service);
    let start = Instant::now();
    for byte in &b"GET / HTTP/1.1"[..] {
        rig.send([*byte]).await;
        sleep(seconds(1)).await;
    }
    let got = rig.rest().await;
    assert!(
        got.starts_with("HTTP/1.1 408") && got.ends_with("ours"),
        "{got}"
    );
    assert_eq!(start.elapsed().as_secs(), 15);
    assert_eq!(
        rig.refusals(),
        [(UnparsableKind::TimedOut, b"GET / HTTP/1.1".to_vec())]
    );
}

#[tokio::test(start_paused = true)]
async fn a_later_head_has_its_time_from_its_first_byte() {
    let (_, service) = recorder();
    let mut rig = rig(settings(), service);
    rig.send(GOOD).await;
    rig.response().await;
    sleep(seconds(100)).await;
    let start = Instant::now();
    rig.send("GET").await;
    assert!(rig.rest().await.ends_with("ours"));
    assert_eq!(start.elapsed().as_secs(), 15);
}

/// Out of step the gate sees no heads any more; a head that drips still ends with the idle limit.
#[tokio::test(start_paused = true)]
async fn out_of_step_a_head_has_the_idle_limit() {
    let (_, service) = recorder();
    let mut rig = rig(settings(), service);
    let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    rig.send(format!("{chunked}{GOOD}{GOOD}")).await;
    for _ in 0..3 {
        rig.response().await;
    }
    let start = Instant::now();
    for byte in &b"GET"[..] {
        sleep(seconds(30)).await;
        rig.send([*byte]).await;
    }
    assert_eq!(rig.rest().await, "");
    assert_eq!(start.elapsed().as_secs(), 120);
    let end = rig.ended().await;
    assert!(matches!(end.how, How::Idle) && end.out_of_step.is_some());
}

#[tokio::test(start_paused = true)]
async fn each_exchange_restarts_the_idle_limit() {
    let (_, service) = recorder();
    let mut rig = rig(settings(), service);
    for _ in 0..3 {
        rig.send(GOOD).await;
        rig.response().await;
        sleep(seconds(100)).await;
    }
    let start = Instant::now();
    assert_eq!(rig.rest().await, "");
    assert_eq!(start.elapsed().as_secs(), 20);
    assert!(matches!(rig.ended().await.how, How::Idle));
}

#[tokio::test(start_paused = true)]
async fn an_exchange_may_last_and_the_next_head_may_wait_behind_it() {
    let mut rig = rig(settings(), |_| async {
        sleep(seconds(10_000)).await;
        text("late")
    });
    rig.send(GOOD.repeat(2) + "GET /").await;
    assert!(rig.response().await.ends_with("late"));
    assert!(rig.response().await.ends_with("late"));
    let start = Instant::now();
    assert!(rig.rest().await.ends_with("ours"));
    assert_eq!(start.elapsed().as_secs(), 15);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_no_byte_is_dropped() {
    let (client, server) = tokio::io::duplex(64);
    let mut rig = rig_on(client, server, settings(), |_| async {
        text("x".repeat(10_000))
    });
    rig.send(GOOD).await;
    let start = Instant::now();
    assert!(matches!(rig.end().await.how, How::Stalled));
    assert_eq!(start.elapsed().as_secs(), 120);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_some_bytes_is_served() {
    use tokio::io::AsyncReadExt;
    let (client, server) = tokio::io::duplex(64);
    let mut rig = rig_on(client, server, settings(), |_| async {
        text("x".repeat(1_000))
    });
    rig.send(GOOD).await;
    for _ in 0..16 {
        sleep(seconds(100)).await;
        let mut some = [0; 60];
        rig.client.read_exact(&mut some).await.unwrap();
    }
    assert!(rig.rest().await.ends_with("xxx"));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_nobody_waits_for_has_a_limit_too() {
    let mut rig = rig(settings(), |request| async {
        let body = request.into_body();
        tokio::spawn(async move { http_body_util::BodyExt::collect(body).await.map(drop) });
        text("early")
    });
    rig.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc")
        .await;
    rig.response().await;
    let start = Instant::now();
    assert!(matches!(rig.end().await.how, How::Stalled));
    assert_eq!(start.elapsed().as_secs(), 120);
}

#[tokio::test(start_paused = true)]
async fn stopping_closes_an_idle_connection_at_once() {
    let (_, service) = recorder();
    let mut rig = rig(settings(), service);
    rig.send(GOOD).await;
    rig.response().await;
    let start = Instant::now();
    rig.stop.take().unwrap().send(()).unwrap();
    assert_eq!(rig.rest().await, "");
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(matches!(rig.ended().await.how, How::Closed));
}

#[tokio::test(start_paused = true)]
async fn stopping_finishes_what_is_being_received_or_answered() {
    for (before, after) in [(GOOD, ""), (&GOOD[..9], &GOOD[9..])] {
        let mut rig = rig(settings(), |_| async {
            sleep(seconds(30)).await;
            text("done")
        });
        rig.send(before).await;
        advance(seconds(5)).await;
        rig.stop.take().unwrap().send(()).unwrap();
        advance(seconds(5)).await;
        rig.send(after).await;
        let got = rig.rest().await;
        assert!(
            got.contains("connection: close\r\n") && got.ends_with("done"),
            "{got}"
        );
        assert!(matches!(rig.ended().await.how, How::Closed));
    }
}
