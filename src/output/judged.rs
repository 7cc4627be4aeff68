//! Diagnosed exchanges of a record, in every format that `why401 diagnose` writes.
//!
//! Each format has a beginning, a piece for each exchange and an end, so that a record of any length is written as it
//! is read.

use crate::diagnosis::Report;
use crate::observation::{Clock, Observation, Recorded, RequestSeen};
use crate::output::event::{Context, Event, rfc3339};
use crate::output::text::Screen;
use crate::transcript::Assumed;

mod json;
mod markdown;
pub(in crate::output) mod sarif;
mod text;

#[cfg(test)]
mod tests;

/// How the result is written.
#[derive(Clone, Copy, Debug)]
pub enum Format {
    /// Blocks for a person.
    Text(Screen),
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
    /// For a ticket.
    Markdown,
    /// SARIF 2.1.0.
    Sarif,
}

/// By which clock an exchange was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockSource {
    /// `--at`.
    Asked,
    /// The record's own date.
    Record,
    /// The answer's `Date` field.
    Answer,
    /// Neither told a date.
    Now,
}

/// One exchange of a record with what the diagnosis says.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The record's name; `None` for standard input.
    pub file: Option<&'a str>,
    pub entry: usize,
    pub line: u64,
    pub clock: Clock,
    pub source: ClockSource,
    pub assumed: Option<Assumed>,
    /// `None`: no answer came.
    pub seen: Option<&'a Observation>,
    pub report: &'a Report,
}

/// What was read in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub exchanges: usize,
    /// With a finding at least.
    pub found: usize,
}

impl Format {
    /// What comes before the first exchange.
    pub fn begin(self) -> String {
        match self {
            Self::Text(_) | Self::Jsonl => String::new(),
            Self::Json => "[".to_owned(),
            Self::Markdown => "# What why401 says\n".to_owned(),
            Self::Sarif => sarif::begin(),
        }
    }

    /// One exchange; `before` says what was written so far.
    pub fn piece(self, judged: &Judged<'_>, before: Count) -> String {
        match self {
            Self::Text(screen) => text::piece(judged, screen),
            Self::Jsonl => json::object(judged) + "\n",
            Self::Json => {
                let comma = if before.exchanges > 0 { ",\n" } else { "\n" };
                format!("{comma}{}", json::object(judged))
            }
            Self::Markdown => markdown::piece(judged),
            Self::Sarif => sarif::piece(judged, before.found > 0),
        }
    }

    /// What comes after the last one.
    pub fn end(self, count: Count) -> String {
        match self {
            Self::Jsonl => String::new(),
            Self::Json => "\n]\n".to_owned(),
            Self::Text(_) => format!("{}\n", count.sentence()),
            Self::Markdown => format!("\n{}\n", count.sentence()),
            Self::Sarif => sarif::END.to_owned(),
        }
    }
}

impl Count {
    fn sentence(self) -> String {
        let plural = if self.exchanges == 1 { "" } else { "s" };
        match self.found {
            0 => format!("{} exchange{plural} read; nothing to say.", self.exchanges),
            found => format!(
                "{} exchange{plural} read, {found} with findings.",
                self.exchanges
            ),
        }
    }
}

impl ClockSource {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "--at",
            Self::Record => "the record",
            Self::Answer => "the answer's Date",
            Self::Now => "now",
        }
    }
}

impl Judged<'_> {
    fn request(&self) -> Option<&RequestSeen> {
        Some(&self.seen?.exchange()?.request)
    }

    /// The flat form of the log, which the readable ones share; `None` without a finding.
    fn event(&self) -> Option<Event> {
        let context = Context {
            timestamp: self.clock.date,
            id: String::new(),
            client: None,
            show_user_ids: false,
            environment: None,
        };
        Event::new(self.report, self.seen?, &context)
    }

    /// `2026-11-24T10:30:00.000Z by the answer's Date`
    fn clock_words(&self) -> String {
        format!("{} by {}", rfc3339(self.clock.date), self.source.as_str())
    }

    /// What was taken for granted, as a sentence.
    fn assumption(&self) -> Option<&'static str> {
        Some(match self.assumed? {
            Assumed::RestRefusal => {
                "credentials alone: taken as those of a REST call that was answered 401"
            }
            Assumed::GitRefusal => "credentials alone: taken as those of git, answered 401",
            Assumed::Refusal => "a request alone: taken as answered 401",
            Assumed::Request => "an answer alone: what was sent is unknown",
            Assumed::Body => {
                "the body of an answer alone: its status is taken from its words, what was sent is unknown"
            }
        })
    }

    /// The command that would tell more: the record does not show what was sent. Nothing of it has to be pasted.
    fn tell_more(&self) -> Option<&'static str> {
        let request = self.request()?;
        let hidden = request.recorded.hides() && !request.credentials.iter().any(is_whole);
        hidden.then(|| {
            if request.surface == crate::bitbucket::Surface::Git {
                "GIT_TRACE_CURL=1 GIT_TRACE_REDACT=0 git ls-remote 2>&1 | why401 diagnose"
            } else if request.recorded == Recorded::Redacted {
                "repeat the call with curl -v ... 2>&1 | why401 diagnose"
            } else {
                "curl -v ... 2>&1 | why401 diagnose, or export the HAR with sensitive data"
            }
        })
    }
}

fn is_whole(credentials: &crate::credentials::Credentials) -> bool {
    credentials.secret.kind != crate::credentials::SecretKind::Hidden
}
