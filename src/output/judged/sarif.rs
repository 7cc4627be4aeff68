//! SARIF 2.1.0: every finding is a result; the rules come first.

use super::Judged;
use super::json::verdict;
use crate::diagnosis::Finding;
use crate::diagnosis::registry::RULES;
use crate::diagnosis::rule::Rule;
use crate::diagnosis::taxonomy::Verdict;
use crate::output::clean::clean;
use crate::output::event::PATH_LIMIT;
use serde_json::{Value, json};
use std::fmt::Write;

pub const END: &str = "\n]}]}\n";
/// How SARIF calls what came from standard input.
const STDIN: &str = "stdin";

/// Up to the list of results.
pub fn begin() -> String {
    let driver = json!({
        "name": "why401",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
    });
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\
         \"runs\":[{{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":["
    )
}

/// The results of one exchange, each behind a comma but the very first.
pub fn piece(judged: &Judged<'_>, follows: bool) -> String {
    let mut text = String::new();
    for (place, finding) in judged.report.findings.iter().enumerate() {
        let comma = if follows || place > 0 { "," } else { "" };
        let _ = write!(text, "{comma}\n{}", result(judged, finding, place));
    }
    text
}

fn rule(rule: &&Rule) -> Value {
    json!({
        "id": rule.slug,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.page.fix},
        "properties": {"verdict": verdict(rule.verdict)},
    })
}

fn result(judged: &Judged<'_>, finding: &Finding, rank: usize) -> Value {
    let title = RULES
        .iter()
        .find(|rule| rule.slug == finding.mistake)
        .map_or("", |rule| rule.title);
    json!({
        "ruleId": finding.mistake,
        "level": level(finding, rank),
        "message": {"text": format!("{title} ({}). {}", finding.certainty.as_str(), finding.fix)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": judged.file.map_or(STDIN.to_owned(), uri)},
            "region": {"startLine": judged.line.max(1)},
        }}],
        "properties": {
            "entry": judged.entry,
            "certainty": finding.certainty.as_str(),
            "clock": judged.clock_words(),
        },
    })
}

/// Only the first finding of an exchange is what should be mended.
fn level(finding: &Finding, rank: usize) -> &'static str {
    match (finding.verdict, rank) {
        (Verdict::Mistake, 0) => "error",
        (Verdict::NotCredentials, 0) => "warning",
        _ => "note",
    }
}

/// A file name as a relative reference (RFC 3986 4.2), an absolute one as RFC 8089 has it.
fn uri(file: &str) -> String {
    let scheme = if file.starts_with('/') { "file://" } else { "" };
    let mut uri = scheme.to_owned();
    for byte in clean(file, PATH_LIMIT).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
