//! A `why401 serve` in the background, on ports of its own choice.

use crate::run::why401;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use tempfile::TempDir;

/// Killed when dropped.
pub struct Serving {
    home: TempDir,
    child: Child,
    pub proxy: SocketAddr,
    pub admin: SocketAddr,
    /// What it has still to say.
    err: Option<BufReader<ChildStderr>>,
}

impl Serving {
    /// Returns when it listens.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// The same with more flags.
    pub fn with(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut child = why401(home.path())
            .args([
                "serve",
                "--listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
            ])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let proxy = address(&line(&mut err), "listens on ");
        let admin = address(&line(&mut err), "http://");
        Self {
            home,
            child,
            proxy,
            admin,
            err: Some(err),
        }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder of its CA.
    pub fn ca(&self) -> PathBuf {
        self.home.path().join(".local/state/why401/ca")
    }

    /// The next line that it writes to standard error, beginning with this.
    pub fn expect_line(&mut self, beginning: &str) {
        let err = self.err.as_mut().unwrap();
        while !line(err).starts_with(beginning) {}
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, by its name without SIG.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(
            Command::new("sh")
                .args(["-c", &kill])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for its end; the code, and all that was on standard output.
    pub fn end(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        let mut out = String::new();
        self.child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        (code, out)
    }

    /// Asks for a tunnel to `target`, open for as long as it is kept; with the first line of the answer.
    pub fn connect(&self, target: SocketAddr) -> (TcpStream, String) {
        let mut stream = TcpStream::connect(self.proxy).unwrap();
        write!(
            stream,
            "CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n"
        )
        .unwrap();
        let answer = line(&mut BufReader::new(&stream));
        (stream, answer)
    }

    /// Sends this to the proxy's port; the answer, up to the end of the connection.
    pub fn ask(&self, request: &str) -> String {
        ask(self.proxy, request)
    }

    /// Reads its messages on standard error up to the one that holds this.
    pub fn expect_message(&mut self, part: &str) {
        let err = self.err.as_mut().unwrap();
        while !line(err).contains(part) {}
    }

    /// Nobody reads its standard output from here on.
    pub fn close_stdout(&mut self) {
        self.child.stdout = None;
    }

    /// Nobody reads its standard output and error from here on.
    pub fn close_streams(&mut self) {
        self.err = None;
        self.child.stdout = None;
    }

    /// The answer of the admin listener, head and body.
    pub fn admin(&self, path: &str) -> String {
        let host = self.admin;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        ask(host, &request)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn line(reader: &mut impl BufRead) -> String {
    let mut line = String::new();
    let length = reader.read_line(&mut line).unwrap();
    assert!(length > 0, "it ended without the line that was expected");
    line
}

/// The address behind `before`.
fn address(line: &str, before: &str) -> SocketAddr {
    let (_, address) = line
        .split_once(before)
        .unwrap_or_else(|| panic!("no address in {line:?}"));
    address
        .trim_end()
        .trim_end_matches("/metrics")
        .parse()
        .unwrap()
}
