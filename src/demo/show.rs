//! How a performance is shown: blocks for people, an array for programs.

use super::play::{Ending, Played};
use super::repair::Repaired;
use super::request::{Request, Sent, Surface};
use crate::diagnosis::registry;
use crate::output::field::X_AUTH_DIAGNOSIS;
use crate::output::text::Screen;
use crate::output::text::block::Block;
use anstyle::{AnsiColor, Style};
use http::StatusCode;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

const PLAIN: Style = Style::new();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();

/// What is said before the first story.
pub fn opening(screen: Screen) -> String {
    let mut block = Block::new(screen);
    block.paragraph(
        "SANDBOX: a stand-in for Bitbucket on this machine. Every exchange below is real HTTP over TLS through the \
         proxy; every credential is made up; nothing leaves this machine. `saw` is what such a client prints.",
        PLAIN.dimmed(),
    );
    block.end()
}

/// One story.
pub fn story(number: usize, played: &Played, screen: Screen) -> String {
    let mut block = Block::new(screen);
    let request = &played.request;
    let when = format!("{number:>2}  {}", played.story.on.date());
    block.head(&when, played.status.as_str(), &call(request), RED);
    block.line("story", played.story.title, PLAIN);
    for (place, line) in played.printed.iter().enumerate() {
        block.line(if place == 0 { "saw" } else { "" }, line, RED);
    }
    match &played.heard {
        None => block.line("wrong", "why401 has nothing to say", RED.bold()),
        Some(heard) => {
            let title = registry::rule(&heard.mistake).map_or("", |rule| rule.title);
            let says = format!("{} ({}): {title}", heard.mistake, heard.certainty);
            // As in the log: what is only possible is not called wrong.
            let label = match heard.certainty.as_str() {
                "possible" => "maybe",
                _ => "wrong",
            };
            block.line(label, &says, PLAIN.bold());
            block.line("do", &heard.fix, PLAIN);
            if !heard.others.is_empty() {
                block.line("also", &heard.others.join(", "), PLAIN);
            }
        }
    }
    let style = if played.is_repaired() { GREEN } else { RED };
    block.line("now", &ending(played), style.bold());
    if !played.is_as_told() {
        let untold = format!("this story should have shown {}", played.story.mistake);
        block.line("fault", &untold, RED.bold());
    }
    block.end()
}

/// `200 OK: Basic as j.doe@acme.example, the same secret`
fn ending(played: &Played) -> String {
    let (repaired, status) = match &played.ending {
        Ending::Stuck(why) => return why.clone(),
        Ending::Answered(repaired, status) => (repaired, *status),
    };
    let Repaired { request, .. } = repaired;
    let form = match &request.sent {
        Sent::Basic { user, .. } => format!("Basic as {user}"),
        Sent::Bearer(_) => "Bearer".to_owned(),
        Sent::Nothing | Sent::AsWritten(_) => "no credentials".to_owned(),
    };
    let mut text = format!("{}: {form}, {}", told(status), repaired.secret);
    if request.target != played.request.target {
        text = format!("{text}, {}", call(request));
    }
    if !repaired.wait.is_zero() {
        text.push_str(", an hour later");
    }
    text
}

/// A client of git never shows the request behind what it does.
fn call(request: &Request) -> String {
    match request.surface {
        Surface::Rest => format!("GET {}{}", request.surface.host(), request.target),
        Surface::Git if request.is_push() => format!("git push {}", request.remote()),
        Surface::Git => format!("git fetch {}", request.remote()),
    }
}

fn told(status: StatusCode) -> String {
    let reason = status.canonical_reason().unwrap_or_default();
    format!("{} {reason}", status.as_u16())
}

/// What is said after the last story.
pub fn closing(played: &[Played], took: Duration, screen: Screen) -> String {
    let mut block = Block::new(screen);
    if let Some((count, bare)) = most_alike(played).filter(|(count, _)| *count > 1) {
        let text = format!(
            "{count} of these refusals are the very same answer, byte for byte; only the requests tell them apart:"
        );
        block.paragraph(&text, PLAIN.bold());
        for line in bare.lines().filter(|line| !line.is_empty()) {
            block.line("", line, RED);
        }
        block.gap();
    }
    if let Some(heard) = played.iter().find_map(|played| played.heard.as_ref()) {
        block.paragraph(
            "All of this is in the answers as well, for programs. The first one had this field:",
            PLAIN.bold(),
        );
        block.link("", &format!("{X_AUTH_DIAGNOSIS}: {}", heard.field), PLAIN);
        block.gap();
    }
    let repaired = played.iter().filter(|played| played.is_repaired()).count();
    let text = format!(
        "{}: {} named, {repaired} repaired, in {:.1} s.",
        counted(played.len(), "refusal"),
        counted(mistakes(played).len(), "mistake"),
        took.as_secs_f64()
    );
    let is_fine = played.iter().all(Played::is_as_told);
    block.paragraph(&text, if is_fine { GREEN } else { RED }.bold());
    block.paragraph(
        "Next: `why401 demo --hold` to try tools of your own here, `why401 serve` for the real Bitbucket.",
        PLAIN.dimmed(),
    );
    block.text()
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn mistakes(played: &[Played]) -> BTreeSet<&str> {
    let heard = played.iter().filter_map(|played| played.heard.as_ref());
    heard.map(|heard| heard.mistake.as_str()).collect()
}

/// The answer that most stories share, and how many do.
pub(super) fn most_alike(played: &[Played]) -> Option<(usize, &str)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for played in played {
        *counts.entry(&played.bare).or_default() += 1;
    }
    counts.into_iter().map(|(bare, count)| (count, bare)).max()
}

/// An element of `--format json`. The names, and their order, are public API.
#[derive(Serialize)]
struct Entry<'a> {
    mistake: Option<&'a str>,
    certainty: Option<&'a str>,
    surface: &'static str,
    status: u16,
    fix: Option<&'a str>,
    repaired_status: Option<u16>,
}

/// An array, one element a line.
pub fn json(played: &[Played]) -> String {
    let line = |played: &Played| {
        let heard = played.heard.as_ref();
        let entry = Entry {
            mistake: heard.map(|heard| heard.mistake.as_str()),
            certainty: heard.map(|heard| heard.certainty.as_str()),
            surface: played.request.surface.as_str(),
            status: played.status.as_u16(),
            fix: heard.map(|heard| heard.fix.as_str()),
            repaired_status: played.repaired_status().map(|status| status.as_u16()),
        };
        // Texts and numbers always serialize.
        serde_json::to_string(&entry).unwrap_or_default()
    };
    let lines: Vec<String> = played.iter().map(line).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}
