//! `why401 run`: what a person reads of a mistake, and of a run in which nothing was seen.

use crate::run::Outcome;
use crate::run_child::run;
use crate::sandbox::Practice;
use serde_json::Value;
use std::fs;
use std::process::Command;

/// A sandbox, and a credential of it.
struct Bitbucket {
    practice: Practice,
    token: String,
}

impl Bitbucket {
    fn start() -> Self {
        // The files are written before the first line.
        let mut practice = Practice::start(&["--print-credentials=env"]);
        let line = practice.line();
        let token = line.split('\'').nth(1).unwrap();
        assert!(line.starts_with("SANDBOX_API_TOKEN="), "{line}");
        Self {
            token: token.to_owned(),
            practice,
        }
    }

    /// `why401 run` before it; the token is in the environment.
    fn run(&self, home: &std::path::Path) -> Command {
        let mut command = run(home);
        command
            .arg(format!("--sandbox={}", self.practice.address()))
            .arg(format!(
                "--origin-ca={}",
                self.practice.file("ca.pem").display()
            ))
            .env("TOKEN", &self.token);
        command
    }

    fn outcome(&self, arguments: &[&str]) -> Outcome {
        let home = tempfile::tempdir().unwrap();
        self.run(home.path())
            .args(arguments)
            .output()
            .unwrap()
            .into()
    }
}

const WRONG: &str = "curl -sS -u \"jdoe:$TOKEN\" https://api.bitbucket.org/2.0/user";
const RIGHT: &str = "curl -sS -u \"j.doe@acme.example:$TOKEN\" https://api.bitbucket.org/2.0/user";

#[test]
fn a_mistake_is_explained_on_standard_error_and_nothing_is_said_of_a_right_call() {
    let bitbucket = Bitbucket::start();
    let wrong = bitbucket.outcome(&["--", "sh", "-c", WRONG]);
    assert!(
        wrong
            .err
            .starts_with("\napi-token-with-username  SANDBOX 401  GET "),
        "{}",
        wrong.err
    );
    assert!(
        wrong.err.contains("Use the email of the Atlassian account"),
        "{}",
        wrong.err
    );
    assert!(!wrong.err.contains(&bitbucket.token[..20]), "{}", wrong.err);
    // The tool's own output says it as well, unless that is not wanted.
    assert!(wrong.out.contains("auth_diagnosis"), "{}", wrong.out);
    let plain = bitbucket.outcome(&["--annotate=none", "--", "sh", "-c", WRONG]);
    let body = r#"{"error":{"message":"Token is invalid, expired, or not supported for this endpoint."},"type":"error"}"#;
    assert_eq!((plain.out.as_str(), plain.code), (body, Some(0)));

    let right = bitbucket.outcome(&["--", "sh", "-c", RIGHT]);
    assert_eq!((right.err.as_str(), right.code), ("", Some(0)));
    assert!(right.out.contains("\"username\""), "{}", right.out);
}

#[test]
fn a_finding_fails_a_command_that_succeeds_and_no_other() {
    let bitbucket = Bitbucket::start();
    let code = |fail_on: &str, line: &str| {
        let flag = format!("--fail-on={fail_on}");
        bitbucket.outcome(&[&flag, "--", "sh", "-c", line]).code
    };
    assert_eq!(code("likely", WRONG), Some(3));
    assert_eq!(code("proven", WRONG), Some(0));
    assert_eq!(code("possible", &format!("{WRONG}; exit 6")), Some(6));
    assert_eq!(code("possible", RIGHT), Some(0));
}

#[test]
fn quiet_says_nothing_and_a_report_holds_everything() {
    let bitbucket = Bitbucket::start();
    let home = tempfile::tempdir().unwrap();
    for name in ["r.json", "r.md", "r.sarif"] {
        let outcome: Outcome = bitbucket
            .run(home.path())
            .args(["--quiet", "--report", name, "--", "sh", "-c", WRONG])
            .output()
            .unwrap()
            .into();
        assert_eq!(outcome.err, "");
        let report = fs::read_to_string(home.path().join(name)).unwrap();
        assert!(report.contains("api-token-with-username"), "{report}");
        assert!(!report.contains(&bitbucket.token[..20]), "{report}");
    }
    let json = fs::read_to_string(home.path().join("r.json")).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["exchanges"], 1);
    assert_eq!(
        json["findings"][0]["auth.mistake"],
        "api-token-with-username"
    );
}

#[test]
fn where_nobody_waits_for_the_end_a_mistake_is_said_when_it_occurs() {
    let bitbucket = Bitbucket::start();
    let log = bitbucket.practice.file("log");
    // The child does not end before it has seen the block.
    let line = format!(
        "{WRONG} >answer; {WRONG} >answer; until grep -c '^api-token-with-username ' {}; do sleep 0.01; done",
        log.display()
    );
    let home = tempfile::tempdir().unwrap();
    let output = bitbucket
        .run(home.path())
        .args(["--", "sh", "-c", &line])
        .stderr(fs::File::create(&log).unwrap())
        .output()
        .unwrap();
    let counts = String::from_utf8_lossy(&output.stdout);
    assert_eq!(counts.lines().last(), Some("1"));
    let said = fs::read_to_string(&log).unwrap();
    assert!(
        said.ends_with("\nwhy401: api-token-with-username: 2 times\n"),
        "{said}"
    );
}

/// The CA is this command's alone, so it is made for the hosts that are asked for.
#[test]
fn a_host_outside_of_bitbucket_can_be_listed() {
    let bitbucket = Bitbucket::start();
    let connect = format!(
        "--connect-to=git.example.com:443:{}",
        bitbucket.practice.address()
    );
    let line = WRONG.replace("api.bitbucket.org", "git.example.com");
    let outcome = bitbucket.outcome(&[
        "--intercept=git.example.com",
        &connect,
        "--",
        "sh",
        "-c",
        &line,
    ]);
    // The sandbox has no certificate for that name, which we find out only as those in the middle.
    assert_eq!(outcome.code, Some(56), "{}", outcome.err);
    let said = "why401: no answer from git.example.com:443";
    assert!(outcome.err.contains(said), "{}", outcome.err);
}

/// The child ends only when all of its calls were answered, and nobody reads standard error before that.
#[test]
fn a_standard_error_that_nobody_reads_holds_no_exchange() {
    let bitbucket = Bitbucket::start();
    let home = tempfile::tempdir().unwrap();
    let (unread, writer) = std::io::pipe().unwrap();
    // Fills the pipe, so that the block cannot be written.
    let mut filler = Command::new("sh");
    filler
        .args(["-c", "dd if=/dev/zero bs=65536 count=1 2>/dev/null"])
        .stdout(writer.try_clone().unwrap());
    assert!(filler.status().unwrap().success());
    let line = format!("{WRONG} >answer; {WRONG} >answer; echo done >ended");
    let mut child = bitbucket
        .run(home.path())
        .args(["--", "sh", "-c", &line])
        .stderr(writer)
        .spawn()
        .unwrap();
    while !home.path().join("ended").exists() {
        std::thread::yield_now();
    }
    drop(unread);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn git_is_seen_as_well() {
    let bitbucket = Bitbucket::start();
    let line = "git -c credential.helper= ls-remote \"https://j.doe%40acme.example:$TOKEN@bitbucket.org/acme/website.git\"";
    let wrong = bitbucket.outcome(&["--", "sh", "-c", line]);
    assert_eq!(wrong.code, Some(128));
    assert!(
        wrong
            .err
            .contains("api-token-with-email-on-git  SANDBOX 401"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_run_that_saw_nothing_names_the_likely_reason() {
    let cases: [(&[&str], &str); 4] = [
        (&["true"], ""),
        (
            &["env", "NO_PROXY=*", "true"],
            "the command sets its own proxy (NO_PROXY=)",
        ),
        (
            &[
                "sh",
                "-c",
                "git clone git@bitbucket.org:acme/site.git 2>/dev/null",
            ],
            "SSH uses keys",
        ),
        (
            &["sh", "-c", ": docker run image"],
            "docker runs it in a container",
        ),
    ];
    let home = tempfile::tempdir().unwrap();
    for (command, reason) in cases {
        let outcome: Outcome = run(home.path())
            .env("GIT_SSH_COMMAND", "false")
            .arg("--")
            .args(command)
            .output()
            .unwrap()
            .into();
        let mut lines = outcome.err.lines();
        let first = "why401: no call to Bitbucket went through this run, so nothing was checked";
        assert_eq!(lines.next(), Some(first));
        assert!(
            lines.next().unwrap_or_default().contains(reason),
            "{}",
            outcome.err
        );
        assert_eq!(lines.next(), None, "one reason, or none: {}", outcome.err);
    }
}

#[test]
fn a_client_that_does_not_trust_us_is_told_so() {
    let bitbucket = Bitbucket::start();
    let line = "curl -s --cacert \"$WRONG\" https://api.bitbucket.org/2.0/user";
    let home = tempfile::tempdir().unwrap();
    let outcome: Outcome = bitbucket
        .run(home.path())
        .env("WRONG", bitbucket.practice.file("ca.pem"))
        .args(["--", "sh", "-c", line])
        .output()
        .unwrap()
        .into();
    assert_eq!(outcome.code, Some(60));
    assert!(
        outcome.err.contains("client-distrusts-ca"),
        "{}",
        outcome.err
    );
}

/// The inner one reaches Bitbucket through the outer one, whose CA it trusts by the variables that it got.
#[test]
fn a_run_in_a_run_sees_what_the_outer_one_sees() {
    let bitbucket = Bitbucket::start();
    let inner = env!("CARGO_BIN_EXE_why401");
    let line = format!("{WRONG}; exit 9");
    let outcome = bitbucket.outcome(&[
        "--report=outer.json",
        "--quiet",
        "--",
        inner,
        "run",
        "--",
        "sh",
        "-c",
        &line,
    ]);
    assert_eq!(outcome.code, Some(9), "{}", outcome.err);
    assert!(
        outcome
            .err
            .starts_with("\napi-token-with-username  401  GET "),
        "{}",
        outcome.err
    );
    assert!(outcome.out.contains("auth_diagnosis"), "{}", outcome.out);
}

#[test]
fn the_users_own_proxy_is_the_way_to_origins() {
    let bitbucket = Bitbucket::start();
    let home = tempfile::tempdir().unwrap();
    // Nobody listens there: a call that went directly would succeed.
    let outcome: Outcome = bitbucket
        .run(home.path())
        .env("HTTPS_PROXY", "http://j:s3cret@127.0.0.1:1")
        .args(["--", "sh", "-c", "curl -sS https://example.invalid/"])
        .output()
        .unwrap()
        .into();
    assert!(
        outcome
            .err
            .contains("why401: no answer from example.invalid:443"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("parent"), "{}", outcome.err);
    assert!(!outcome.err.contains("s3cret"), "{}", outcome.err);
}
