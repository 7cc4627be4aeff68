//! The command line: what was asked for, who does it, and what the shell hears about it.

mod banner;
mod ca;
mod command;
mod demo;
mod diagnose;
mod doctor;
mod env;
mod explain;
mod input;
mod output;
mod pager;
mod passphrase;
mod prompt;
mod run;
mod sandbox;
mod scopes;
mod serve;
mod signals;
mod usage;
mod write;

use crate::app::StartError;
use crate::config::{self, ConfigError};
use crate::confinement;
use crate::demo::selection::NoStory;
use crate::exit_code::ExitCode;
use crate::telemetry::log::NoLogFile;
use ca::CaError;
use clap::Parser;
use command::{CaCommand, Command, CommandLine};
use diagnose::DiagnoseError;
use env::EnvError;
use explain::NoPage;
use output::{print, say};
use passphrase::{Ask, PassphraseError};
use sandbox::SandboxError;
use scopes::NotRead;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use time::UtcDateTime;

/// Why a command failed: one line that names the side at fault and the next action.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Ca(#[from] CaError),
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    #[error(transparent)]
    Story(#[from] NoStory),
    #[error(transparent)]
    Page(#[from] NoPage),
    #[error(transparent)]
    Calls(#[from] NotRead),
    #[error("the demonstration was cut short: {0}; please report it")]
    Exchange(#[source] io::Error),
    #[error(transparent)]
    Diagnose(#[from] DiagnoseError),
    #[error(transparent)]
    Env(#[from] EnvError),
    #[error(transparent)]
    Log(#[from] NoLogFile),
    #[error("cannot write to standard output: {0}")]
    Output(#[source] io::Error),
    #[error("the system refuses what every program needs (threads, signals): {0}")]
    System(#[source] io::Error),
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        let is_usage = match self {
            Self::Config(error) => matches!(error, ConfigError::Usage(_)),
            Self::Ca(error) => error.is_usage(),
            Self::Sandbox(error) => error.is_usage(),
            Self::Story(_) | Self::Page(_) => true,
            Self::Diagnose(error) => error.is_usage(),
            Self::Env(error) => error.is_usage(),
            Self::Start(_)
            | Self::Passphrase(_)
            | Self::Calls(_)
            | Self::Exchange(_)
            | Self::Log(_)
            | Self::Output(_)
            | Self::System(_) => false,
        };
        if is_usage {
            ExitCode::Usage
        } else {
            ExitCode::Failure
        }
    }
}

/// Runs one command line, `arguments` beginning with the name of the program.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    report_panics_by_place_only();
    // Nothing depends on it that an exchange needs.
    let _ = confinement::hide();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let command = match CommandLine::try_parse_from(&arguments) {
        Ok(CommandLine { command }) => command,
        Err(error) => return usage::answer(&error, &arguments),
    };
    answer(command).unwrap_or_else(|failure| {
        say(&failure.to_string());
        failure.exit_code()
    })
}

fn answer(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Run(arguments) => run::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Demo(arguments) => demo::run(arguments),
        Command::Sandbox(arguments) => sandbox::run(arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Scopes(arguments) => scopes::run(&arguments),
        Command::Diagnose(arguments) => diagnose::run(&arguments),
        Command::Doctor(arguments) => doctor::run(arguments),
        Command::Env(arguments) => env::run(arguments),
        Command::Ca(command) => ca(command),
    }
}

fn ca(command: CaCommand) -> Result<ExitCode, Failure> {
    let now = UtcDateTime::now();
    let printed = match command {
        CaCommand::Init {
            hosts,
            passphrase,
            folders,
        } => {
            let folder = config::ca_folder(folders.0)?;
            let passphrase = passphrase.read(false, Ask::Twice)?;
            ca::init(&folder, &hosts, passphrase.as_ref(), now)?.into_bytes()
        }
        CaCommand::Rotate(arguments) => ca::rotate(arguments, now)?.into_bytes(),
        CaCommand::Path { folders } => ca::path(&config::ca_folder(folders.0)?)?.into_bytes(),
        CaCommand::Show { folders } => ca::show(&config::ca_folder(folders.0)?, now)?.into_bytes(),
        CaCommand::Export {
            format,
            out,
            folders,
        } => {
            let folder = config::ca_folder(folders.0)?;
            if let Some(line) = ca::left_out(&folder, format) {
                say(&line);
            }
            ca::export(&folder, format, out.as_deref(), io::stdout().is_terminal())?
        }
        CaCommand::Trust(arguments) => return ca::trust(arguments, now),
        CaCommand::Untrust(arguments) => return ca::untrust(arguments),
    };
    print(&printed)
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
