//! The small print of `why401 ca` that scripts rely on.

use crate::run::{Outcome, why401};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

fn ca(home: &Path, arguments: &[&str]) -> Outcome {
    why401(home)
        .arg("ca")
        .args(arguments)
        .output()
        .unwrap()
        .into()
}

#[test]
fn the_first_line_of_path_is_the_root_certificate() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(ca(home.path(), &["init"]).code, Some(0));
    let path = ca(home.path(), &["path"]);
    let root = home.path().join(".local/state/why401/ca/root.pem");
    assert_eq!(path.out.lines().next(), root.to_str());
    assert!(root.is_file());
}

#[test]
fn an_export_to_standard_output_is_the_certificate_alone() {
    let home = tempfile::tempdir().unwrap();
    ca(home.path(), &["init"]);
    let export = ca(home.path(), &["export"]);
    assert!(
        export.out.starts_with("-----BEGIN CERTIFICATE-----\n"),
        "{}",
        export.out
    );
    assert_eq!((export.code, export.err.as_str()), (Some(0), ""));
}

#[test]
fn without_a_ca_the_command_that_makes_one_is_named() {
    let home = tempfile::tempdir().unwrap();
    let path = ca(home.path(), &["path"]);
    assert_eq!((path.code, path.out.as_str()), (Some(1), ""));
    assert!(path.err.contains("run: why401 ca init"), "{}", path.err);
}

#[test]
fn a_fault_elsewhere_in_the_configuration_does_not_hide_the_ca() {
    let home = tempfile::tempdir().unwrap();
    ca(home.path(), &["init"]);
    let path = why401(home.path())
        .args(["ca", "path"])
        .env("WHY401_LISTEN", "x")
        .output()
        .unwrap();
    assert_eq!(Outcome::from(path).code, Some(0));
}

/// H-A1: whoever starts it, and whatever the umask is. A name that is a link is not written through.
#[test]
fn key_and_folder_are_private_from_the_first_moment() {
    let shared = tempfile::tempdir().unwrap();
    fs::set_permissions(shared.path(), fs::Permissions::from_mode(0o777)).unwrap();
    // Where another user can start it.
    let program = shared.path().join("why401");
    fs::copy(env!("CARGO_BIN_EXE_why401"), &program).unwrap();
    let is_root = fs::metadata(shared.path()).unwrap().uid() == 0;
    let mut users = vec![None];
    match is_root {
        true => users.push(Some("65534")),
        false => eprintln!("SKIPPED: only root can start it as another user"),
    }
    for user in users {
        for umask in ["0000", "0022"] {
            let dir = shared.path().join(format!("{umask}-{user:?}/state/ca"));
            let line = format!("umask {umask}; exec \"$0\" ca init --ca-dir \"$1\"");
            let mut command = match user {
                Some(user) => {
                    let mut command = Command::new("setpriv");
                    command.args(["--reuid", user, "--clear-groups", "sh"]);
                    command
                }
                None => Command::new("sh"),
            };
            command.arg("-c").arg(line).arg(&program).arg(&dir);
            let outcome = Outcome::from(command.env("HOME", shared.path()).output().unwrap());
            assert_eq!(outcome.code, Some(0), "{user:?} {umask}: {}", outcome.err);
            let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o7777;
            assert_eq!(mode(&dir), 0o700, "{user:?} {umask}");
            assert_eq!(mode(&dir.join("issuing.key")), 0o600, "{user:?} {umask}");
            let beside = fs::read_dir(dir.parent().unwrap()).unwrap().count();
            assert_eq!(beside, 1, "renamed into place, and no draft is left");
        }
    }
    let dir = shared.path().join("linked");
    fs::create_dir(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o700)).unwrap();
    let elsewhere = shared.path().join("elsewhere");
    symlink(&elsewhere, dir.join("issuing.key")).unwrap();
    let outcome = ca(shared.path(), &["init", "--ca-dir", dir.to_str().unwrap()]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.err);
    assert!(!elsewhere.exists());
}

/// H-A3: a label alone is what a parser looks for; a key would have its text behind it.
#[test]
fn the_program_holds_no_key() {
    let program = fs::read(env!("CARGO_BIN_EXE_why401")).unwrap();
    let end = b"PRIVATE KEY-----";
    for at in memchr::memmem::find_iter(&program, end) {
        let behind = program[at + end.len()..].iter();
        let text: Vec<_> = behind
            .skip_while(|byte| b"\r\n".contains(byte))
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte))
            .take(40)
            .collect();
        assert!(text.len() < 40, "a key at {at}");
    }
    let known = memchr::memmem::find(&program, b"BEGIN CERTIFICATE-----");
    assert!(known.is_some(), "the search finds what there is");
}

/// H-A9: wrong, or none: one line, and nothing is begun. It is read from a descriptor; as an argument it is none.
#[test]
fn a_start_without_the_right_passphrase_begins_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (right, wrong) = (home.path().join("right"), home.path().join("wrong"));
    fs::write(&right, "correct horse\n").unwrap();
    fs::write(&wrong, "battery staple\n").unwrap();
    let sh = |line: &str| -> Outcome {
        let mut command = Command::new("sh");
        command.args(["-c", line, env!("CARGO_BIN_EXE_why401")]);
        command
            .env_clear()
            .env("HOME", home.path())
            .current_dir(home.path());
        command.output().unwrap().into()
    };
    let made = sh("\"$0\" ca init --ca-passphrase-fd 3 3< right");
    assert_eq!(made.code, Some(0), "{}", made.err);
    let serve = "\"$0\" serve --listen 127.0.0.1:0 --admin-listen none --state-dir state \
                 --ca-dir .local/state/why401/ca";
    for rest in [
        "--ca-passphrase-fd 3 3< wrong",
        "< /dev/null",
        "--ca-passphrase-fd 9",
    ] {
        let outcome = sh(&format!("{serve} {rest}"));
        assert_eq!(outcome.code, Some(1), "{rest}: {}", outcome.err);
        assert_eq!(outcome.err.lines().count(), 1, "{rest}: {}", outcome.err);
        assert!(
            !home.path().join("state/fingerprint.key").exists(),
            "{rest}"
        );
        assert!(!outcome.err.contains("battery"), "{}", outcome.err);
    }
    let argument = sh(&format!("{serve} --ca-passphrase correct-horse"));
    assert_eq!(argument.code, Some(2), "{}", argument.err);
    let usable = ca(home.path(), &["show"]);
    assert!(usable.out.contains("with its passphrase"), "{}", usable.out);
    // With the right one it gets on, here as far as to its port.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let serve = serve.replace("127.0.0.1:0", &port);
    let outcome = sh(&format!("{serve} --ca-passphrase-fd 3 3< right"));
    assert!(outcome.err.contains(&port), "{}", outcome.err);
}

#[test]
fn a_rotation_says_that_trust_is_a_new_step_and_when_it_counts() {
    let home = tempfile::tempdir().unwrap();
    ca(home.path(), &["init"]);
    let made = ca(home.path(), &["rotate", "--for", "git.example"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    for part in [
        "a new step for each",
        "git.example",
        "--activate",
        "when it is started anew",
    ] {
        assert!(made.out.contains(part), "{part}: {}", made.out);
    }
    let export = ca(home.path(), &["export"]);
    assert_eq!(export.out.matches("BEGIN CERTIFICATE").count(), 2);
    let active = ca(home.path(), &["rotate", "--activate"]);
    assert!(active.out.contains("The new root signs"), "{}", active.out);
    let shown = ca(home.path(), &["show"]);
    assert!(
        shown.out.contains("Also trust") && shown.out.contains("git.example"),
        "{}",
        shown.out
    );
}
