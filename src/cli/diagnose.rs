//! `why401 diagnose`: records of other tools, or a user name and a secret, without any network.

use super::output::unless_closed;
use super::{Failure, input};
use crate::app;
use crate::diagnosis::Certainty;
use crate::exit_code::ExitCode;
use crate::output::judged::Format;
use crate::telemetry;
use crate::transcript::ReadError;
use clap::{Args, ValueEnum};
use session::Session;
use std::io::{self, BufWriter};
use time::UtcDateTime;

mod clock;
mod pair;
mod sequence;
mod session;

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
    #[arg(long, value_name = "DATE", value_parser = input::date)]
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
    let out = BufWriter::new(io::stdout().lock());
    let mut session = Session::new(arguments, UtcDateTime::now(), out);
    unless_closed(session.run(&key))
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
