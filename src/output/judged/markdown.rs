//! A section for each exchange with findings, to paste into a ticket.

use super::Judged;
use crate::output::clean::clean;
use crate::output::event::mark;
use crate::output::text;
use std::fmt::Write;

/// Nothing for an exchange without a finding.
pub fn piece(judged: &Judged<'_>) -> String {
    let Some(event) = judged.event() else {
        return String::new();
    };
    let mut section = String::from("\n## ");
    if let Some(file) = judged.file {
        let _ = write!(section, "{}, ", code(&clean(file, 80)));
    }
    let _ = writeln!(
        section,
        "Entry {}: {} for {}\n",
        judged.entry,
        mark(None, event.status),
        code(&text::call_of(&event))
    );
    let _ = writeln!(
        section,
        "**{}** ({}, {})\n",
        text::title(&event),
        code(event.mistake),
        event.certainty
    );
    let mut item = |label: &str, value: &str| {
        let _ = writeln!(section, "- {label}: {value}");
    };
    if let Some(lacks) = text::lacks(&event) {
        item("Lacks", &code(&lacks));
    }
    item("What to do", &event.fix);
    item("Sent", &code(&text::sent::words(&event.sent())));
    item("Why", &event.because.join("; "));
    for other in judged.report.findings.iter().skip(1) {
        let also = format!(
            "{} ({}): {}",
            code(other.mistake),
            other.certainty.as_str(),
            other.fix
        );
        item("Also", &also);
    }
    if let Some(doc) = judged.report.findings.first().and_then(|first| first.doc) {
        item("Read", &format!("<{doc}>"));
    }
    if let Some(assumption) = judged.assumption() {
        item("Assumed", assumption);
    }
    if let Some(command) = judged.tell_more() {
        item("To know more", &code(command));
    }
    item("Clock", &judged.clock_words());
    section
}

/// Literal text, which no character can leave.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}
