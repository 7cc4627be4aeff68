//! What a run says, in every format, of the same events.

use super::*;
use crate::credentials::mint;
use crate::diagnosis::registry::RULES;
use crate::diagnosis::{Silenced, diagnose};
use crate::output::event::Context;
use crate::output::text::Screen;
use serde_json::Value;
use time::macros::utc_datetime;

const SCREEN: Screen = Screen {
    width: 80,
    colour: false,
};
const FORMATS: [Format; 3] = [Format::Json, Format::Markdown, Format::Sarif];

/// The first event about each finding that there is.
fn events() -> impl Iterator<Item = Event> {
    RULES.iter().map(|rule| {
        let (seen, past, clock) = rule.fires[0].observe();
        let report = diagnose(&seen, &past, clock, &Silenced::default());
        let context = Context {
            timestamp: utc_datetime!(2026-11-24 9:00),
            id: "9f3a1c07-1".into(),
            client: None,
            show_user_ids: false,
            environment: None,
        };
        Event::new(&report, &seen, &context).unwrap()
    })
}

fn event(slug: &str) -> Event {
    events().find(|event| event.mistake == slug).unwrap()
}

fn seen(slugs: &[&str]) -> Summary {
    let mut summary = Summary {
        command: "deploy.sh".into(),
        exchanges: 7,
        ..Summary::default()
    };
    for slug in slugs {
        summary.add(&event(slug));
    }
    summary
}

#[test]
fn a_mistake_is_a_block_with_its_slug_first_and_its_count() {
    let mut summary = seen(&["api-token-with-username"; 3]);
    summary.tunnelled.insert("pypi.org:443".into(), 2);
    let text = summary.text(false, SCREEN);
    assert!(
        text.starts_with("api-token-with-username  401  GET "),
        "{text}"
    );
    assert!(
        text.contains("\n  do    Use the email of the Atlassian account"),
        "{text}"
    );
    let note = "\n  note  seen 3 times; why401 explain api-token-with-username\n";
    assert!(text.contains(note), "{text}");
    let last = "why401: passed on unseen, being other hosts: pypi.org:443 (2)";
    assert_eq!(text.lines().last(), Some(last));
}

#[test]
fn what_was_said_at_once_is_only_counted_at_the_end() {
    let once = seen(&["api-token-with-username"]);
    assert_eq!(once.text(true, SCREEN), "");
    let twice = seen(&["api-token-with-username"; 2]);
    assert_eq!(
        twice.text(true, SCREEN),
        "why401: api-token-with-username: 2 times\n"
    );
}

#[test]
fn nothing_is_said_when_all_went_well() {
    let mut summary = seen(&["challenge"]);
    summary.tunnelled.insert("pypi.org:443".into(), 2);
    assert_eq!(summary.text(false, SCREEN), "");
    assert!(!summary.reaches(Certainty::Possible));
}

#[test]
fn a_run_that_saw_nothing_says_so_with_the_reasons() {
    let summary = Summary {
        unseen: vec!["Node v20 is too old".into()],
        ..Summary::default()
    };
    assert_eq!(
        summary.text(true, SCREEN),
        "why401: no call to Bitbucket went through this run, so nothing was checked\n\
         why401:   maybe: Node v20 is too old\n"
    );
}

/// Silence would be taken for "all is well".
#[test]
fn a_refusal_that_nothing_explains_is_told() {
    let mut summary = seen(&[]);
    summary
        .unexplained
        .insert("403 for GET api.bitbucket.org/2.0/x".into(), 2);
    assert_eq!(
        summary.text(true, SCREEN),
        "why401: refused 2 times, and nothing that is known explains it: 403 for GET api.bitbucket.org/2.0/x\n"
    );
}

#[test]
fn a_threshold_is_reached_by_alarms_of_its_certainty_and_above() {
    let summary = seen(&["challenge", "api-token-with-username"]);
    assert!(summary.reaches(Certainty::Possible) && summary.reaches(Certainty::Likely));
    assert!(!summary.reaches(Certainty::Proven));
}

#[test]
fn reports_hold_every_finding_and_no_secret() {
    let mut summary = seen(&[]);
    events().for_each(|event| {
        summary.add(&event);
    });
    let json: Value = serde_json::from_str(&summary.report(Format::Json)).unwrap();
    assert_eq!(
        json["findings"].as_array().unwrap().len(),
        summary.found.len()
    );
    let sarif: Value = serde_json::from_str(&summary.report(Format::Sarif)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), summary.found.len());
    let markdown = summary.report(Format::Markdown);
    for found in summary.alarms() {
        assert!(markdown.contains(&format!("\n## {}\n", found.event.mistake)));
    }
    for text in FORMATS.map(|format| summary.report(format)) {
        for token in [
            mint::api_token(1),
            mint::access_token(1),
            mint::app_password(1),
        ] {
            assert!(!text.contains(&token[..20]));
        }
    }
}
