//! What a refusal costs: figures of one run, to be compared with each other.
#![allow(clippy::print_stdout, reason = "its output is what a benchmark is for")]

use std::hint::black_box;
use std::time::Instant;
use why401::diagnosis::example::Example;
use why401::diagnosis::{Report, Silenced, diagnose};
use why401::history::Past;
use why401::observation::{Clock, Observation};
use why401::output::event::{Context, Event};
use why401::output::field;

const ID: &str = "9f3a1c07-2a";
const TURNS: usize = 20;

/// Refusals as they come: each with the words that the server has for it.
const REFUSALS: [(&str, Example); 5] = [
    (
        "401, Basic, an API token behind a user name",
        Example::rest("")
            .pair("jane:{api_token}")
            .answer(REALM)
            .body(INVALID),
    ),
    (
        "401, Bearer, an access token",
        Example::rest("")
            .field("Bearer {access_token}")
            .answer(REALM)
            .body(INVALID),
    ),
    (
        "401, no credentials",
        Example::rest("").answer(REALM).body(INVALID),
    ),
    (
        "401, git, an API token behind an email",
        Example::git("")
            .pair("jane@acme.com:{api_token}")
            .answer(REALM),
    ),
    (
        "403, a scope is missing",
        Example::rest("")
            .pair("jane@acme.com:{api_token}")
            .status(403)
            .answer(&[("x-credential-type", "api_token")])
            .body(
                r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["read:user:bitbucket"],"required":["read:repository:bitbucket"]}}}"#,
            ),
    ),
];
const REALM: &[(&str, &str)] = &[
    ("www-authenticate", "Basic realm=\"Bitbucket.org HTTP\""),
    ("date", "Tue, 24 Nov 2026 10:30:00 GMT"),
];
const INVALID: &str = r#"{"type":"error","error":{"message":"Token is invalid, expired, or not supported for this endpoint."}}"#;

fn main() {
    println!("evidence, all rules and field; the event made; the event serialised");
    for (name, example) in REFUSALS {
        let (seen, past, clock) = example.observe();
        let report = judge(&seen, &past, clock);
        let event = event(&seen, &report, clock);
        let found = report.findings.first().map(|finding| finding.mistake);
        let judged = nanoseconds(|| {
            let report = judge(black_box(&seen), &past, clock);
            black_box(field::render(&report, ID));
        });
        let made = nanoseconds(|| {
            black_box(self::event(black_box(&seen), &report, clock));
        });
        let written = nanoseconds(|| {
            black_box(serde_json::to_string(black_box(&event)).expect("strings and numbers"));
        });
        let found = found.unwrap_or_default();
        println!("{judged:>6} ns {made:>6} ns {written:>6} ns   {name}: {found}");
    }
}

fn judge(seen: &Observation, past: &Past, clock: Clock) -> Report {
    diagnose(seen, past, clock, &Silenced::default())
}

fn event(seen: &Observation, report: &Report, clock: Clock) -> Event {
    let context = Context {
        timestamp: clock.date,
        id: ID.to_owned(),
        client: Some([127, 0, 0, 1].into()),
        show_user_ids: false,
        environment: None,
    };
    Event::new(report, seen, &context).expect("a finding")
}

/// The best of many short rounds, per turn: what else runs on the machine only adds.
fn nanoseconds(mut turn: impl FnMut()) -> u128 {
    let mut round = || {
        let begun = Instant::now();
        (0..TURNS).for_each(|_| turn());
        begun.elapsed().as_nanos() / TURNS as u128
    };
    (0..2000).map(|_| round()).min().unwrap_or_default()
}
