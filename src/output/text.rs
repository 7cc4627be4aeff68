//! The readable form on a terminal: one block per refusal, for a person who is tired.
//!
//! What was sent, what is wrong, what to do; then, quieter, why, what else there is, and where to look.

use crate::diagnosis::registry;
use crate::diagnosis::taxonomy::Verdict;
use crate::output::event::{Event, mark};
use anstyle::{AnsiColor, Style};
use block::Block;

pub mod block;
pub mod notice;
pub(super) mod wrap;

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
    let (label, alarm) = alarm(event);
    let (plain, quiet) = (Style::new(), Style::new().dimmed());
    block.head(
        first,
        &mark(event.environment, event.status),
        &call(event),
        alarm,
    );
    block.line("sent", &sent(event), plain);
    block.line(label, title(event), alarm.bold());
    block.line("do", &event.fix, AnsiColor::Green.on_default().bold());
    block.line("why", &because(event), plain);
    if let Some(others) = others(event) {
        block.line("also", &others, plain);
    }
    for (place, note) in notes.iter().enumerate() {
        block.line(if place == 0 { "note" } else { "" }, note, quiet);
    }
    block.end()
}

/// The label and the colour of what was found: red for a mistake, yellow for another cause, cyan for a note.
fn alarm(event: &Event) -> (&'static str, Style) {
    let (label, colour) = match registry::rule(event.mistake).map(|rule| rule.verdict) {
        Some(Verdict::Note) => ("seen", AnsiColor::Cyan),
        Some(Verdict::NotCredentials) => ("cause", AnsiColor::Yellow),
        _ => ("wrong", AnsiColor::Red),
    };
    (label, colour.on_default())
}

pub(in crate::output) fn title(event: &Event) -> &'static str {
    registry::rule(event.mistake).map_or(event.mistake, |rule| rule.title)
}

/// `GET api.bitbucket.org/2.0/user`, or whatever there is of it.
pub(in crate::output) fn call(event: &Event) -> String {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let place = text(&event.server) + &text(&event.path);
    let method = event.method.as_deref().unwrap_or("TLS");
    format!("{method} {place}").trim_end().to_owned()
}

/// `Basic, user j…e, api-token of 192 characters whose checksum fits`
pub(in crate::output) fn sent(event: &Event) -> String {
    let Some(scheme) = event.scheme else {
        return "no credentials".to_owned();
    };
    let mut parts = vec![scheme.to_owned()];
    match (event.user_id_kind, event.user_id.as_deref()) {
        (Some("empty"), _) => parts.push("empty user name".to_owned()),
        (Some("token"), _) => parts.push("a token as user name".to_owned()),
        (Some(_), Some(user)) => parts.push(format!("user {user}")),
        _ => {}
    }
    parts.push(secret(event));
    parts.join(", ")
}

fn secret(event: &Event) -> String {
    let Some(kind) = event.secret_kind else {
        return "no secret".to_owned();
    };
    let kind = match kind {
        "api-token" => "API token",
        "access-token" => "access token",
        "app-password" => "app password",
        "oauth-token" => "OAuth token",
        "jwt" => "JWT",
        "placeholder" => "a placeholder",
        "hidden" => "a secret that the record hides",
        "password-shaped" | "unknown" => "a secret of no known kind",
        other => other,
    };
    let length = event
        .secret_length
        .map(|length| format!(" of {length} characters"));
    let checksum = event
        .secret_checksum
        .map(|result| format!(", checksum {result}"));
    format!(
        "{kind}{}{}",
        length.unwrap_or_default(),
        checksum.unwrap_or_default()
    )
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
