//! What other programs of the same user can do to this one, and what it could do to the machine.
#![cfg(target_os = "linux")]

use crate::run::why401;
use crate::serving::Serving;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// What root may do proves nothing: then these tests are somebody else.
const NOBODY: u32 = 65534;

/// A folder that this user, or nobody, owns, with the program in it.
fn home() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let program = home.path().join("why401");
    fs::copy(env!("CARGO_BIN_EXE_why401"), &program).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    if is_root(home.path()) {
        chown(home.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    home
}

fn is_root(own: &Path) -> bool {
    fs::metadata(own).unwrap().uid() == 0
}

/// `why401 run -- sh -c SCRIPT`, not as root.
fn run(script: &str) -> Output {
    let home = home();
    let mut command = Command::new(home.path().join("why401"));
    command
        .args(["run", "--", "sh", "-c", script])
        .current_dir(home.path())
        .env("HOME", home.path())
        .env("TMPDIR", home.path());
    if fs::metadata(home.path()).unwrap().uid() == NOBODY {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

/// H-K10: a program of the same user reads neither memory nor variables of the proxy that serves it.
#[test]
fn a_child_cannot_read_its_proxy() {
    let output = run("cat /proc/self/environ >own && cat /proc/$PPID/environ");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("Permission denied"), "{err}");
    assert_eq!(output.stdout, b"");
}

/// What is inherited stays as it was: a child may need cores, and programs that change their user.
#[test]
fn a_child_is_not_confined() {
    let facts = "ulimit -Sc; grep NoNewPrivs /proc/self/status; cat >/dev/null </proc/1/status";
    let here = Command::new("sh").args(["-c", facts]).output().unwrap();
    let output = run(facts);
    let text = String::from_utf8_lossy;
    assert_eq!(
        text(&output.stdout),
        text(&here.stdout),
        "{}",
        text(&output.stderr)
    );
}

/// H-K10: no core is written, no program it starts can rise, and files elsewhere are out of its reach.
#[test]
fn serve_is_confined() {
    let mut serving = Serving::with(&["--log-level=debug"]);
    let process = format!("/proc/{}", serving.id());
    let read = |file: &str| fs::read_to_string(format!("{process}/{file}")).unwrap();
    let limits = read("limits");
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"));
    let values: Vec<_> = core.unwrap().split_whitespace().skip(4).take(2).collect();
    assert_eq!(values, ["0", "0"]);
    assert!(read("status").contains("NoNewPrivs:\t1"));
    // Whether the kernel has it or not.
    serving.expect_message("Landlock: ");
}

/// A first start makes its folders, also where `--ca-dir` leads elsewhere.
#[test]
fn a_first_start_reaches_what_it_has_to_make() {
    let place = tempfile::tempdir().unwrap();
    let ca = place.path().join("deep/ca");
    let flag = format!("--ca-dir={}", ca.display());
    let serving = Serving::with(&[&flag]);
    assert!(ca.join("issuing.key").exists());
    assert!(
        serving
            .home()
            .join(".local/state/why401/fingerprint.key")
            .exists()
    );
    let again = why401(serving.home())
        .args(["ca", "show", &flag])
        .output()
        .unwrap();
    assert!(again.status.success());
}
