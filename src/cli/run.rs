//! `why401 run -- CMD`: a proxy for the life of one command.

mod ending;
mod journal;
mod preparation;
mod report;

use super::Failure;
use super::output::say;
use crate::app::{self, Parts};
use crate::child::files::{read_certificates, system_roots};
use crate::child::process::{Child, NotStarted};
use crate::child::signals::Signals;
use crate::child::variables::Variables;
use crate::config::{self, Config, ConfigError, ExtraRoots, RunFlags};
use crate::diagnosis::Certainty;
use crate::exit_code::ExitCode;
use crate::telemetry::log;
use clap::{Args, ValueEnum};
use journal::Journal;
use preparation::{Preparation, Request};
use report::ReportFile;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime;

/// What is still under way when the command has ended is nobody's, or of a process that it left behind.
const DRAIN: Duration = Duration::from_millis(200);
/// One command makes few calls at a time.
const THREADS: usize = 2;

#[derive(Args, Debug)]
pub struct RunArguments {
    /// The command and its arguments
    #[arg(value_name = "CMD", required = true, trailing_var_arg = true)]
    command: Vec<OsString>,
    /// Write what was found to a file: .json, .md or .sarif
    #[arg(long, value_name = "FILE", value_parser = report::path)]
    report: Option<PathBuf>,
    #[arg(
        long,
        value_name = "CERTAINTY",
        help = "Exit with 3, where the command's own code is 0, when a finding is at least possible, likely or proven",
        hide_possible_values = true
    )]
    fail_on: Option<Threshold>,
    /// Say nothing on standard error but why the command cannot be run
    #[arg(long)]
    quiet: bool,
    /// Leave JVMs alone
    #[arg(long)]
    no_java: bool,
    #[command(flatten)]
    shared: RunFlags,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Threshold {
    Possible,
    Likely,
    Proven,
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

/// Runs the command. A fault of ours before it starts is 125, as of env(1), unless the command line is wrong.
pub fn run(mut arguments: RunArguments) -> Result<ExitCode, Failure> {
    let flags = std::mem::take(&mut arguments.shared);
    match config::load_for_run(flags.0) {
        Ok(config) => prepared(&arguments, config).or_else(|failure| {
            say(&failure.to_string());
            Ok(ExitCode::NotRun)
        }),
        Err(error @ ConfigError::Usage(_)) => Err(error.into()),
        Err(error) => {
            say(&error.to_string());
            Ok(ExitCode::NotRun)
        }
    }
}

fn prepared(arguments: &RunArguments, config: Config) -> Result<ExitCode, Failure> {
    let report = arguments
        .report
        .as_deref()
        .map(ReportFile::create)
        .transpose()?;
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
        .map_err(Failure::System)?;
    let code = runtime.block_on(proxied(arguments, config, report));
    // A name lookup that hangs in its thread must not hold the exit.
    runtime.shutdown_background();
    code
}

/// A bundle that cannot be read is done without: by the command, and by us towards origins.
fn with_roots(mut config: Config, user: &Variables, system: &[u8]) -> Config {
    let unreadable = user
        .path("SSL_CERT_FILE")
        .is_some_and(|file| read_certificates(file).is_err());
    if unreadable && !system.is_empty() {
        let system = String::from_utf8_lossy(system).into_owned();
        config.origin_ca.push(ExtraRoots::Memory(system));
    }
    config
}

async fn proxied(
    arguments: &RunArguments,
    config: Config,
    report: Option<ReportFile>,
) -> Result<ExitCode, Failure> {
    let user = Variables::of_this_process();
    let system = system_roots();
    let config = with_roots(config, &user, &system);
    let signals = Signals::listen().map_err(Failure::System)?;
    let journal = Arc::new(Journal::new(is_live(arguments)));
    let hosts = config
        .intercept
        .iter()
        .map(|pattern| pattern.host.clone())
        .collect::<Vec<_>>();
    let (events, filing) = match config.log.open()? {
        Some(file) => {
            let (events, filing) = log::also_to(file, &config.log, journal.sink());
            (events, Some(filing))
        }
        None => (journal.sink(), None),
    };
    let parts = Parts::new(&config, events)?;
    let tally = parts.tally.clone();
    let proxy = app::start_with(config, parts).await?;
    let prepared = Preparation::new(&Request {
        user: &user,
        command: &arguments.command,
        proxy: &proxy,
        system: &system,
        hosts: &hosts,
        no_java: arguments.no_java,
    })?;
    if !arguments.quiet {
        prepared.warnings.iter().for_each(|warning| say(warning));
    }
    let child = match Child::start(
        &arguments.command,
        prepared.program.as_deref(),
        &prepared.variables,
    ) {
        Ok(child) => child,
        Err(error) => return Ok(not_started(&error, &arguments.command)),
    };
    let code = until_its_end(child, signals).await;
    proxy.shutdown(DRAIN).await;
    if let Some(filing) = filing {
        filing.end();
    }
    let summary = journal.summary(&arguments.command, code, &tally, &prepared, &user);
    if !arguments.quiet {
        ending::say(&summary, journal.is_live());
    }
    let written = report.map_or(Ok(()), |report| report.write(&summary));
    let is_wrong = arguments
        .fail_on
        .is_some_and(|threshold| summary.reaches(threshold.into()));
    if let Err(error) = &written {
        say(&error.to_string());
    }
    Ok(match code {
        0 if written.is_err() => ExitCode::NotRun,
        0 if is_wrong => ExitCode::Findings,
        code => ExitCode::Child(code),
    })
}

/// Whether each mistake is written when it occurs: a service that writes to a log never ends.
fn is_live(arguments: &RunArguments) -> bool {
    !arguments.quiet && !io::stderr().is_terminal()
}

async fn until_its_end(mut child: Child, mut signals: Signals) -> u8 {
    let pid = child.pid();
    loop {
        tokio::select! {
            biased;
            () = child.ended() => return child.code(),
            signal = signals.next(pid) => child.send(signal),
        }
    }
}

/// As env(1) does: 127 for a program that is not there, 126 for one that cannot be run.
fn not_started(error: &NotStarted, command: &[OsString]) -> ExitCode {
    let program = command.first().map(|name| name.to_string_lossy());
    let program = program.unwrap_or_default();
    let is_line = command.len() == 1
        && program.contains(|c: char| c.is_whitespace() || ";&|<>$`".contains(c));
    match error {
        // What it holds may be a secret, so it is not repeated.
        NotStarted::NotFound if is_line => {
            say(
                "no program has that name; if it is a line for a shell, write: why401 run -- sh -c 'LINE'",
            );
            ExitCode::NotFound
        }
        NotStarted::NotFound => {
            say(&format!("{program}: not found"));
            ExitCode::NotFound
        }
        NotStarted::NotExecutable(error) => {
            say(&format!("{program}: cannot be run: {error}"));
            ExitCode::NotExecutable
        }
    }
}
