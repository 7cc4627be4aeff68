//! Asking a program of this machine, which may hang, without a way for it to ask back.

use rustix::process::{Pid, Signal, kill_process_group};
use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// Enough for a JVM or a shim on a machine under load; a person still waits.
const PATIENCE: Duration = Duration::from_secs(5);
/// Answers are a few lines; git's settings may be more.
const LONGEST: u64 = 1024 * 1024;

/// What came of it.
pub enum Said {
    /// It ended well. It may be a secret.
    Text(Zeroizing<String>),
    /// It ended otherwise, or could not be started.
    Nothing,
    /// It had to be killed.
    TooLate,
}

impl Said {
    pub fn text(self) -> Option<Zeroizing<String>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::TooLate => None,
        }
    }
}

/// A command in a process group of its own, from which it cannot read a terminal.
pub fn command<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true);
    command
}

/// Runs it to its end, `input` on its standard input if there is any.
pub async fn ask(mut command: Command, input: &[u8]) -> Said {
    if !input.is_empty() {
        command.stdin(Stdio::piped());
    }
    let Ok(child) = command.spawn() else {
        return Said::Nothing;
    };
    let mut asked = Group(child);
    match timeout(PATIENCE, asked.answer(input)).await {
        Ok(Some(text)) => Said::Text(text),
        Ok(None) => Said::Nothing,
        Err(_) => Said::TooLate,
    }
}

/// Killed as a whole when dropped, if it still runs.
struct Group(Child);

impl Group {
    async fn answer(&mut self, input: &[u8]) -> Option<Zeroizing<String>> {
        if let Some(mut stdin) = self.0.stdin.take() {
            // One that ends without reading says so by its status.
            let _ = stdin.write_all(input).await;
        }
        let mut text = Zeroizing::new(String::new());
        let stdout = self.0.stdout.take()?;
        let read = stdout.take(LONGEST).read_to_string(&mut text).await;
        let status = self.0.wait().await.ok()?;
        (status.success() && read.is_ok()).then_some(text)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // There is an id only until it was waited for: so the group cannot be another one by now.
        let id = self.0.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = id.and_then(Pid::from_raw) {
            // It may have ended by itself.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}
