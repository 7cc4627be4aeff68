//! The child itself: our streams, our group of processes and our terminal are its own.

mod watch;

use rustix::process::{Pid, Signal, kill_process};
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};
use tokio::sync::oneshot;

/// What the system says of a file that is neither a program nor begins with `#!` (ENOEXEC).
const NO_PROGRAM: i32 = 8;

/// A child that was started.
pub struct Child {
    process: std::process::Child,
    ended: oneshot::Receiver<()>,
}

/// Why there is no child.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    #[error("not found")]
    NotFound,
    #[error("{0}")]
    NotExecutable(#[source] io::Error),
}

impl Child {
    /// Starts `command` with these variables over our own; `file` is where its program was found.
    ///
    /// # Errors
    /// There is no such program, or it is none.
    pub fn start(
        command: &[OsString],
        file: Option<&Path>,
        variables: &[(&'static str, OsString)],
    ) -> Result<Self, NotStarted> {
        let Some((program, arguments)) = command.split_first() else {
            return Err(NotStarted::NotFound);
        };
        let start = |program: &OsStr, first: Option<&Path>| {
            Command::new(program)
                .args(first)
                .args(arguments)
                .envs(variables.iter().map(|(name, value)| (name, value)))
                .spawn()
        };
        let started = match start(program, None) {
            // Shells run such a file themselves.
            Err(error) if error.raw_os_error() == Some(NO_PROGRAM) && file.is_some() => {
                start(OsStr::new("/bin/sh"), file)
            }
            started => started,
        };
        let process = started.map_err(|error| match error.kind() {
            ErrorKind::NotFound => NotStarted::NotFound,
            _ => NotStarted::NotExecutable(error),
        })?;
        let ended = watch::watch(pid(&process));
        Ok(Self { process, ended })
    }

    /// Waits for its end; may be dropped and called again.
    pub async fn ended(&mut self) {
        // A watcher that is gone has seen the end.
        let _ = (&mut self.ended).await;
    }

    /// Its number, which is its own until [`Child::code`] is taken.
    pub fn pid(&self) -> Pid {
        pid(&self.process)
    }

    /// Passes a signal on. Only before [`Child::ended`] returns: until the status is taken no other process can have
    /// the number.
    pub fn send(&self, signal: Signal) {
        let _ = kill_process(self.pid(), signal);
    }

    /// Its code, or 128 and the number of the signal that ended it.
    pub fn code(mut self) -> u8 {
        self.process.wait().map_or(u8::MAX, code)
    }
}

fn code(status: ExitStatus) -> u8 {
    let signal = || status.signal().map(|number| number + 128);
    let number = status.code().or_else(signal).unwrap_or_default();
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn pid(process: &std::process::Child) -> Pid {
    Pid::from_raw(process.id().cast_signed()).expect("a child's number is positive")
}
