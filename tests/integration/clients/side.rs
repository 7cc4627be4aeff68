//! The two ways to an origin that are compared: a blind relay, and `why401 serve` as a user starts it.

use super::bitbucket::Bitbucket;
use super::relay::relay;
use crate::support::client::API;
use crate::support::within;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};

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

/// A running `why401 serve`.
struct Program {
    _child: Child,
    banner: Lines,
    events: Lines,
}

/// What a client said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

type Lines = Arc<Mutex<Vec<String>>>;

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
        let mut side = Self::relayed().await;
        let state = side.folder.path().join("state");
        let to = side.bitbucket.origin.address;
        let mut command = Command::new(env!("CARGO_BIN_EXE_why401"));
        command.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--admin-listen",
            "127.0.0.1:0",
            "--log-format",
            "json",
        ]);
        command.args(["--intercept", "bitbucket.org", "--log-every"]);
        command
            .arg("--state-dir")
            .arg(&state)
            .arg("--origin-ca")
            .arg(&side.ca);
        for host in [API, "bitbucket.org"] {
            command
                .arg("--connect-to")
                .arg(format!("{host}:443:{}:{}", to.ip(), to.port()));
        }
        let program = Program::start(command).await;
        side.proxy = program.address();
        side.ca = state.join("ca/root.pem");
        side.name = "diagnosed";
        side.why401 = Some(program);
        side
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
    pub async fn paste(&self, begin: &str, append: &str) -> Said {
        let program = self.why401.as_ref().expect("a diagnosed side");
        let lines = program.banner.lock().expect("no panic").clone();
        let line = lines
            .iter()
            .find(|line| line.trim_start().starts_with(begin));
        let line = line.unwrap_or_else(|| panic!("no {begin:?} in {lines:?}"));
        self.run(
            self.command(Path::new("/bin/sh"))
                .arg("-c")
                .arg(format!("{line} {append}")),
        )
        .await
    }

    /// Waits until the program has logged a finding of this name.
    pub async fn finding(&self, mistake: &str) -> Value {
        let program = self.why401.as_ref().expect("a diagnosed side");
        within(mistake, async {
            loop {
                let lines = program.events.lock().expect("no panic").clone();
                let mut events = lines
                    .iter()
                    .map(|line| serde_json::from_str::<Value>(line).expect("a JSON line"));
                if let Some(event) = events.find(|event| event["auth.mistake"] == mistake) {
                    return event;
                }
                tokio::task::yield_now().await;
            }
        })
        .await
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

impl Program {
    async fn start(mut command: Command) -> Self {
        command
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn().expect("the program starts");
        let (banner, events) = (Lines::default(), Lines::default());
        let said = keep(child.stderr.take().expect("a pipe"), banner.clone());
        keep(child.stdout.take().expect("a pipe"), events.clone());
        let program = Self {
            _child: child,
            banner,
            events,
        };
        within("the banner", async {
            while !program
                .banner
                .lock()
                .expect("no panic")
                .iter()
                .any(|line| line.contains("GIT_SSL_CAINFO"))
            {
                assert!(
                    !said.is_finished(),
                    "the program ended: {:?}",
                    program.banner
                );
                tokio::task::yield_now().await;
            }
        })
        .await;
        program
    }

    /// The address on the banner's first line.
    fn address(&self) -> SocketAddr {
        let lines = self.banner.lock().expect("no panic");
        let last = lines[0].rsplit(' ').next().expect("one word at least");
        last.parse()
            .unwrap_or_else(|_| panic!("no address in {:?}", lines[0]))
    }
}

fn keep(
    pipe: impl AsyncRead + Unpin + Send + 'static,
    lines: Lines,
) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut reader = BufReader::new(pipe).lines();
        while let Ok(Some(line)) = reader.next_line().await {
            lines.lock().expect("no panic").push(line);
        }
    })
}
