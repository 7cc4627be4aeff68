//! The two ways to an origin that are compared: a blind relay, and `why401 serve`.

use super::bitbucket::Bitbucket;
use super::relay::relay;
use crate::support::program::Program;
use crate::support::within;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::process::Command;

pub struct Side {
    pub name: &'static str,
    pub bitbucket: Bitbucket,
    pub proxy: SocketAddr,
    /// The PEM file that clients are told to trust.
    pub ca: PathBuf,
    /// For clients' files, and their home.
    pub folder: TempDir,
    why401: Option<Program>,
}

/// What a client said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Side {
    pub async fn relayed() -> Self {
        let (bitbucket, folder) = (
            Bitbucket::start().await,
            tempfile::tempdir().expect("a folder"),
        );
        let ca = folder.path().join("origin.pem");
        std::fs::write(&ca, &bitbucket.origin.ca.pem).expect("a written CA");
        let proxy = relay(bitbucket.origin.address).await;
        Self {
            name: "relayed",
            bitbucket,
            proxy,
            ca,
            folder,
            why401: None,
        }
    }

    pub async fn diagnosed() -> Self {
        let (bitbucket, folder) = (
            Bitbucket::start().await,
            tempfile::tempdir().expect("a folder"),
        );
        let program =
            Program::before(&bitbucket.origin, &["--log-format=json", "--log-every"]).await;
        let (proxy, ca) = (program.address(), program.root());
        Self {
            name: "diagnosed",
            bitbucket,
            proxy,
            ca,
            folder,
            why401: Some(program),
        }
    }

    pub async fn both() -> [Self; 2] {
        [Self::relayed().await, Self::diagnosed().await]
    }

    pub fn proxy_url(&self) -> String {
        format!("http://{}", self.proxy)
    }

    pub fn command(&self, program: &Path) -> Command {
        let mut command = clean(program);
        command
            .env("HOME", self.folder.path())
            .current_dir(self.folder.path());
        command
    }

    pub async fn run(&self, command: &mut Command) -> Said {
        finish(command).await
    }

    /// Runs a shell line that `why401` itself printed, with `append` behind it.
    pub async fn paste(&self, beginning: &str, append: &str) -> Said {
        let program = self.why401.as_ref().expect("a diagnosed side");
        let line = format!("{} {append}", program.told(beginning));
        self.run(self.command(Path::new("/bin/sh")).arg("-c").arg(line))
            .await
    }

    /// The event of the finding `mistake`, now or soon.
    pub async fn finding(&mut self, mistake: &str) -> Value {
        let program = self.why401.as_mut().expect("a diagnosed side");
        let event = |line: &str| serde_json::from_str::<Value>(line).expect("a JSON line");
        event(
            &program
                .line(|line| event(line)["auth.mistake"] == mistake)
                .await,
        )
    }
}

/// A command that knows nothing of this machine's own proxies and CAs.
pub fn clean(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LC_ALL", "C.UTF-8");
    command
}

pub async fn finish(command: &mut Command) -> Said {
    command.stdin(Stdio::null()).kill_on_drop(true);
    let output = within("a client", command.output())
        .await
        .expect("the client starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said {
        code: output.status.code(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}
