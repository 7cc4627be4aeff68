//! `why401 serve` as a user starts it, in front of an origin, with all that it writes.

use super::client::{API, Dialer};
use super::origin::Origin;
use super::{ca, within};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Killed when it is dropped.
pub struct Program {
    folder: TempDir,
    child: Child,
    out: Written,
    err: Written,
}

/// The lines of a stream so far, and the task that reads it to its end.
struct Written {
    lines: watch::Receiver<Vec<String>>,
    reading: JoinHandle<()>,
}

impl Program {
    /// Starts it for both of Bitbucket's names; returns when its banner is out.
    pub async fn before(origin: &Origin, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let origin_ca = folder.path().join("origin.pem");
        std::fs::write(&origin_ca, &origin.ca.pem).expect("a written CA");
        let mut command = Command::new(env!("CARGO_BIN_EXE_why401"));
        command.env_clear().env("RUST_LOG", "trace");
        command.args([
            "serve",
            "--listen=127.0.0.1:0",
            "--admin-listen=127.0.0.1:0",
            "--intercept=bitbucket.org",
        ]);
        command.arg("--state-dir").arg(folder.path().join("state"));
        command.arg("--origin-ca").arg(&origin_ca);
        for host in [API, "bitbucket.org"] {
            command.arg(format!("--connect-to={host}:443:{}", origin.address));
        }
        command.args(arguments).kill_on_drop(true);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let out = Written::by(child.stdout.take().expect("a pipe"));
        let err = Written::by(child.stderr.take().expect("a pipe"));
        let mut program = Self {
            folder,
            child,
            out,
            err,
        };
        // The last line of the banner.
        program
            .err
            .line(|line| line.contains("GIT_CURL_VERBOSE"))
            .await;
        program
    }

    /// The address on the banner's first line.
    pub fn address(&self) -> SocketAddr {
        let lines = self.err.lines.borrow();
        let first = lines.iter().find_map(|line| line.split_once("listens on "));
        first.expect("a first line").1.parse().expect("an address")
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("state/ca/root.pem")
    }

    pub fn dialer(&self) -> Dialer {
        let root = std::fs::read_to_string(self.root()).expect("the root certificate");
        Dialer {
            address: self.address(),
            through_proxy: true,
            roots: ca::roots(&root),
        }
    }

    /// The line of its banner that begins like this.
    pub fn told(&self, beginning: &str) -> String {
        let lines = self.err.lines.borrow();
        let line = lines
            .iter()
            .find(|line| line.trim_start().starts_with(beginning));
        line.unwrap_or_else(|| panic!("no {beginning:?} in {lines:?}"))
            .clone()
    }

    /// A line of its standard output, now or soon.
    pub async fn line(&mut self, fits: impl Fn(&str) -> bool) -> String {
        self.out.line(fits).await
    }

    /// Asks it to end; all that it has written to either stream.
    pub async fn end(mut self) -> String {
        let id = self.child.id().expect("it runs").to_string();
        let kill = Command::new(Path::new("/bin/kill"))
            .args(["-TERM", &id])
            .status()
            .await;
        assert!(kill.expect("kill starts").success());
        let status = within("the program's end", self.child.wait())
            .await
            .expect("a status");
        let (out, err) = (self.out.all().await, self.err.all().await);
        assert_eq!(status.code(), Some(0), "{err}");
        format!("{out}\n{err}")
    }
}

impl Written {
    fn by(pipe: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let (sender, lines) = watch::channel(Vec::new());
        let reading = tokio::spawn(async move {
            let mut reader = BufReader::new(pipe).lines();
            while let Ok(Some(line)) = reader.next_line().await {
                sender.send_modify(|lines: &mut Vec<String>| lines.push(line));
            }
        });
        Self { lines, reading }
    }

    async fn line(&mut self, fits: impl Fn(&str) -> bool) -> String {
        let found = self
            .lines
            .wait_for(|lines| lines.iter().any(|line| fits(line)));
        let found = within("a line of the program", found)
            .await
            .map(|lines| lines.clone());
        let lines =
            found.unwrap_or_else(|_| panic!("the program ended: {:?}", self.lines.borrow()));
        lines
            .into_iter()
            .find(|line| fits(line))
            .expect("it was there")
    }

    async fn all(self) -> String {
        within("the end of a stream", self.reading)
            .await
            .expect("a reader that does not panic");
        self.lines.borrow().join("\n")
    }
}
