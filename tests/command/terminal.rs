//! On a terminal it starts as well, and says things to a person.
#![cfg(target_os = "linux")]

use crate::run::why401;
use crate::serving::Serving;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

/// The program on a pseudo-terminal that `script` opens.
fn on_a_terminal(home: &std::path::Path, arguments: &str) -> Command {
    let program = format!("'{}' {arguments}", env!("CARGO_BIN_EXE_why401"));
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

/// Lines that are to be evaluated come with the way to do so; a failure is words alone.
#[test]
fn lines_for_a_shell_say_how_they_are_used() {
    let serving = Serving::start();
    let shown = |arguments: &str| {
        let mut command = on_a_terminal(serving.home(), arguments);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let lines = shown(&format!("env --proxy http://{}", serving.proxy));
    let first = lines.lines().next().unwrap();
    assert!(first.contains(r#"eval "$(why401 env)""#), "{lines}");
    assert!(first.contains(r#"eval "$(why401 env --unset)""#), "{lines}");
    assert!(lines.contains("export HTTPS_PROXY="), "{lines}");
    let failed = shown("env --proxy http://127.0.0.1:1");
    assert!(failed.starts_with("why401: no proxy answers"), "{failed}");
    assert!(!failed.contains("false"), "{failed}");
}

/// What the screen shows up to these words.
fn shown_until(screen: &mut impl Read, words: &str) {
    let mut shown = Vec::new();
    while !shown.ends_with(words.as_bytes()) {
        let mut byte = [0];
        let read = screen.read(&mut byte).unwrap();
        assert_eq!(read, 1, "{}", String::from_utf8_lossy(&shown));
        shown.push(byte[0]);
    }
}

/// What comes on the screen once these keys are pressed at those words.
fn answered(arguments: &str, words: &str, keys: &[u8]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut child = on_a_terminal(home.path(), arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut screen = child.stdout.take().unwrap();
    shown_until(&mut screen, words);
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(keys).unwrap();
    let mut rest = Vec::new();
    screen.read_to_end(&mut rest).unwrap();
    child.wait().unwrap();
    String::from_utf8_lossy(&rest).into_owned()
}

/// One Ctrl-D is enough.
#[test]
fn a_record_can_be_pasted() {
    let rest = answered("diagnose", "press Ctrl-D\r\n", b"401 Unauthorized\n\x04");
    assert!(rest.contains("1 exchange read"), "{rest}");
}

#[test]
fn a_secret_is_not_shown_while_it_is_typed() {
    let rest = answered(
        "diagnose --user jane",
        "(not shown): ",
        b"correct horse battery\n",
    );
    assert!(rest.contains("looks like an account password"), "{rest}");
    assert!(!rest.contains("correct"), "{rest}");
}

#[test]
fn ctrl_c_at_a_secret_leaves_a_terminal_that_shows_what_is_typed() {
    let rest = answered(
        "diagnose --user jane; echo ended by $?; stty -a",
        "(not shown): ",
        b"correct horse\x03",
    );
    assert!(rest.contains("ended by 130"), "{rest}");
    assert!(
        !rest.contains("-echo ") && !rest.contains("-isig"),
        "{rest}"
    );
}
