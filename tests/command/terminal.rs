//! On a terminal it starts as well, and says things to a person.
#![cfg(target_os = "linux")]

use crate::run::why401;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

/// The program on a pseudo-terminal that `script` opens.
fn on_a_terminal(home: &std::path::Path, arguments: &str) -> Command {
    let program = format!("exec '{}' {arguments}", env!("CARGO_BIN_EXE_why401"));
    let mut command = Command::new("script");
    command
        .args(["--quiet", "--return", "--command", &program, "/dev/null"])
        .env_clear()
        .env("HOME", home)
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh");
    command
}

#[test]
fn it_starts_on_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    // Where a CA is there already, nothing depends on the order of two writers.
    assert!(
        why401(home.path())
            .args(["ca", "init"])
            .status()
            .unwrap()
            .success()
    );
    let mut child = on_a_terminal(
        home.path(),
        "serve --listen=127.0.0.1:0 --admin-listen=none",
    )
    .stdin(Stdio::null())
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    // The terminal goes with it, and that ends the proxy.
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.contains(" listens on 127.0.0.1:"), "{first}");
}

#[test]
fn a_record_can_be_pasted() {
    let home = tempfile::tempdir().unwrap();
    let output = on_a_terminal(home.path(), "diagnose")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        shown.contains("paste the record, then press Ctrl-D"),
        "{shown}"
    );
}

#[test]
fn a_secret_is_not_shown_while_it_is_typed() {
    let home = tempfile::tempdir().unwrap();
    let mut child = on_a_terminal(home.path(), "diagnose --user jane")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut screen = child.stdout.take().unwrap();
    let mut shown = String::new();
    // What is typed before the question is dropped, as it was not meant for it.
    while !shown.ends_with("(not shown): ") {
        let mut byte = [0];
        assert_eq!(screen.read(&mut byte).unwrap(), 1, "{shown}");
        shown.push(char::from(byte[0]));
    }
    let mut keys = child.stdin.take().unwrap();
    keys.write_all(b"correct horse battery\n").unwrap();
    let mut rest = String::new();
    screen.read_to_string(&mut rest).unwrap();
    child.wait().unwrap();
    assert!(rest.contains("looks like an account password"), "{rest}");
    assert!(!rest.contains("correct"), "{rest}");
}
