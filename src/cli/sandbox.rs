//! `why401 sandbox`: a stand-in for Bitbucket until a signal ends it.

mod arguments;
mod banner;
mod listing;
mod write;

pub use arguments::{Arguments, Format};

use super::Failure;
use super::output::{print, say};
use super::signals::Signals;
use crate::app::listen;
use crate::exit_code::ExitCode;
use crate::sandbox::clock::Clock;
use crate::sandbox::reading::Reading;
use crate::sandbox::{self, Bitbucket, Running, Settings, StartError};
use banner::Banner;
use std::io::{self, Write};
use tokio::runtime;
use write::{Access, WriteError};

/// Why there is no sandbox, in one line.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    #[error("{0}")]
    Listen(String),
    #[error(transparent)]
    Start(StartError),
    #[error(transparent)]
    Write(#[from] WriteError),
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
    let clock = arguments
        .at
        .map_or_else(Clock::of_today, Clock::starting_at);
    let reading: Reading = arguments.disputed.iter().copied().collect();
    let settings = Settings {
        listen: arguments.listen,
        bitbucket: Bitbucket::new(clock, reading),
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

/// What a person and a script need to use it; the credentials last, for they say that all is ready.
fn tell(running: &Running, arguments: &Arguments) -> Result<(), Failure> {
    let write = |file, text: &str, access| {
        write::write(file, text.as_bytes(), access)
            .map_err(|error| Failure::from(SandboxError::from(error)))
    };
    if let Some(file) = &arguments.ca_file {
        write(file, &running.root_pem, Access::Everybody)?;
    }
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
    let credentials = running.bitbucket.store.all();
    if let Some(format) = arguments.print_credentials {
        print(listing::render(&credentials, format).as_bytes())?;
    }
    if let Some(file) = &arguments.credentials_file {
        write(
            file,
            &listing::render(&credentials, Format::Json),
            Access::Owner,
        )?;
    }
    Ok(())
}
