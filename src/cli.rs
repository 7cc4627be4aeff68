//! The command line: what was asked for, who does it, and what the shell hears about it.

mod banner;
pub mod ca;
mod command;
mod serve;
mod signals;
mod usage;

use crate::app::StartError;
use crate::config::ConfigError;
use crate::exit_code::ExitCode;
use clap::Parser;
use command::{Command, CommandLine};
use std::ffi::OsString;
use std::io::{self, Write};

/// Why a command failed: one line that names the side at fault and the next action.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the system refuses what every program needs (threads, signals): {0}")]
    System(#[source] io::Error),
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(ConfigError::Usage(_)) => ExitCode::Usage,
            Self::Config(ConfigError::Refused(_)) | Self::Start(_) | Self::System(_) => {
                ExitCode::Failure
            }
        }
    }
}

/// Runs one command line, `arguments` beginning with the name of the program.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    report_panics_by_place_only();
    let command = match CommandLine::try_parse_from(arguments) {
        Ok(CommandLine { command }) => command,
        Err(error) => return usage::answer(&error),
    };
    run(command).unwrap_or_else(|failure| {
        say(&failure.to_string());
        failure.exit_code()
    })
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(flags) => serve::run(flags.0),
    }
}

/// A line on standard error. A closed or full one is no reason to stop: `eprintln!` would panic there.
fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "why401: {line}");
}

/// The message of a panic may quote what was being read, a credential included; its place never does.
fn report_panics_by_place_only() {
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => say(&format!(
            "internal fault at {}:{}; please report it",
            place.file(),
            place.line()
        )),
        None => say("internal fault; please report it"),
    }));
}
