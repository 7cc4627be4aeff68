//! `why401 diagnose`: records of other tools, or a user name and a secret, without any network.

use super::Failure;
use super::output::say;
use crate::app;
use crate::diagnosis::taxonomy::Verdict;
use crate::diagnosis::{Certainty, Report, Silenced, diagnose};
use crate::exit_code::ExitCode;
use crate::history::Past;
use crate::observation::{Clock, Observation};
use crate::output::judged::{ClockSource, Count, Format, Judged};
use crate::secret::FingerprintKey;
use crate::telemetry;
use crate::transcript::{self, ReadError, Record};
use clap::{Args, ValueEnum};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Read, Write};
use time::UtcDateTime;

mod pair;
mod prompt;

/// Standard input as an argument.
const STDIN: &str = "-";

/// What was asked for.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Records; - or none is standard input
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: FormatName,
    /// Judge by this date (2026-11-24, or with a time) instead of the record's own
    #[arg(long, value_name = "DATE", value_parser = date)]
    at: Option<UtcDateTime>,
    /// Exit with 3 when a finding is at least so certain
    #[arg(long, value_name = "CERTAINTY")]
    fail_on: Option<Threshold>,
    /// Ask for this user's secret and say what it is and how to send it
    #[arg(long, value_name = "NAME", conflicts_with_all = ["files", "fail_on"])]
    user: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    Text,
    Json,
    Jsonl,
    Markdown,
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Threshold {
    Possible,
    Likely,
    Proven,
}

/// Why there is no diagnosis. Quotes nothing of a record.
#[derive(Debug, thiserror::Error)]
pub enum DiagnoseError {
    #[error("--user answers as text, json or jsonl")]
    PairFormat,
    #[error("--user takes the name alone: Basic ends it at its first colon, so it can hold none")]
    Colon,
    #[error("{0}: {1}")]
    Unreadable(String, ReadError),
    #[error("cannot read the secret: {0}")]
    Secret(io::Error),
    #[error("no secret was given; type it, or pipe it in")]
    NoSecret,
}

impl DiagnoseError {
    /// Whether the command line is at fault.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::PairFormat | Self::Colon)
    }
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let key = app::key_for_this_run()?;
    if let Some(user) = &arguments.user {
        return pair::run(user, arguments, &key);
    }
    let mut session = Session {
        arguments,
        format: arguments.format.format(),
        now: UtcDateTime::now(),
        out: BufWriter::new(io::stdout().lock()),
        count: Count::default(),
        worst: None,
    };
    match session.run(&key) {
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::Fine),
        ended => ended,
    }
}

/// One run over all records.
struct Session<'a, W> {
    arguments: &'a Arguments,
    format: Format,
    now: UtcDateTime,
    out: W,
    count: Count,
    /// The most certain finding, notes apart.
    worst: Option<Certainty>,
}

impl<W: Write> Session<'_, W> {
    /// What could be read is written, also when something could not.
    fn run(&mut self, key: &FingerprintKey) -> Result<ExitCode, Failure> {
        let stdin = [STDIN.to_owned()];
        let files = match self.arguments.files.as_slice() {
            [] => &stdin,
            files => files,
        };
        self.write(&self.format.begin()).map_err(Failure::Output)?;
        let mut failed = None;
        for file in files {
            match self.record(file, key) {
                Ok(()) => {}
                Err(ReadError::Output(error)) => return Err(Failure::Output(error)),
                Err(error) => {
                    let failure = DiagnoseError::Unreadable(name(file), error);
                    if let Some(earlier) = failed.replace(failure) {
                        say(&earlier.to_string());
                    }
                }
            }
        }
        // A sentence that nothing was found would be read as good news.
        if failed.is_none() || self.count.exchanges > 0 || !matches!(self.format, Format::Text(_)) {
            self.write(&self.format.end(self.count))
                .map_err(Failure::Output)?;
        }
        self.out.flush().map_err(Failure::Output)?;
        match failed {
            Some(failure) => Err(failure.into()),
            None => Ok(self.code()),
        }
    }

    fn code(&self) -> ExitCode {
        let threshold = self.arguments.fail_on.map(Certainty::from);
        match (threshold, self.worst) {
            (Some(threshold), Some(worst)) if worst >= threshold => ExitCode::Findings,
            _ => ExitCode::Fine,
        }
    }

    fn record(&mut self, file: &str, key: &FingerprintKey) -> Result<(), ReadError> {
        let input: Box<dyn Read> = if file == STDIN {
            if io::stdin().is_terminal() {
                say("paste the record, then press Ctrl-D");
            }
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(file).map_err(ReadError::Input)?)
        };
        transcript::read(input, key, |record| self.judge(file, &record))
    }

    fn judge(&mut self, file: &str, record: &Record) -> io::Result<()> {
        let seen = record.observation.as_ref();
        let (clock, source) = clock(self.arguments.at, record.date, seen, self.now);
        let report = seen.map_or_else(Report::default, |seen| {
            diagnose(seen, &Past::NONE, clock, &Silenced::default())
        });
        let judged = Judged {
            file: Some(file).filter(|file| *file != STDIN),
            entry: record.entry,
            line: record.line,
            clock,
            source,
            assumed: record.assumed,
            seen,
            report: &report,
        };
        let piece = self.format.piece(&judged, self.count);
        self.count.exchanges += 1;
        self.count.found += usize::from(!report.findings.is_empty());
        let serious = report
            .findings
            .iter()
            .filter(|one| one.verdict != Verdict::Note);
        self.worst = self.worst.max(serious.map(|one| one.certainty).max());
        self.write(&piece)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }
}

/// `--at`, then the record's own date, then the answer's, then now.
///
/// Two that contradict each other, or none, leave doubt about the date.
fn clock(
    asked: Option<UtcDateTime>,
    recorded: Option<UtcDateTime>,
    seen: Option<&Observation>,
    now: UtcDateTime,
) -> (Clock, ClockSource) {
    let answered = seen
        .and_then(Observation::exchange)
        .and_then(|exchange| exchange.response.date);
    let certain = |date| Clock { date, agrees: true };
    match (asked, recorded, answered) {
        (Some(date), ..) => (certain(date), ClockSource::Asked),
        (None, Some(date), Some(answered)) => {
            let agrees = Clock::of(Some(date), answered).agrees;
            (Clock { date, agrees }, ClockSource::Record)
        }
        (None, Some(date), None) => (certain(date), ClockSource::Record),
        (None, None, Some(date)) => (certain(date), ClockSource::Answer),
        (None, None, None) => (
            Clock {
                date: now,
                agrees: false,
            },
            ClockSource::Now,
        ),
    }
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Text => Format::Text(telemetry::log::stdout_screen()),
            Self::Json => Format::Json,
            Self::Jsonl => Format::Jsonl,
            Self::Markdown => Format::Markdown,
            Self::Sarif => Format::Sarif,
        }
    }
}

impl From<Threshold> for Certainty {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Possible => Self::Possible,
            Threshold::Likely => Self::Likely,
            Threshold::Proven => Self::Proven,
        }
    }
}

fn name(file: &str) -> String {
    if file == STDIN {
        "standard input".to_owned()
    } else {
        file.to_owned()
    }
}

fn date(text: &str) -> Result<UtcDateTime, String> {
    transcript::date(text).ok_or_else(|| "write 2026-11-24 or 2026-11-24T16:40:12Z".to_owned())
}

#[cfg(test)]
mod tests;
