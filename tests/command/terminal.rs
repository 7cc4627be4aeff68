//! On a terminal it starts as well, and says things to a person.
#![cfg(target_os = "linux")]

use crate::run::why401;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// `why401 serve` on a pseudo-terminal that `script` opens; ports of its own choice.
fn on_a_terminal(home: &std::path::Path) -> Command {
    let serve = format!(
        "exec '{}' serve --listen=127.0.0.1:0 --admin-listen=none",
        env!("CARGO_BIN_EXE_why401")
    );
    let mut command = Command::new("script");
    command
        .args(["--quiet", "--return", "--command", &serve, "/dev/null"])
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
    let mut child = on_a_terminal(home.path())
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
