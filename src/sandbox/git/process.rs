//! A child of git's, which ends with whoever waits for it, and takes its own children along.

use rustix::process::{Pid, Signal, kill_process_group};
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// A command of git's that knows nothing of this machine's configuration and its user's.
pub fn git(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    // Where git finds itself and its helpers.
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Its helpers are in its group, so that one signal ends them all.
        .process_group(0)
        .kill_on_drop(true)
        // A push would leave a housekeeper behind, in no group of ours.
        .args(["-c", "receive.autogc=false"]);
    command
}

/// It has closed its output and is about to end; that takes no longer.
const FAREWELL: Duration = Duration::from_secs(1);

/// Killed with its whole group when dropped.
pub struct Process(pub Child);

impl Process {
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command.spawn().map(Self)
    }

    /// Lets it end by itself: killed, it could not take note of its own children's end, which then stay as zombies
    /// where nothing else does, as in a container.
    pub fn see_off(mut self) {
        tokio::spawn(async move { timeout(FAREWELL, self.0.wait()).await });
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // An id only until somebody waited for the child: so the group cannot be another one by now.
        let id = self.0.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = id.and_then(Pid::from_raw) {
            // It may have ended by itself.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// Runs git in a folder to its end, with this on its standard input.
pub async fn run<A: AsRef<OsStr>>(
    program: &str,
    folder: &Path,
    arguments: &[A],
    input: &[u8],
) -> io::Result<()> {
    let mut command = git(program);
    command
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped());
    let mut process = Process::start(&mut command)?;
    if let Some(mut stdin) = process.0.stdin.take() {
        // A git that ends early says why by its status.
        let _ = stdin.write_all(input).await;
    }
    let status = process.0.wait().await?;
    if status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("git ended with {status}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt;

    #[tokio::test]
    async fn a_child_that_is_dropped_takes_its_own_children_along() {
        let mut command = Command::new("sh");
        // The child of the child holds the pipe open for as long as it lives.
        command
            .args(["-c", "sleep 600 & echo; wait"])
            .stdout(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        let mut process = Process::start(&mut command).unwrap();
        let mut stdout = process.0.stdout.take().unwrap();
        assert_eq!(stdout.read(&mut [0; 1]).await.unwrap(), 1);
        drop(process);
        let mut byte = [0; 1];
        let end = timeout(Duration::from_secs(15), stdout.read(&mut byte));
        assert_eq!(end.await.expect("it lives on").unwrap(), 0);
    }
}
