//! `why401 sandbox`: a stand-in for Bitbucket until a signal ends it.

mod arguments;
mod banner;

pub use arguments::{Arguments, Format};

use super::Failure;
use super::output::{print, say};
use super::signals::Signals;
use super::write::{Access, Draft, WriteError};
use crate::app::listen;
use crate::exit_code::ExitCode;
use crate::sandbox::clock::Clock;
use crate::sandbox::config::{Config, ConfigError};
use crate::sandbox::credential::Credential;
use crate::sandbox::listing;
use crate::sandbox::{self, Bitbucket, Running, Settings, StartError};
use banner::Banner;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use tokio::runtime;

/// Why there is no sandbox, in one line.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("{0}")]
    Listen(String),
    #[error(transparent)]
    Start(StartError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl SandboxError {
    /// Whether the configuration file is at fault (exit code 2); else something failed (1).
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Config(_))
    }
}

impl From<StartError> for SandboxError {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Listen { address, source } => {
                Self::Listen(listen::advice(address, "--listen", &source))
            }
            other => Self::Start(other),
        }
    }
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::System)?;
    let code = runtime.block_on(serve(arguments));
    runtime.shutdown_background();
    code
}

async fn serve(arguments: Arguments) -> Result<ExitCode, Failure> {
    let mut signals = Signals::listen().map_err(Failure::System)?;
    let settings = Settings {
        listen: arguments.listen,
        bitbucket: bitbucket(&arguments)?,
    };
    let running = tokio::select! {
        started = sandbox::start(settings) => started.map_err(SandboxError::from)?,
        _ = signals.next() => return Ok(ExitCode::Fine),
    };
    let told = tell(&running, &arguments);
    if told.is_ok() {
        signals.next().await;
    }
    running.shutdown().await;
    told.map(|()| ExitCode::Fine)
}

/// What the file says, and the flags on top of it.
fn bitbucket(arguments: &Arguments) -> Result<Bitbucket, SandboxError> {
    let mut config = match &arguments.config {
        Some(file) => Config::read(file)?,
        None => Config::default(),
    };
    config.disputed.0.extend(&arguments.disputed);
    let clock = arguments
        .at
        .map_or_else(Clock::of_today, Clock::starting_at);
    Ok(Bitbucket::configured(clock, config))
}

fn render(credentials: &[Arc<Credential>], format: Format) -> String {
    match format {
        Format::Table => listing::table(credentials),
        Format::Json => listing::json(credentials),
        Format::Env => listing::env(credentials),
    }
}

/// What a person and a script need to use it; the credentials last, for they say that all is ready.
fn tell(running: &Running, arguments: &Arguments) -> Result<(), Failure> {
    // Both before a word is said: a refusal is one line and leaves neither.
    let ca_file = draft(arguments.ca_file.as_deref(), Access::Everybody)?;
    let credentials_file = draft(arguments.credentials_file.as_deref(), Access::Owner)?;
    let finish = |draft: Draft, text: &str| {
        draft
            .finish(text.as_bytes())
            .map_err(|error| Failure::from(SandboxError::from(error)))
    };
    if let Some(file) = ca_file {
        finish(file, &running.root_pem)?;
    }
    say_where(running, arguments);
    let credentials = running.bitbucket.store.all();
    if let Some(format) = arguments.print_credentials {
        print(render(&credentials, format).as_bytes())?;
    }
    if let Some(file) = credentials_file {
        finish(file, &listing::json(&credentials))?;
    }
    Ok(())
}

fn draft(file: Option<&Path>, access: Access) -> Result<Option<Draft<'_>>, SandboxError> {
    Ok(file.map(|file| Draft::of(file, access)).transpose()?)
}

fn say_where(running: &Running, arguments: &Arguments) {
    let banner = Banner {
        address: running.address,
        date: running.bitbucket.clock.now(),
        ca_file: arguments.ca_file.as_deref(),
        credentials_file: arguments.credentials_file.as_deref(),
    };
    let _ = io::stderr().lock().write_all(banner.to_string().as_bytes());
    if !running.has_git() {
        say(
            "no git with http-backend on this machine: REST works, clones and pushes do not; install git for them",
        );
    }
}
