//! `why401 sandbox`: what it writes, what it says, and that nothing of it stays.

use crate::run::{Outcome, outcome, why401};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Killed when dropped.
pub struct Practice {
    home: TempDir,
    child: Child,
    out: ChildStdout,
    /// The first line of its banner.
    first: String,
    err: BufReader<std::process::ChildStderr>,
}

impl Practice {
    /// Returns when it listens; its files and its temporary folder lie in its home.
    pub fn start(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut child = why401(home.path())
            .args(["sandbox", "--listen=127.0.0.1:0"])
            .args(["--ca-file=ca.pem", "--credentials-file=credentials.json"])
            .args(arguments)
            .current_dir(home.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TMPDIR", home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        err.read_line(&mut first).unwrap();
        Self {
            home,
            child,
            out,
            first,
            err,
        }
    }

    pub fn address(&self) -> SocketAddr {
        let (_, address) = self.first.split_once("listens on ").unwrap();
        address.trim_end().parse().unwrap()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Ends it; the code, how long it took, and what it had printed.
    fn end(&mut self, signal: &str) -> (Option<i32>, Duration, String) {
        let begin = Instant::now();
        let kill = format!("kill -{signal} {}", self.child.id());
        let killed = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(killed.success());
        let code = self.child.wait().unwrap().code();
        let took = begin.elapsed();
        let mut out = String::new();
        self.out.read_to_string(&mut out).unwrap();
        (code, took, out)
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_listens_says_sandbox_and_leaves_only_the_files_that_were_asked_for() {
    for signal in ["TERM", "INT"] {
        let mut practice = Practice::start(&["--print-credentials=table"]);
        assert!(practice.first.contains(" SANDBOX, "), "{}", practice.first);
        TcpStream::connect(practice.address()).unwrap();
        // The table is printed when the files before it are written, and the last file is written after it.
        let mut table = [0; 4];
        practice.out.read_exact(&mut table).unwrap();
        assert_eq!(&table, b"KIND");
        let ca = fs::read_to_string(practice.file("ca.pem")).unwrap();
        assert!(ca.starts_with("-----BEGIN CERTIFICATE-----"), "{ca}");
        let (code, took, _) = practice.end(signal);
        assert_eq!(code, Some(0), "SIG{signal}");
        assert!(took < Duration::from_secs(1), "{took:?}");
        let mut left: Vec<_> = fs::read_dir(practice.home.path())
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["ca.pem", "credentials.json"]);
        TcpListener::bind(practice.address()).unwrap();
    }
}

#[test]
fn the_credentials_are_for_their_owner_and_good_ones_come_first() {
    let mut practice = Practice::start(&["--at=2026-06-15T00:05Z"]);
    let mut said = String::new();
    practice.err.read_line(&mut said).unwrap();
    assert_eq!(said, "it is 2026-06-15 00:05 UTC in there\n");
    // The last line of the banner; the file follows, and the end waits for it.
    while !said.contains("why401 serve") {
        practice.err.read_line(&mut said).unwrap();
    }
    assert_eq!(practice.end("TERM").0, Some(0));
    let file = practice.file("credentials.json");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = fs::read(&file).unwrap();
    let all: Vec<serde_json::Value> = serde_json::from_slice(&text).unwrap();
    let first = all.iter().find(|it| it["kind"] == "api_token").unwrap();
    assert_eq!(
        (&first["state"], &first["username"]),
        (&"good".into(), &"jdoe".into())
    );
    assert_eq!(first["email"], "j.doe@acme.example");
    assert_eq!(first["scopes"].as_array().unwrap().len(), 35);
    assert!(all.iter().any(|it| it["state"] == "other_account"));
}

#[test]
fn printed_credentials_are_json_or_variables_and_nothing_else() {
    let mut json = Practice::start(&["--print-credentials=json"]);
    let mut bracket = [0; 1];
    json.out.read_exact(&mut bracket).unwrap();
    let (_, _, rest) = json.end("TERM");
    assert!(serde_json::from_str::<serde_json::Value>(&format!("[{rest}")).is_ok());
    let mut env = Practice::start(&["--print-credentials=env"]);
    let mut begin = [0; 8];
    env.out.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"SANDBOX_");
    assert!(env.end("TERM").2.lines().all(|line| line.ends_with('\'')));
}

fn refused(outcome: &Outcome, code: i32, parts: &[&str]) {
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    for part in parts {
        assert!(outcome.err.contains(part), "{part:?} in {}", outcome.err);
    }
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(code), ""));
}

#[test]
fn a_date_that_is_none_or_too_early_or_too_late_exits_2() {
    let early = outcome(&["sandbox", "--at=2018-12-31"]);
    refused(&early, 2, &["--at", "begins in 2019; choose a later date"]);
    let late = outcome(&["sandbox", "--at=9999-12-31"]);
    refused(&late, 2, &["--at", "choose an earlier date"]);
    let never = outcome(&["sandbox", "--at=yesterday"]);
    refused(&never, 2, &["--at", "write a date such as 2026-06-15"]);
}

#[test]
fn an_unknown_fact_and_a_mistake_in_the_file_exit_2() {
    let fact = outcome(&["sandbox", "--disputed=A1"]);
    refused(&fact, 2, &["--disputed", "is no fact with two readings"]);
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("sandbox.toml");
    fs::write(&file, "[[credential]]\nkind = \"key\"\n").unwrap();
    let file = format!("--config={}", file.display());
    refused(&outcome(&["sandbox", &file]), 2, &["sandbox.toml:2:8: "]);
    let missing = outcome(&["sandbox", "--config=missing.toml"]);
    refused(&missing, 2, &["missing.toml: ", "name a file"]);
}

#[test]
fn a_port_in_use_and_a_folder_that_is_missing_exit_1() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = format!("--listen={}", taken.local_addr().unwrap());
    let port = outcome(&["sandbox", &listen]);
    refused(&port, 1, &["is in use by another program", "with --listen"]);
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("missing/ca.pem");
    let file = format!("--ca-file={}", file.display());
    let folder = outcome(&["sandbox", "--listen=127.0.0.1:0", &file]);
    refused(&folder, 1, &["cannot write ", "make it first"]);
}

#[test]
fn credentials_that_cannot_be_written_cost_one_line_and_leave_no_root_behind() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("ca.pem");
    let ca_file = format!("--ca-file={}", root.display());
    let file = home.path().join("missing/credentials.json");
    let file = format!("--credentials-file={}", file.display());
    let missing = outcome(&["sandbox", "--listen=127.0.0.1:0", &ca_file, &file]);
    refused(&missing, 1, &["credentials.json: ", "make it first"]);
    assert!(!root.exists());
}
