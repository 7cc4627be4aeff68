//! SARIF 2.1.0: each finding is a result at the call that was refused.

use super::{Found, Summary};
use crate::diagnosis::registry;
use crate::diagnosis::taxonomy::Verdict;
use crate::output::judged::sarif as document;
use crate::output::text;
use serde_json::{Value, json};

pub fn report(summary: &Summary) -> String {
    let results: Vec<String> = summary
        .found
        .iter()
        .map(|found| format!("\n{}", result(found)))
        .collect();
    document::begin() + &results.join(",") + document::END
}

fn result(found: &Found) -> Value {
    let event = &found.event;
    json!({
        "ruleId": event.mistake,
        "level": level(found),
        "message": {"text": format!("{} ({}). {}", text::title(event), event.certainty, event.fix)},
        "locations": [{"logicalLocations": [{"fullyQualifiedName": text::call_of(event), "kind": "resource"}]}],
        "occurrenceCount": found.count,
        "properties": {
            "certainty": event.certainty,
            "status": event.status,
        },
    })
}

fn level(found: &Found) -> &'static str {
    match registry::rule(found.event.mistake).map(|rule| rule.verdict) {
        Some(Verdict::Note) => "note",
        Some(Verdict::NotCredentials) => "warning",
        _ => "error",
    }
}
