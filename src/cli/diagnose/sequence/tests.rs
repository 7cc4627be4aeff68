//! What the exchanges of one invocation say about each other.

use super::*;
use crate::credentials::mint;
use crate::diagnosis::{Silenced, diagnose};
use crate::secret::FingerprintKey;
use crate::transcript;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use time::macros::utc_datetime;

const NOW: UtcDateTime = utc_datetime!(2026-11-24 12:00);
const REPOSITORY: &str = "https://api.bitbucket.org/2.0/repositories/acme/site";

/// Seconds after noon, who asks with what, and the answer.
fn entry(seconds: u32, user_agent: &str, field: &str, status: u16) -> Value {
    to(REPOSITORY, seconds, user_agent, field, status)
}

fn to(url: &str, seconds: u32, user_agent: &str, field: &str, status: u16) -> Value {
    let mut headers = vec![json!({"name": "User-Agent", "value": user_agent})];
    if !field.is_empty() {
        headers.push(json!({"name": "Authorization", "value": field}));
    }
    let date = format!("2026-11-24T12:{:02}:{:02}Z", seconds / 60, seconds % 60);
    let recognised = json!([{"name": "X-Credential-Type", "value": "api_token"}]);
    json!({
        "startedDateTime": date,
        "request": {"method": "GET", "url": url, "headers": headers},
        "response": {"status": status, "headers": if status < 300 { recognised } else { json!([]) }},
    })
}

fn basic(user: &str, seed: u64) -> String {
    let pair = format!("{user}:{}", mint::api_token(seed));
    format!("Basic {}", STANDARD.encode(pair))
}

/// The findings of each exchange, all files with one history.
fn findings(files: &[Vec<Value>]) -> Vec<Vec<String>> {
    let mut sequence = Sequence::starting(NOW);
    let mut found = Vec::new();
    for entries in files {
        let har = json!({"log": {"entries": entries}}).to_string();
        transcript::read(har.as_bytes(), &FingerprintKey::new([7; 32]), |record| {
            let date = record.date;
            let clock = Clock {
                date: date.unwrap_or(NOW),
                agrees: true,
            };
            sequence.add(record, clock, ClockSource::Record, date);
            hand_over(&mut sequence, &mut found);
            Ok(())
        })
        .unwrap();
        sequence.end();
        hand_over(&mut sequence, &mut found);
    }
    found
}

fn first(files: &[Vec<Value>]) -> Vec<String> {
    let first = |found: Vec<String>| found.into_iter().next().unwrap_or_default();
    findings(files).into_iter().map(first).collect()
}

fn hand_over(sequence: &mut Sequence, found: &mut Vec<Vec<String>>) {
    while let Some(item) = sequence.next() {
        let seen = item.record.observation.as_ref().unwrap();
        let report = diagnose(seen, &item.past, item.clock, &Silenced::default());
        let shown = report.findings.iter();
        let shown = shown.map(|one| format!("{} {}", one.mistake, one.certainty.as_str()));
        found.push(shown.collect());
    }
}

#[test]
fn a_challenge_is_told_from_missing_credentials_by_what_follows() {
    let leg = || entry(0, "git/2.47.3", "", 401);
    let answer = |seconds, user_agent| entry(seconds, user_agent, &basic("me@acme.com", 1), 200);
    let (challenge, missing) = ("challenge likely", "no-credentials proven");
    for (what, entries, expected) in [
        ("at once", vec![leg(), answer(1, "git/2.47.3")], challenge),
        ("alone", vec![leg()], missing),
        ("too late", vec![leg(), answer(6, "git/2.47.3")], missing),
        (
            "another client",
            vec![leg(), answer(1, "curl/8.14.1")],
            missing,
        ),
        (
            "other things between",
            vec![
                leg(),
                entry(0, "curl/8.14.1", "", 200),
                answer(1, "git/2.47.3"),
            ],
            challenge,
        ),
        (
            "another call",
            vec![
                leg(),
                to(
                    &format!("{REPOSITORY}/refs"),
                    1,
                    "git/2.47.3",
                    &basic("a@b.co", 1),
                    200,
                ),
            ],
            missing,
        ),
    ] {
        assert_eq!(first(&[entries])[0], expected, "{what}");
    }
    let apart = first(&[vec![leg()], vec![answer(1, "git/2.47.3")]]);
    assert_eq!(apart[0], missing, "another file");
}

#[test]
fn the_order_stays_and_no_leg_waits_for_ever() {
    let mut entries = vec![entry(0, "git/2.47.3", "", 401)];
    entries.extend((0..MOST_BETWEEN).map(|_| entry(0, "curl/8.14.1", "", 404)));
    entries.push(entry(0, "git/2.47.3", &basic("me@acme.com", 1), 200));
    let found = first(&[entries]);
    assert_eq!(found.len(), MOST_BETWEEN + 2);
    assert_eq!(found[0], "no-credentials proven");
    assert_eq!(found[1], "no-credentials possible");
}

#[test]
fn files_share_their_history() {
    let good = entry(0, "curl/8.14.1", &basic("me@acme.com", 1), 200);
    let later = entry(3000, "curl/8.14.1", &basic("me@acme.com", 1), 401);
    let revoked = "token-revoked possible".to_owned();
    let alone = findings(&[vec![later.clone()]]);
    assert!(!alone[0].contains(&revoked), "{alone:?}");
    let both = findings(&[vec![good], vec![later]]);
    assert!(both[1].contains(&revoked), "{both:?}");
}

/// Text of several runs may tell no date: what comes later in it happened later.
#[test]
fn without_dates_the_order_counts() {
    let undated = |user: &str, seed, status| {
        let mut entry = entry(0, "curl/8.14.1", &basic(user, seed), status);
        entry.as_object_mut().unwrap().remove("startedDateTime");
        entry
    };
    let found = findings(&[vec![
        undated("me@acme.com", 1, 401),
        undated("me@acme.com", 2, 200),
        undated("me@acme.com", 1, 401),
    ]]);
    let stale = "stale-cached-credential possible".to_owned();
    assert!(found[2].contains(&stale), "{found:?}");
}
