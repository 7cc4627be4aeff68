//! The same exchanges in every form that people have them in: what is said of them may not depend on the form.

use super::*;
use crate::cli::diagnose::FormatName;
use decoration::DECORATIONS;
use format::{FORMATS, har};
use serde_json::Value;
use story::stories;
use time::macros::utc_datetime;

mod decoration;
mod format;
mod secrets;
mod story;

const NOW: UtcDateTime = utc_datetime!(2026-11-24 12:00);
/// One in so many stories goes through each decoration.
const SHARE: usize = 5;
const KEY: [u8; 32] = [7; 32];

/// What `why401 diagnose` writes about one record, and what it says when it cannot read it.
fn written(format: FormatName, record: &[u8]) -> (String, String) {
    let arguments = Arguments {
        files: vec![],
        format,
        at: None,
        fail_on: None,
        user: None,
    };
    let mut out = Vec::new();
    let mut session = Session::new(&arguments, NOW, &mut out);
    session.write(&session.format.begin()).unwrap();
    let read = session.read(STDIN, record, &FingerprintKey::new(KEY));
    session.write(&session.format.end(session.count)).unwrap();
    let error = read
        .err()
        .map_or_else(String::new, |error| error.to_string());
    (String::from_utf8(out).unwrap(), error)
}

/// Mistakes and certainties of each exchange, or why there are none.
fn findings(record: &[u8]) -> Vec<String> {
    let (lines, error) = written(FormatName::Jsonl, record);
    let shown = |line: &str| {
        let object: Value = serde_json::from_str(line).unwrap();
        let status = object["http.response.status_code"].clone();
        let found = object["findings"].as_array().unwrap().iter().map(|one| {
            format!(
                " {} {}",
                one["mistake"].as_str().unwrap(),
                one["certainty"].as_str().unwrap()
            )
        });
        format!("{status}:{}", found.collect::<String>())
    };
    let error = Some(error).filter(|error| !error.is_empty());
    lines.lines().map(shown).chain(error).collect()
}

#[test]
fn no_form_changes_what_is_said() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (number, story) in stories().iter().enumerate() {
        let expected = findings(har::plain(story).as_bytes());
        assert_eq!(expected.len(), story.calls.len(), "{}", story.name);
        let mut compare = |form: &str, record: &[u8]| {
            count += 1;
            let found = findings(record);
            if found != expected {
                wrong.push(format!(
                    "{}, {form}: {found:?}, not {expected:?}",
                    story.name
                ));
            }
        };
        for (name, har) in har::variants(story) {
            compare(name, &har);
        }
        for format in FORMATS.iter().filter(|format| (format.carries)(story)) {
            let text = (format.render)(story);
            for (place, decoration) in DECORATIONS.iter().enumerate() {
                // Of each format and decoration some stories; all of them were tried once, and take a minute.
                if place == 0 || (place + number) % SHARE == 0 {
                    let form = format!("{}, {}", format.name, decoration.name);
                    compare(&form, &(decoration.apply)(&text));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

/// A story about which nothing is said would prove nothing above.
#[test]
fn every_story_has_something_to_say() {
    for story in stories() {
        let found = findings(har::plain(&story).as_bytes());
        assert!(
            found.iter().any(|line| line.contains(story.name)),
            "{}: {found:?}",
            story.name
        );
    }
}
