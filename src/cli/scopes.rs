//! `why401 scopes`: what calls need, also those of a log or a record, and what is granted beyond it.

use super::output::unless_closed;
use super::{Failure, input};
use crate::app;
use crate::exit_code::ExitCode;
use crate::output::needed::text::Listed;
use crate::output::needed::{Needed, Seen, Total, json};
use crate::telemetry::log::stdout_screen;
use crate::transcript;
use clap::{Args, ValueEnum};
use source::Source;
use std::io::{self, BufWriter, Write};
use time::{Date, UtcDateTime};

mod source;

/// What was asked for.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Calls such as 'GET /2.0/user', and files; - or none is standard input
    #[arg(value_name = "CALL|FILE")]
    sources: Vec<String>,
    /// Say what is removed by this date; today without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    at: Option<Date>,
    /// For people, as one object, or as one object a line
    #[arg(
        long,
        value_name = "text|json|jsonl",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

/// A source that is neither a call nor a file.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {fault}; a call is written as 'GET /2.0/user'")]
pub struct NotRead {
    name: String,
    fault: String,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let sources = source::sources(&arguments.sources);
    let mut session = Session {
        date: arguments.at.unwrap_or_else(|| UtcDateTime::now().date()),
        format: arguments.format,
        out: BufWriter::new(io::stdout().lock()),
        count: 0,
        total: Total::default(),
        listed: Listed::default(),
    };
    unless_closed(session.run(&sources))
}

/// One run over all sources.
struct Session<W> {
    date: Date,
    format: Format,
    out: W,
    count: u64,
    total: Total,
    listed: Listed,
}

impl<W: Write> Session<W> {
    /// What could be read is written, also when something could not.
    fn run(&mut self, sources: &[Source]) -> Result<ExitCode, Failure> {
        if self.format == Format::Json {
            self.write(json::BEGIN).map_err(Failure::Output)?;
        }
        let failed = input::all(sources, |source| self.read(source))?;
        self.end(failed.is_some()).map_err(Failure::Output)?;
        failed.map_or(Ok(ExitCode::Fine), Err)
    }

    fn read(&mut self, source: &Source) -> Result<(), Failure> {
        match source {
            Source::Call(call) => self
                .add(Seen::planned(call.clone()))
                .map_err(Failure::Output),
            Source::Named(name) => self.all(name),
        }
    }

    fn all(&mut self, argument: &str) -> Result<(), Failure> {
        let key = app::key_for_this_run()?;
        let read = input::open(argument, "one call a line")
            .map_err(transcript::ReadError::Input)
            .and_then(|input| source::read(input, &key, |seen| self.add(seen)));
        read.map_err(|error| match error {
            transcript::ReadError::Output(error) => Failure::Output(error),
            error => Failure::Calls(NotRead {
                name: input::name(argument),
                fault: error.to_string(),
            }),
        })
    }

    fn add(&mut self, seen: Seen) -> io::Result<()> {
        let needed = Needed::on(seen.call, self.date);
        self.total
            .add(&needed, seen.credential.as_deref(), &seen.granted);
        self.count += 1;
        match self.format {
            Format::Text => self.listed.add(needed),
            Format::Json => {
                let comma = if self.count > 1 { "," } else { "" };
                self.write(&format!("{comma}\n{}", json::row(&needed)))?;
            }
            Format::Jsonl => self.write(&format!("{}\n", json::row(&needed)))?,
        }
        Ok(())
    }

    fn end(&mut self, has_failed: bool) -> io::Result<()> {
        match self.format {
            // Nothing at all after a failure would be read as an answer.
            Format::Text if has_failed && self.count == 0 => {}
            Format::Text => self.write(&self.listed.render(&self.total, stdout_screen()))?,
            Format::Json => self.write(&json::end(&self.total))?,
            Format::Jsonl => {}
        }
        self.out.flush()
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }
}

fn date(text: &str) -> Result<Date, String> {
    input::date(text).map(UtcDateTime::date)
}
