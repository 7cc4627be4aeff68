//! `why401 env` in real shells: curl and git reach a running proxy, and a script stops where there is none.
#![allow(
    clippy::print_stderr,
    reason = "cargo keeps what a test prints; a tool that is missing shall not go unseen"
)]

use crate::run::{Outcome, why401};
use crate::sandbox::Practice;
use crate::serving::Serving;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder that a careless line would break, or run.
const ODD: &str = "it's a \"state\"; $HOME\n`id` \\";

/// A proxy in front of a sandbox, and a shell whose user has both.
pub struct Live {
    _practice: Practice,
    serving: Serving,
    token: String,
    state: PathBuf,
}

impl Live {
    /// `state` is the name of the state folder.
    pub fn start(state: &str) -> Self {
        let mut practice = Practice::start(&["--print-credentials=env"]);
        let line = practice.line();
        let token = line.split('\'').nth(1).unwrap().to_owned();
        let state = practice.file(state);
        let flags = [
            format!("--sandbox={}", practice.address()),
            format!("--origin-ca={}", practice.file("ca.pem").display()),
            "--intercept=bitbucket.org".to_owned(),
            format!("--state-dir={}", state.display()),
        ];
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        Self {
            serving: Serving::with(&flags),
            _practice: practice,
            token,
            state,
        }
    }

    /// This program, which finds the proxy as its user would.
    pub fn command(&self, program: &str) -> Command {
        let mut command = shell(
            self.serving.home(),
            program,
            &self.serving.proxy.to_string(),
        );
        command
            .env("WHY401_STATE_DIR", &self.state)
            .env("TOKEN", &self.token);
        command
    }

    /// The text of a format.
    pub fn text(&self, arguments: &[&str]) -> Outcome {
        let mut command = self.command("why401");
        command.arg("env").args(arguments).output().unwrap().into()
    }

    pub fn run(&self, program: &str, script: &str) -> Outcome {
        let mut command = self.command(program);
        command.args(["-c", script]).output().unwrap().into()
    }
}

/// A program with `why401` in its path, nothing else in its environment, and the proxy's address in a variable.
pub fn shell(home: &Path, program: &str, listen: &str) -> Command {
    let folder = Path::new(env!("CARGO_BIN_EXE_why401")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [folder.to_owned()]
        .into_iter()
        .chain(std::env::split_paths(&path));
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("HOME", home)
        .env("TMPDIR", home)
        .env("WHY401_LISTEN", listen)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .current_dir(home);
    command
}

/// Whether the shell is there; said loudly when it is not.
pub fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("SKIPPED: there is no {program}");
    }
    found
}

const CURL: &str =
    "curl -sS -D - -o /dev/null -u \"jdoe:$TOKEN\" https://api.bitbucket.org/2.0/user";
const GIT: &str = "env GIT_TRACE_CURL=1 git -c credential.helper= ls-remote \
    \"https://j.doe%40acme.example:$TOKEN@bitbucket.org/acme/website.git\" 2>&1";

#[test]
fn curl_and_git_get_the_diagnosis_in_every_shell_whatever_the_folder_is_called() {
    let live = Live::start(ODD);
    let sh = format!("set -e\neval \"$(why401 env --format sh)\"\n{CURL}\n{GIT} || :");
    let fish = format!("why401 env --format fish | source\nor exit 9\n{CURL}\n{GIT}");
    for (shell, script) in [("dash", &sh), ("bash", &sh), ("zsh", &sh), ("fish", &fish)] {
        if !has(shell) {
            continue;
        }
        let outcome = live.run(shell, script);
        for finding in ["api-token-with-username", "api-token-with-email-on-git"] {
            let field = format!("x-auth-diagnosis: {finding};");
            assert!(outcome.out.contains(&field), "{shell}: {}", outcome.out);
        }
        assert_eq!(outcome.err, "", "{shell}");
    }
}

#[test]
fn what_reads_files_of_its_own_format_gets_the_diagnosis() {
    let live = Live::start("a state");
    let client = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/Client.java");
    let wget = "wget -S -O /dev/null --auth-no-challenge --user=jdoe \
        --password=\"$TOKEN\" https://api.bitbucket.org/2.0/user";
    for (program, line) in [
        ("wget", wget.to_owned()),
        ("java", format!("java '{client}' jdoe \"$TOKEN\"")),
    ] {
        if !has(program) {
            continue;
        }
        let outcome = live.run("dash", &format!("eval \"$(why401 env)\"; {line} 2>&1"));
        let field = "x-auth-diagnosis: api-token-with-username;";
        assert!(outcome.out.contains(field), "{}", outcome.out);
    }
}

#[test]
fn quotes_that_were_forgotten_do_no_harm() {
    let live = Live::start("state");
    let outcome = live.run("dash", &format!("set -e\neval $(why401 env)\n{CURL}"));
    assert!(
        outcome.out.contains("x-auth-diagnosis: "),
        "{}",
        outcome.err
    );
}

#[test]
fn a_script_stops_where_no_proxy_answers_and_where_the_flag_is_wrong() {
    let home = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = taken.local_addr().unwrap().to_string();
    drop(taken);
    let init = why401(home.path()).args(["ca", "init"]).output().unwrap();
    assert!(init.status.success());
    for flags in ["", "--fromat sh"] {
        let sh = format!("set -e; eval \"$(why401 env {flags})\"; echo went on");
        let fish = format!("why401 env {flags} | source; or exit 1; echo went on");
        for (program, script) in [("dash", &sh), ("bash", &sh), ("zsh", &sh), ("fish", &fish)] {
            if !has(program) {
                continue;
            }
            let output = shell(home.path(), program, &dead)
                .args(["-c", script])
                .output();
            let outcome: Outcome = output.unwrap().into();
            assert_eq!(
                (outcome.code, outcome.out.as_str()),
                (Some(1), ""),
                "{program}"
            );
            assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
        }
    }
    for (format, words) in [
        (
            "powershell",
            "throw 'why401 env failed; see the line on standard error'\n",
        ),
        ("cmd", "cmd /c exit 1\n"),
        ("github-actions", ""),
    ] {
        let mut command = shell(home.path(), "why401", &dead);
        let outcome: Outcome = command
            .args(["env", "--format", format])
            .output()
            .unwrap()
            .into();
        assert_eq!(
            (outcome.code, outcome.out.as_str()),
            (Some(1), words),
            "{format}"
        );
        let line = format!(
            "why401: no proxy answers at http://{dead}; start it in another terminal: why401 serve\n"
        );
        assert_eq!(outcome.err, line);
    }
}

#[test]
fn a_file_for_later_is_written_also_while_no_proxy_answers() {
    let home = tempfile::tempdir().unwrap();
    why401(home.path()).args(["ca", "init"]).output().unwrap();
    let mut command = shell(home.path(), "why401", "127.0.0.1:1");
    let outcome: Outcome = command
        .args(["env", "--format=systemd"])
        .output()
        .unwrap()
        .into();
    assert_eq!(outcome.code, Some(0));
    assert!(
        outcome
            .out
            .contains("Environment=\"HTTPS_PROXY=http://127.0.0.1:1\"\n")
    );
    assert_eq!(
        outcome.err,
        "why401: no proxy answers at http://127.0.0.1:1 from here\n"
    );
}

/// What a script sees before, after it asked once, after it asked twice, and after it took all back.
#[test]
fn asking_twice_is_as_asking_once_and_all_can_be_taken_back() {
    let live = Live::start("state");
    let folder = tempfile::tempdir().unwrap();
    let corp = folder.path().join("corp.pem");
    fs::copy(live.state.join("ca/issuing.pem"), &corp).unwrap();
    let list = "env | sort | grep -v -e '^_=' -e '^WHY401_ENV='";
    let sh = format!(
        "{list} >a; eval \"$(why401 env --format sh)\"; {list} >b\n\
         eval \"$(why401 env --format sh)\"; {list} >c; cp \"$SSL_CERT_FILE\" bundle\n\
         eval \"$(why401 env --format sh --unset)\"; {list} >d"
    );
    let fish = sh
        .replace("eval \"$(", "")
        .replace(")\"; ", " | source; ")
        .replace("format sh", "format fish");
    for (program, script) in [("bash", &sh), ("fish", &fish)] {
        if !has(program) {
            continue;
        }
        let mut command = live.command(program);
        command
            .args(["-c", script])
            .env("SSL_CERT_FILE", &corp)
            .env("NO_PROXY", "corp.example,.bitbucket.org")
            .env("JAVA_HOME", "/nowhere")
            .env("JAVA_TOOL_OPTIONS", "-Xmx1g")
            .env("SHLVL", "0")
            .current_dir(folder.path());
        let outcome: Outcome = command.output().unwrap().into();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("b"), read("c"), "{program}: {}", outcome.err);
        assert_eq!(read("a"), read("d"), "{program}: {}", outcome.err);
        assert!(read("c").contains("\nJAVA_TOOL_OPTIONS=-Xmx1g -Dhttps.proxyHost="));
        assert!(read("c").contains("\nNO_PROXY=corp.example,localhost,"));
        // The user's own root is still trusted, beside ours.
        let root = fs::read_to_string(live.state.join("ca/root.pem")).unwrap();
        let bundle = read("bundle");
        for part in [fs::read_to_string(&corp).unwrap(), root] {
            assert_eq!(bundle.matches(part.trim()).count(), 1, "{program}");
        }
        assert!(
            outcome.err.contains("NO_PROXY without .bitbucket.org"),
            "{}",
            outcome.err
        );
    }
}

#[test]
fn no_format_tells_a_secret_or_another_machine_what_this_one_is_called() {
    let live = Live::start("state");
    let formats = why401::output::environment::Format::ALL;
    for format in formats {
        let mut command = live.command("why401");
        command
            .args(["env", "--format", format.name()])
            .env("HTTPS_PROXY", "http://jo:s3cret@corp:3128")
            .env("JAVA_HOME", "/nowhere")
            .env("NO_PROXY", "corp.example")
            .env("JAVA_TOOL_OPTIONS", "-Dhttps.proxyPassword=s3cret");
        let outcome: Outcome = command.output().unwrap().into();
        let all = format!("{}{}", outcome.out, outcome.err);
        assert_eq!(outcome.code, Some(0), "{format}: {all}");
        assert!(!all.contains("s3cret"), "{format}: {all}");
        let is_elsewhere = [
            "gitlab-ci",
            "bitbucket-pipelines",
            "jenkins",
            "dockerfile",
            "kubernetes",
        ];
        if is_elsewhere.contains(&format.name()) {
            assert!(!all.contains("corp.example"), "{format}: {all}");
        }
    }
    let named = live.text(&["--proxy=http://jo:s3cret@corp:1"]);
    assert_eq!((named.code, named.out.as_str()), (Some(2), "false\n"));
    assert!(!named.err.contains("s3cret"), "{}", named.err);
}

#[test]
fn the_shell_of_the_user_decides_where_no_format_is_named() {
    let live = Live::start("state");
    let first = |shell: &str| {
        let mut command = live.command("why401");
        let outcome: Outcome = command
            .arg("env")
            .env("SHELL", shell)
            .output()
            .unwrap()
            .into();
        outcome.out.lines().next().unwrap().to_owned()
    };
    assert!(first("/usr/bin/fish").starts_with("set -gx HTTPS_PROXY "));
    assert!(first("/bin/zsh").starts_with("export HTTPS_PROXY="));
}
