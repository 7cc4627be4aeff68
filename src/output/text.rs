//! The readable form on a terminal: one block per refusal, for a person who is tired.
//!
//! What was sent, what is wrong, what to do; then, quieter, why, what else there is, and where to look.

use crate::diagnosis::Certainty;
use crate::diagnosis::registry;
use crate::diagnosis::taxonomy::Verdict;
use crate::output::event::{Event, mark};
use anstyle::{AnsiColor, Style};
use block::Block;

pub mod block;
pub mod notice;
pub(super) mod sent;
pub(super) mod wrap;

/// The finding that wants nothing done.
const FIRST_TRY: &str = "challenge";

/// More of those that a credential has are counted, not named.
const MOST_SCOPES: usize = 4;

/// Where the block is shown.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns; fewer than 24 are treated as 24.
    pub width: usize,
    pub colour: bool,
}

/// Renders one event as a block that ends in an empty line.
pub fn render(event: &Event, screen: Screen) -> String {
    let time = event.timestamp.get(11..19).unwrap_or_default();
    block(event, time, &[trail(event)], screen)
}

/// [`render`] with something else than the time in front, and with other notes.
pub fn block(event: &Event, first: &str, notes: &[String], screen: Screen) -> String {
    let mut block = Block::new(screen);
    if is_only_a_first_try(event) {
        let mark = mark(event.environment, event.status) + " first try";
        let cyan = AnsiColor::Cyan.on_default();
        return block.only(first, &mark, &call_of(event), cyan);
    }
    let (label, alarm) = alarm(event);
    let (plain, quiet) = (Style::new(), Style::new().dimmed());
    block.head(
        first,
        &mark(event.environment, event.status),
        &call_of(event),
        alarm,
    );
    block.line("sent", &sent::words(&event.sent()), plain);
    block.line(label, title(event), alarm.bold());
    if let Some(lacks) = lacks(event) {
        block.line("lacks", &lacks, plain);
    }
    block.line("do", &event.fix, AnsiColor::Green.on_default().bold());
    block.line("why", &because(event), plain);
    if let Some(others) = others(event) {
        block.line("also", &others, plain);
    }
    if let Some(doc) = event.doc {
        block.link("read", doc, quiet);
    }
    for (place, note) in notes.iter().enumerate() {
        block.line(if place == 0 { "note" } else { "" }, note, quiet);
    }
    block.end()
}

/// git's every clone begins with one, and nothing is to be done about it.
fn is_only_a_first_try(event: &Event) -> bool {
    event.mistake == FIRST_TRY && event.alternatives.is_empty()
}

/// The label and the colour of what was found: red for a mistake, yellow for another cause, cyan for a note. What is
/// only possible is not called wrong.
fn alarm(event: &Event) -> (&'static str, Style) {
    let possible = event.certainty == Certainty::Possible.as_str();
    let (label, colour) = match registry::rule(event.mistake).map(|rule| rule.verdict) {
        Some(Verdict::Note) => ("seen", AnsiColor::Cyan),
        Some(Verdict::NotCredentials) => ("cause", AnsiColor::Yellow),
        _ => ("wrong", AnsiColor::Red),
    };
    let label = if possible { "maybe" } else { label };
    (label, colour.on_default())
}

/// The scopes that are missing, and those that the server knows of.
pub(in crate::output) fn lacks(event: &Event) -> Option<String> {
    let missing = event.missing_scopes.join(" ");
    let has = match event.granted_scopes.as_slice() {
        [] => String::new(),
        granted if granted.len() > MOST_SCOPES => format!("; has {} others", granted.len()),
        granted => format!("; has {}", granted.join(" ")),
    };
    (!missing.is_empty()).then(|| missing + &has)
}

pub(in crate::output) fn title(event: &Event) -> &'static str {
    registry::rule(event.mistake).map_or(event.mistake, |rule| rule.title)
}

/// `GET api.bitbucket.org/2.0/user`, or whatever there is of it.
pub(in crate::output) fn call(
    method: Option<&str>,
    server: Option<String>,
    path: Option<String>,
) -> String {
    let place = server.unwrap_or_default() + &path.unwrap_or_default();
    let method = method.unwrap_or("TLS");
    format!("{method} {place}").trim_end().to_owned()
}

/// The call of an event.
pub(in crate::output) fn call_of(event: &Event) -> String {
    let method = event.method.as_deref();
    call(method, event.server.clone(), event.path.clone())
}

fn because(event: &Event) -> String {
    format!("{}: {}", event.certainty, event.because.join("; "))
}

fn others(event: &Event) -> Option<String> {
    let named = event
        .alternatives
        .iter()
        .map(|other| format!("{} ({})", other.mistake, other.certainty));
    Some(named.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
}

/// The slug, how often, who, and the id under which the field names it.
fn trail(event: &Event) -> String {
    let mut parts = vec![event.mistake.to_owned()];
    if event.count > 1 {
        parts.push(format!("{} times", event.count));
    }
    parts.extend(
        event
            .fingerprint
            .iter()
            .map(|fingerprint| format!("credential {fingerprint}")),
    );
    parts.extend(event.client.iter().map(|client| format!("from {client}")));
    parts.push(format!("id {}", event.id));
    parts.join(", ")
}

#[cfg(test)]
mod tests;
