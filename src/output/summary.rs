//! What `why401 run` has to say when its command has ended, in every format that it writes.

mod json;
mod markdown;
mod sarif;
#[cfg(test)]
mod tests;
mod text;

pub use text::block;

use crate::diagnosis::Certainty;
use crate::output::event::{Event, Level};
use std::collections::BTreeMap;

/// The command's run as a whole.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The name of the program alone: its arguments may hold a secret.
    pub command: String,
    /// The code that it ended with.
    pub code: u8,
    /// Requests that were seen.
    pub exchanges: u64,
    pub found: Vec<Found>,
    /// Refusals of Bitbucket's that nothing explains: sentence, and how often.
    pub unexplained: BTreeMap<String, u64>,
    /// What was sent that is no HTTP, and other refusals of our own: sentence, and how often.
    pub refused: BTreeMap<String, u64>,
    /// Origins that gave no answer: sentence, and how often.
    pub faults: BTreeMap<String, u64>,
    /// Passed on unseen: place, and how often.
    pub tunnelled: BTreeMap<String, u64>,
    /// Entries of NO_PROXY that the command did not get.
    pub taken_out: Vec<String>,
    /// Why nothing was seen; the likeliest reason first.
    pub unseen: Vec<String>,
}

/// One mistake with one way to mend it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The first event about it.
    pub event: Event,
    pub count: u64,
}

/// How a summary is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Markdown,
    Sarif,
}

impl Format {
    /// By the end of a file's name.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "sarif" => Some(Self::Sarif),
            _ => None,
        }
    }
}

impl Summary {
    /// Adds an event; true when it is the first of its kind.
    pub fn add(&mut self, event: &Event) -> bool {
        let same = |found: &&mut Found| {
            found.event.mistake == event.mistake && found.event.fix == event.fix
        };
        if let Some(found) = self.found.iter_mut().find(same) {
            found.count += event.count;
            return false;
        }
        self.found.push(Found {
            event: event.clone(),
            count: event.count,
        });
        true
    }

    /// The findings that a person should act on; notes are for the report.
    pub fn alarms(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| found.is_alarm())
    }

    /// Whether there is an alarm of at least this certainty.
    pub fn reaches(&self, threshold: Certainty) -> bool {
        let rank = |word: &str| {
            ["possible", "likely", "proven"]
                .iter()
                .position(|own| *own == word)
        };
        self.alarms()
            .any(|found| rank(found.event.certainty) >= rank(threshold.as_str()))
    }

    /// The text of a report.
    pub fn report(&self, format: Format) -> String {
        match format {
            Format::Json => json::report(self),
            Format::Markdown => markdown::report(self),
            Format::Sarif => sarif::report(self),
        }
    }
}

impl Found {
    pub fn is_alarm(&self) -> bool {
        self.event.level == Level::Warn
    }
}

/// `once`, `2 times`
fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// `api.example:443 (2), b.example:443`
fn places(counts: &BTreeMap<String, u64>) -> String {
    let place = |(name, count): (&String, &u64)| match count {
        1 => name.clone(),
        count => format!("{name} ({count})"),
    };
    counts.iter().map(place).collect::<Vec<_>>().join(", ")
}
