//! What was seen before, by the proxy between a client and an origin, decides what a refusal means.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::client::Client;
use crate::support::mint;
use crate::support::origin::{Builder, Origin};
use crate::support::proxy::Proxy;
use http::{Request, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;
use time::Duration;
use time::macros::utc_datetime;
use why401::app::Parts;
use why401::diagnosis::taxonomy::Verdict;
use why401::diagnosis::{Certainty, Finding, Report};
use why401::history::Past;

/// An origin that answers with the status that it is asked for.
async fn obedient(origin: Builder) -> Origin {
    origin
        .serve(async |request: Request<_>| {
            let query = request.uri().query().unwrap();
            let answer = Response::builder().status(query);
            let answer = match query {
                "200" => answer.header("x-credential-type", "api_token"),
                _ => answer.header("www-authenticate", "Basic realm=\"Bitbucket.org HTTP\""),
            };
            answer.body(body::empty()).unwrap()
        })
        .await
}

async fn send(client: &mut Client, status: u16, field: &str) -> Vec<String> {
    let path = format!("/2.0/repositories/acme/site?{status}");
    let request = Request::get(path).header("authorization", field);
    let answer = client.send(request.body(body::empty()).unwrap()).await;
    assert_eq!(answer.status(), status);
    let field = answer.headers().get("x-auth-diagnosis");
    let field = field.map(|field| field.to_str().unwrap().to_owned());
    body::text(answer.into_body()).await;
    let members = field.iter().flat_map(|field| field.split(", "));
    let slugs = members.filter_map(|member| member.split(';').next());
    slugs.map(str::to_owned).collect()
}

each_pair! {
    async fn what_worked_under_a_user_name_is_not_blamed_on_it(pair) {
        let origin = obedient(Origin::new().of(pair)).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let field = mint::basic("jane", &mint::api_token(1));
        assert_eq!(send(&mut client, 401, &field).await[0], "api-token-with-username");
        assert!(send(&mut client, 200, &field).await.is_empty());
        let mut other = proxy.http(pair.client).await;
        for client in [&mut client, &mut other] {
            let slugs = send(client, 401, &field).await;
            assert!(!slugs.iter().any(|slug| slug == "api-token-with-username"), "{slugs:?}");
        }
    }
}

/// A diagnosis that does nothing but repeat what it is told of the past.
fn repeating(past: &Past) -> Report {
    let mistake = match past {
        _ if past.newer_accepted => "stale-cached-credential",
        _ if past.alternates => "upstream-bug",
        _ if past.accepted => "token-revoked",
        _ => "wrong-secret",
    };
    let finding = Finding {
        mistake,
        certainty: Certainty::Possible,
        verdict: Verdict::Mistake,
        fix: "Repair it.".into(),
        reason: "broken".into(),
        doc: None,
        missing: Vec::new(),
    };
    Report {
        findings: vec![finding],
        because: Vec::new(),
    }
}

/// [`repeating`], at a time that goes on by so many seconds with each look at the clock.
async fn repeating_proxy(origin: &Origin, step: i64) -> Proxy {
    let ticks = AtomicI64::new(0);
    let now = move || {
        let seconds = ticks.fetch_add(step, Ordering::Relaxed);
        SystemTime::from(utc_datetime!(2026-11-24 12:00) + Duration::seconds(seconds))
    };
    Proxy::made_of(origin, move |parts| Parts {
        diagnose: Arc::new(|_, past, _| repeating(past)),
        now: Arc::new(now),
        ..parts
    })
    .await
}

#[tokio::test]
async fn the_field_tells_the_past_of_this_secret_and_the_event_all_of_it() {
    let origin = obedient(Origin::new()).await;
    let proxy = repeating_proxy(&origin, 1).await;
    let mut client = proxy.http(Http::One).await;
    let mut other = proxy.http(Http::One).await;
    let [old, new] = [1, 2].map(|seed| mint::basic("jane", &mint::api_token(seed)));
    assert_eq!(send(&mut client, 401, &old).await, ["wrong-secret"]);
    send(&mut other, 200, &new).await;
    assert_eq!(send(&mut client, 401, &old).await, ["wrong-secret"]);
    proxy.finding("stale-cached-credential").await;
}

#[tokio::test]
async fn repeats_of_one_second_are_judged_by_what_came_between() {
    let origin = obedient(Origin::new()).await;
    let proxy = repeating_proxy(&origin, 0).await;
    let mut client = proxy.http(Http::One).await;
    let field = mint::basic("jane", &mint::api_token(1));
    let mut told = Vec::new();
    for status in [401, 200, 401, 401, 200, 401, 401] {
        told.extend(send(&mut client, status, &field).await);
    }
    let expected = [
        "wrong-secret",
        "upstream-bug",
        "token-revoked",
        "upstream-bug",
        "upstream-bug",
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_token_accepted_with_a_failing_checksum_acquits_others() {
    let origin = obedient(Origin::new()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.http(Http::One).await;
    let damaged = |seed| mint::basic("jane@acme.com", &mint::api_token(seed)[..150]);
    assert_eq!(
        send(&mut client, 401, &damaged(1)).await[0],
        "damaged-token"
    );
    send(&mut client, 200, &damaged(2)).await;
    let slugs = send(&mut client, 401, &damaged(1)).await;
    assert!(
        !slugs.iter().any(|slug| slug == "damaged-token"),
        "{slugs:?}"
    );
}
