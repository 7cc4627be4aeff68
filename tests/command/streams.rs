//! A closed stream neither stops the program nor makes it complain.

use crate::run::why401;
use std::io;
use std::process::Stdio;

/// A pipe that nobody reads.
fn closed() -> Stdio {
    let (_, writer) = io::pipe().unwrap();
    writer.into()
}

#[test]
fn help_into_a_closed_pipe_is_no_fault() {
    let home = tempfile::tempdir().unwrap();
    let output = why401(home.path())
        .arg("--help")
        .stdout(closed())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_refusal_into_a_closed_standard_error_keeps_its_code() {
    let home = tempfile::tempdir().unwrap();
    let status = why401(home.path())
        .args(["serve", "--listen", "x"])
        .stderr(closed())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
}
