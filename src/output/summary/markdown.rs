//! For a ticket, or the summary of a build.

use super::{Found, Summary, places, times};
use crate::output::text;
use std::fmt::Write;

pub fn report(summary: &Summary) -> String {
    let mut report = format!(
        "# What why401 saw of {}\n\nIt ended with code {}; {} of its requests were seen.\n",
        code(&summary.command),
        summary.code,
        summary.exchanges
    );
    for found in summary.alarms() {
        section(&mut report, found);
    }
    if summary.alarms().next().is_none() {
        report += "\nNothing is wrong with the credentials that were seen.\n";
    }
    let mut list = |title: &str, items: Vec<String>| {
        if items.is_empty() {
            return;
        }
        let _ = write!(report, "\n## {title}\n\n");
        for item in items {
            let _ = writeln!(report, "- {item}");
        }
    };
    list("Why nothing was seen", summary.unseen.clone());
    let sentences = |counts: &std::collections::BTreeMap<String, u64>| {
        let sentence = |(text, count): (&String, &u64)| format!("{text} ({})", times(*count));
        counts.iter().map(sentence).collect()
    };
    list(
        "Refused for no reason that is known",
        sentences(&summary.unexplained),
    );
    list("Refused by the proxy", sentences(&summary.refused));
    list("Without an answer", sentences(&summary.faults));
    list(
        "Taken out of NO_PROXY",
        summary.taken_out.iter().map(|entry| code(entry)).collect(),
    );
    if !summary.tunnelled.is_empty() {
        list("Passed on unseen", vec![places(&summary.tunnelled)]);
    }
    report
}

fn section(report: &mut String, found: &Found) {
    let event = &found.event;
    // Writing to a string does not fail.
    let _ = write!(
        report,
        "\n## {}\n\n**{}** ({}, {}), {}\n\n",
        event.mistake,
        text::title(event),
        event.certainty,
        times(found.count),
        code(&format!(
            "{} for {}",
            crate::output::event::mark(event.environment, event.status),
            text::call_of(event)
        )),
    );
    let _ = writeln!(report, "- What to do: {}", event.fix);
    let _ = writeln!(
        report,
        "- Sent: {}",
        code(&text::sent::words(&event.sent()))
    );
    let _ = writeln!(report, "- Why: {}", event.because.join("; "));
    for other in &event.alternatives {
        let _ = writeln!(
            report,
            "- Also possible: {} ({})",
            code(other.mistake),
            other.certainty
        );
    }
    let _ = writeln!(
        report,
        "- Read: {}",
        code(&format!("why401 explain {}", event.mistake))
    );
}

/// Literal text, which no character can leave.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}
