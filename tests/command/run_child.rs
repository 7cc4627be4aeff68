//! `why401 run`: the child's streams, code and signals are its own, and nothing of the run stays.

use crate::run::{Outcome, why401};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// `why401 run` with a home of its own, in which its temporary files lie as well.
pub fn run(home: &Path) -> Command {
    let mut command = why401(home);
    command
        .arg("run")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TMPDIR", home)
        .current_dir(home);
    command
}

/// Runs it to its end.
fn outcome(arguments: &[&str]) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    run(home.path())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
        .into()
}

#[test]
fn the_code_is_the_childs_or_says_who_failed() {
    let cases: [(&[&str], i32); 8] = [
        (&["--", "true"], 0),
        (&["--", "sh", "-c", "exit 7"], 7),
        (&["sh", "-c", "exit 255"], 255),
        (&["--", "sh", "-c", "kill -9 $$"], 137),
        (&["--", "sh", "-c", "kill -TERM $$"], 143),
        (&["--", "no-such-program"], 127),
        (&["--", "/"], 126),
        (&["--no-such-flag", "true"], 2),
    ];
    for (arguments, code) in cases {
        assert_eq!(outcome(arguments).code, Some(code), "{arguments:?}");
    }
}

#[test]
fn flags_of_the_command_are_its_own() {
    let outcome = outcome(&["--quiet", "printf", "%s ", "--quiet", "-V", "--", "--help"]);
    assert_eq!(outcome.out, "--quiet -V -- --help ");
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
}

#[test]
fn our_own_failure_before_the_start_is_125() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = format!("--listen={}", taken.local_addr().unwrap());
    let outcome = outcome(&[&listen, "--", "echo", "started"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(125), ""));
    assert!(outcome.err.contains("is in use"), "{}", outcome.err);
    assert_eq!(outcome.err.lines().count(), 1);
}

#[test]
fn a_report_that_cannot_be_written_is_125_before_the_start() {
    let outcome = outcome(&["--report=/nowhere/r.json", "--", "echo", "started"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(125), ""));
    assert!(
        outcome.err.contains("--report: cannot write"),
        "{}",
        outcome.err
    );
}

#[test]
fn a_line_for_a_shell_gets_a_hint_and_is_not_repeated() {
    let outcome = outcome(&["curl -u jane:s3cret x && make"]);
    assert_eq!(outcome.code, Some(127));
    assert!(
        outcome.err.contains("why401 run -- sh -c 'LINE'"),
        "{}",
        outcome.err
    );
    assert!(!outcome.err.contains("s3cret"), "{}", outcome.err);
}

#[test]
fn a_script_without_a_first_line_runs_as_in_a_shell() {
    let home = tempfile::tempdir().unwrap();
    let script = home.path().join("script");
    fs::write(&script, "echo \"$0 $1\"\n").unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
    let outcome: Outcome = run(home.path())
        .args(["--", "./script", "one"])
        .output()
        .unwrap()
        .into();
    assert_eq!(outcome.out, "./script one\n", "{}", outcome.err);
    assert_eq!(outcome.code, Some(0));
}

#[test]
fn bytes_pass_through_untouched() {
    let bytes: Vec<u8> = (0..=255).cycle().take(1 << 20).collect();
    let home = tempfile::tempdir().unwrap();
    let mut child = run(home.path())
        .args(["--quiet", "--", "sh", "-c", "tee /dev/stderr"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let sent = bytes.clone();
    let writer = std::thread::spawn(move || input.write_all(&sent).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.stdout, bytes);
    assert_eq!(output.stderr, bytes);
}

/// A run whose child has said that it is ready.
pub struct Ready {
    pub home: TempDir,
    pub child: Child,
    pub out: BufReader<std::process::ChildStdout>,
}

impl Ready {
    /// `line` is one for sh that prints `ready`.
    pub fn start(line: &str) -> Self {
        Self::of(&["sh", "-c", line], |command| command)
    }

    fn of(arguments: &[&str], with: fn(&mut Command) -> &mut Command) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut command = run(home.path());
        let mut child = with(command.arg("--").args(arguments))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        assert_eq!(first, "ready\n");
        Self { home, child, out }
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        let status = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(status.success());
    }

    /// What else it prints, and its code.
    fn end(mut self) -> (String, Option<i32>) {
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (rest, self.child.wait().unwrap().code())
    }
}

#[test]
fn signals_to_us_alone_reach_the_child() {
    for signal in ["TERM", "HUP", "USR1", "USR2"] {
        let line = format!(
            "trap 'echo heard {signal}; exit 5' {signal}; echo ready; while :; do sleep 0.01; done"
        );
        let run = Ready::start(&line);
        run.signal(signal);
        assert_eq!(run.end(), (format!("heard {signal}\n"), Some(5)));
    }
}

/// A run that leads a session, and so a group of processes, of its own: it has no terminal, whatever these tests are run
/// from, and a signal to its group reaches nobody else. Its output, the signal that it gets when its child is ready,
/// and its code.
fn alone(line: &str, signal: Option<&str>) -> (String, Option<i32>) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new("setsid");
    let mut child = command
        .args(["--wait", env!("CARGO_BIN_EXE_why401"), "run", "--quiet"])
        .args(["--", "sh", "-c", line])
        .env("TMPDIR", home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    if let Some(signal) = signal {
        out.read_line(&mut text).unwrap();
        let find = format!(
            "kill -{signal} $(ps -o pid= --ppid {} || echo {0})",
            child.id()
        );
        Command::new("sh").args(["-c", &find]).status().unwrap();
    }
    out.read_to_string(&mut text).unwrap();
    (text, child.wait().unwrap().code())
}

#[test]
fn an_interrupt_without_a_terminal_reaches_the_child() {
    let line = "trap 'echo heard; exit 5' INT; echo ready; while :; do sleep 0.01; done";
    assert_eq!(
        alone(line, Some("INT")),
        ("ready\nheard\n".to_owned(), Some(5))
    );
}

/// `trap 'kill 0' EXIT` is how scripts end what they started. CONT, which is sent to us after that, always arrives.
#[test]
fn what_the_child_sends_to_its_whole_group_is_not_sent_to_it_again() {
    for signal in ["TERM", "INT", "HUP", "USR1"] {
        let line = format!(
            "trap 'echo heard' {signal}; trap 'exit 5' CONT; \
             kill -{signal} 0; (kill -CONT $PPID); while :; do sleep 0.01; done"
        );
        assert_eq!(
            alone(&line, None),
            ("heard\n".to_owned(), Some(5)),
            "{signal}"
        );
    }
}

/// As a script does that started us: it is of our group, too.
#[test]
fn what_another_process_of_the_group_sends_to_us_reaches_the_child() {
    for signal in ["TERM", "INT", "HUP", "USR1"] {
        let line = format!(
            "trap 'echo heard; exit 5' {signal}; (kill -{signal} $PPID); while :; do sleep 0.01; done"
        );
        assert_eq!(
            alone(&line, None),
            ("heard\n".to_owned(), Some(5)),
            "{signal}"
        );
    }
}

#[test]
fn a_signal_that_was_ignored_stays_ignored() {
    let home = tempfile::tempdir().unwrap();
    let line = "trap '' INT HUP; exec \"$@\"";
    let output = Command::new("sh")
        .args([
            "-c",
            line,
            "sh",
            env!("CARGO_BIN_EXE_why401"),
            "run",
            "--quiet",
            "--",
        ])
        .args(["sh", "-c", "kill -INT $$; kill -HUP $$; echo survived"])
        .env("TMPDIR", home.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "survived\n");
}

fn folders(home: &Path) -> usize {
    let entries = fs::read_dir(home).unwrap();
    let is_run = |entry: &fs::DirEntry| {
        entry
            .file_name()
            .to_string_lossy()
            .starts_with("why401-run-")
    };
    entries
        .filter(|entry| is_run(entry.as_ref().unwrap()))
        .count()
}

#[test]
fn nothing_stays_behind() {
    let home = tempfile::tempdir().unwrap();
    let line = "test -f \"$SSL_CERT_FILE\" && echo \"$SSL_CERT_FILE\"";
    let outcome: Outcome = run(home.path())
        .args(["--", "sh", "-c", line])
        .output()
        .unwrap()
        .into();
    assert_eq!(outcome.code, Some(0));
    assert!(outcome.out.starts_with(home.path().to_str().unwrap()));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn what_a_killed_run_leaves_goes_at_the_next_start() {
    let killed = Ready::start("echo ready; read line");
    let home = killed.home.path().to_owned();
    killed.signal("KILL");
    let Ready {
        home: _home,
        mut child,
        ..
    } = killed;
    child.wait().unwrap();
    assert_eq!(folders(&home), 1);
    let next = run(&home).args(["--quiet", "--", "true"]).status().unwrap();
    assert!(next.success());
    assert_eq!(folders(&home), 0);
}
