//! Running the program in an environment of its own.

use std::path::Path;
use std::process::{Command, Output};

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
