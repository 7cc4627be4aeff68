//! The readable form on a terminal: one block per refusal, for a person who is tired.
//!
//! What was sent, what is wrong, what to do; then, dimmed, what else it may be and where to look.

use crate::diagnosis::registry;
use crate::diagnosis::taxonomy::Verdict;
use crate::output::event::Event;
use anstyle::{AnsiColor, Style};
use wrap::wrap;

mod wrap;

/// Where the block is shown.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns; fewer than 24 are treated as 24.
    pub width: usize,
    pub colour: bool,
}

const NARROWEST: usize = 24;
/// The widest block: longer lines are hard to read.
const WIDEST: usize = 100;
/// Columns before the text of a line.
const INDENT: usize = 8;

/// Renders one event as a block that ends in an empty line.
pub fn render(event: &Event, screen: Screen) -> String {
    let mut block = Block {
        screen,
        text: String::new(),
    };
    let alarm = alarm(event);
    block.head(event, alarm);
    block.line("sent", &sent(event), Style::new());
    block.line("wrong", title(event), alarm.bold());
    block.line("why", &because(event), Style::new());
    block.line("do", &event.fix, AnsiColor::Green.on_default().bold());
    if let Some(others) = others(event) {
        block.line("or", &others, Style::new());
    }
    block.line("note", &trail(event), Style::new().dimmed());
    block.text.push('\n');
    block.text
}

/// The block as far as it is written.
struct Block {
    screen: Screen,
    text: String,
}

impl Block {
    /// `16:40:12  401  GET api.bitbucket.org/2.0/user`
    fn head(&mut self, event: &Event, alarm: Style) {
        let time = event.timestamp.get(11..19).unwrap_or_default();
        let call = format!("{} {}{}", event.method, event.server, event.path);
        let prefix = format!("{time}  {}  ", event.status);
        let lines = wrap(&call, self.width().saturating_sub(prefix.len()));
        for (place, line) in lines.iter().enumerate() {
            if place == 0 {
                self.text.push_str(&self.paint(time, Style::new().dimmed()));
                self.text.push_str("  ");
                self.text
                    .push_str(&self.paint(&event.status.to_string(), alarm.bold()));
                self.text.push_str("  ");
            } else {
                self.text.push_str(&" ".repeat(prefix.len()));
            }
            self.text.push_str(&self.paint(line, Style::new().bold()));
            self.text.push('\n');
        }
    }

    /// A label and its text, wrapped under itself.
    fn line(&mut self, label: &str, text: &str, style: Style) {
        for (place, line) in wrap(text, self.width() - INDENT).iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            let label = format!("  {label:<width$}", width = INDENT - 2);
            self.text
                .push_str(&self.paint(&label, Style::new().dimmed()));
            self.text.push_str(&self.paint(line, style));
            self.text.push('\n');
        }
    }

    fn width(&self) -> usize {
        self.screen.width.clamp(NARROWEST, WIDEST)
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if self.screen.colour && !text.trim().is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// Red for a mistake, yellow for another cause, cyan for a note.
fn alarm(event: &Event) -> Style {
    let colour = match registry::rule(event.mistake).map(|rule| rule.verdict) {
        Some(Verdict::Note) => AnsiColor::Cyan,
        Some(Verdict::NotCredentials) => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    colour.on_default()
}

fn title(event: &Event) -> &'static str {
    registry::rule(event.mistake).map_or(event.mistake, |rule| rule.title)
}

/// `Basic, user j…e, api-token of 192 characters whose checksum fits`
fn sent(event: &Event) -> String {
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
        "jwt" => "JWT",
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
