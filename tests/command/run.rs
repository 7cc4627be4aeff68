//! Running the program in an environment of its own.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// How it ended, and what it wrote.
pub struct Outcome {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Outcome {
    /// What it wrote, one object a line.
    pub fn lines(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// The program with nothing in its environment but a home.
pub fn why401(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_why401"));
    command.env_clear().env("HOME", home);
    command
}

/// Runs it to its end with these arguments.
pub fn outcome(arguments: &[&str]) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    why401(home.path()).args(arguments).output().unwrap().into()
}

/// Runs it to its end with this on standard input.
pub fn fed(arguments: &[&str], input: &str) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let mut child = why401(home.path())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // It may wait for its own output to be read, and it may end before it has read all.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let outcome = child.wait_with_output().unwrap().into();
    writer.join().unwrap();
    outcome
}
