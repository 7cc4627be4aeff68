//! Every format of every example: whole, safe, and without a secret.

use super::*;
use crate::credentials::mint;
use crate::diagnosis::example::Example;
use crate::diagnosis::registry::RULES;
use crate::diagnosis::{Silenced, diagnose};
use serde_json::Value;

const SCREEN: Screen = Screen {
    width: 80,
    colour: false,
};
const FORMATS: [Format; 5] = [
    Format::Text(SCREEN),
    Format::Json,
    Format::Jsonl,
    Format::Markdown,
    Format::Sarif,
];

/// All examples as one record.
fn written(format: Format, examples: &[Example]) -> String {
    let mut text = format.begin();
    let mut count = Count::default();
    for (entry, example) in examples.iter().enumerate() {
        let (seen, past, clock) = example.observe();
        let report = diagnose(&seen, &past, clock, &Silenced::default());
        let judged = Judged {
            file: Some("a`b.har"),
            entry,
            line: 1,
            clock,
            source: ClockSource::Record,
            assumed: None,
            seen: Some(&seen),
            report: &report,
        };
        text += &format.piece(&judged, count);
        count.exchanges += 1;
        count.found += usize::from(!report.findings.is_empty());
    }
    text + &format.end(count)
}

fn examples() -> Vec<Example> {
    RULES
        .iter()
        .flat_map(|rule| rule.fires.iter().chain(rule.silent))
        .copied()
        .collect()
}

#[test]
fn documents_hold_together() {
    let all = examples();
    let json: Value = serde_json::from_str(&written(Format::Json, &all)).unwrap();
    assert_eq!(json.as_array().unwrap().len(), all.len());
    let sarif: Value = serde_json::from_str(&written(Format::Sarif, &all)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() >= RULES.len());
    let lines = written(Format::Jsonl, &all);
    assert_eq!(
        lines
            .lines()
            .filter(|line| line.starts_with(r#"{"entry":"#))
            .count(),
        all.len()
    );
    for format in FORMATS {
        let nothing = written(format, &[]);
        assert!(nothing.is_empty() || nothing.ends_with('\n'));
    }
    serde_json::from_str::<Value>(&written(Format::Json, &[])).unwrap();
    serde_json::from_str::<Value>(&written(Format::Sarif, &[])).unwrap();
}

#[test]
fn no_format_holds_a_secret_or_steers_a_terminal() {
    let tokens = [
        mint::api_token(1),
        mint::access_token(1),
        mint::app_password(1),
        mint::jwt(1),
    ];
    for format in FORMATS {
        let text = written(format, &examples());
        for token in &tokens {
            assert!(!text.contains(&token[..20]), "{format:?}");
        }
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\n'),
            "{format:?}"
        );
    }
}
