//! The readable form: each call once, then all of them together, then what is granted beyond them.

use super::{Grant, Needed, Total};
use crate::bitbucket::call::{Call, What};
use crate::bitbucket::endpoint::Removed;
use crate::bitbucket::scope::Scope;
use crate::output::clean::clean;
use crate::output::text::Screen;
use crate::output::text::block::Block;
use anstyle::{AnsiColor, Style};
use std::collections::HashMap;

/// Different calls that are listed; more are counted.
const MAX_LISTED: usize = 500;
/// Characters of a call.
const CALL_LIMIT: usize = 300;

/// The calls that were seen, in the order in which they first came.
#[derive(Debug, Default)]
pub struct Listed {
    calls: Vec<(Needed, u64)>,
    places: HashMap<String, usize>,
    count: u64,
    left_out: u64,
    /// Without the one for calls that need no scope.
    gone: u64,
    unknown: u64,
}

impl Listed {
    pub fn add(&mut self, needed: Needed) {
        if needed.call.method.is_empty() {
            return;
        }
        self.count += 1;
        self.gone += u64::from(needed.removed.is_some());
        self.unknown += u64::from(needed.needs.is_none());
        // Calls of one operation differ in names only.
        let same = needed.call.operation().unwrap_or(&needed.call.path);
        let key = format!("{} {same}", needed.call.method);
        if let Some(place) = self.places.get(&key) {
            self.calls[*place].1 += 1;
        } else if self.calls.len() < MAX_LISTED {
            self.places.insert(key, self.calls.len());
            self.calls.push((needed, 1));
        } else {
            self.left_out += 1;
        }
    }

    /// Everything, with a line about all of them where there are several.
    pub fn render(&self, total: &Total, screen: Screen) -> String {
        let mut block = Block::new(screen);
        for (needed, times) in &self.calls {
            one(&mut block, needed, *times);
        }
        if self.left_out > 0 {
            let more = format!("... and {} more calls\n", self.left_out);
            block.paragraph(&more, Style::new());
        }
        if self.count > 1 {
            self.all(&mut block, total);
        }
        for grant in total.grants() {
            compare(&mut block, &grant);
        }
        if self.count == 0 {
            block.paragraph("No calls.", Style::new());
        }
        block.text()
    }

    fn all(&self, block: &mut Block, total: &Total) {
        let heading = format!("The least for all {} calls", self.count);
        block.paragraph(&heading, Style::new().bold());
        scopes(block, "api", &total.granular(), GREEN);
        scopes(block, "oauth", &total.classic(), GREEN);
        let mut apart = Vec::new();
        for (count, why) in [(self.gone, "removed"), (self.unknown, "unknown")] {
            if count > 0 {
                apart.push(format!("{count} {why}"));
            }
        }
        if !apart.is_empty() {
            let note = format!("not counted: {}", apart.join(", "));
            block.line("note", &note, Style::new().dimmed());
        }
        block.gap();
    }
}

const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default();

fn one(block: &mut Block, needed: &Needed, times: u64) {
    block.paragraph(&heading(&needed.call, times), Style::new().bold());
    match (needed.needs, needed.call.operation()) {
        (Some(needs), Some(operation)) => {
            block.line("what", operation, Style::new());
            if let Some(gone) = needed.removed {
                block.line("gone", &removed(gone), YELLOW);
            }
            scopes(block, "api", needs.granular, GREEN);
            scopes(block, "oauth", needs.classic, GREEN);
            let is_closed = |scope: &&Scope| !scope.grantable_to("workspace_access_token");
            if let Some(scope) = needs.classic.iter().find(is_closed) {
                let note = format!("no access token can have {}", scope.as_str());
                block.line("note", &note, Style::new().dimmed());
            }
        }
        _ => block.line("what", unknown(&needed.call), YELLOW),
    }
    block.gap();
}

/// `GET /2.0/user (3 times)`; a command of git may name no path.
fn heading(call: &Call, times: u64) -> String {
    let command = match (&call.what, call.path.as_str()) {
        (What::Git(_), "") => call.operation().unwrap_or_default().to_owned(),
        (_, path) => format!("{} {path}", call.method),
    };
    let command = clean(&command, CALL_LIMIT);
    match times {
        1 => command,
        _ => format!("{command} ({times} times)"),
    }
}

fn removed(gone: Removed) -> String {
    let since = gone.since.map(|day| format!(" on {day}"));
    let instead = gone.instead.map(|call| format!("; call {call} instead"));
    format!(
        "removed{}{}",
        since.unwrap_or_default(),
        instead.unwrap_or_default()
    )
}

fn unknown(call: &Call) -> &'static str {
    let is_versioned = call.path.starts_with("/2.0/") || call.path.starts_with("/1.0/");
    match call.method.as_str() {
        "git" => "no scopes: not git over HTTPS with bitbucket.org",
        _ if is_versioned => "unknown: the documentation has no such call",
        _ => "unknown: a call begins with /2.0/ or https://",
    }
}

fn compare(block: &mut Block, grant: &Grant<'_>) {
    let heading = format!("Credential {}", clean(grant.credential, CALL_LIMIT));
    block.paragraph(&heading, Style::new().bold());
    scopes(block, "has", grant.granted, Style::new());
    scopes(block, "needs", &grant.least, GREEN);
    if !grant.lacking.is_empty() {
        scopes(block, "lacks", &grant.lacking, RED);
    }
    if !grant.excess.is_empty() {
        scopes(block, "extra", &grant.excess, YELLOW);
    }
    block.gap();
}

fn scopes(block: &mut Block, label: &str, scopes: &[Scope], style: Style) {
    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    if names.is_empty() {
        block.line(label, "none documented", Style::new().dimmed());
    } else {
        block.line(label, &names.join(" "), style);
    }
}
