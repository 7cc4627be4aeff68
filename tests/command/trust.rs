//! `why401 ca trust` and `untrust` with the real tools, on stores of their own.
#![allow(
    clippy::print_stderr,
    reason = "cargo keeps what a test prints; a tool that is missing shall not go unseen"
)]

use crate::run::{Outcome, why401};
use crate::sandbox::Practice;
use crate::serving::Serving;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The PATH of the tests: the tools are those of this machine.
fn ca(home: &Path, arguments: &[&str], java_home: &Path) -> Outcome {
    let mut command = why401(home);
    command.arg("ca").args(arguments);
    command.env("PATH", std::env::var_os("PATH").unwrap());
    command.env("JAVA_HOME", java_home);
    command.output().unwrap().into()
}

/// What another program prints; `None`, said loudly, when this machine does not have it.
fn tool(command: &mut Command) -> Option<String> {
    match command.stdin(Stdio::null()).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) => {
            let program = command.get_program().display();
            eprintln!("SKIPPED: cannot run {program}: {error}");
            None
        }
    }
}

/// A new CA in the place of the old one, as `ca init` tells to make it.
fn renew(home: &Path) {
    let dir = home.join(".local/state/why401/ca");
    fs::rename(&dir, dir.with_extension("old")).unwrap();
    assert_eq!(ca(home, &["init"], Path::new("/none")).code, Some(0));
}

/// A database that holds a root of somebody else.
fn database(home: &Path) -> Option<PathBuf> {
    let folder = home.join(".pki/nssdb");
    fs::create_dir_all(&folder).unwrap();
    let sql = format!("sql:{}", folder.display());
    tool(Command::new("certutil").args(["-N", "--empty-password", "-d", &sql]))?;
    let other = home.join("other");
    let init = ["init", "--ca-dir", other.to_str().unwrap()];
    assert_eq!(ca(home, &init, Path::new("/none")).code, Some(0));
    let root = other.join("root.pem");
    let add = [
        "-A",
        "-d",
        &sql,
        "-n",
        "why401-of-others",
        "-t",
        "C,,",
        "-i",
    ];
    tool(Command::new("certutil").args(add).arg(root))?;
    Some(folder)
}

fn nicknames(database: &Path) -> Vec<String> {
    let sql = format!("sql:{}", database.display());
    let listed = tool(Command::new("certutil").args(["-L", "-d", &sql])).unwrap();
    let trusted = listed
        .lines()
        .filter(|line| line.trim_end().ends_with("C,,"));
    trusted
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect()
}

#[test]
fn nss_gets_each_root_of_the_folder_and_loses_them_all() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let none = Path::new("/none");
    let Some(database) = database(home) else {
        return;
    };
    let nss = |verb, more: &[&str]| ca(home, &[&[verb, "--store", "nss"], more].concat(), none);
    assert_eq!(ca(home, &["init"], none).code, Some(0));

    let planned = nss("trust", &["--dry-run"]);
    assert!(
        planned.out.contains("certutil -A -d sql:"),
        "{}",
        planned.out
    );
    assert_eq!(nicknames(&database), ["why401-of-others"]);

    let trusted = nss("trust", &[]);
    assert!(trusted.out.starts_with("[ ok ] nss "), "{}", trusted.out);
    assert_eq!((trusted.code, nicknames(&database).len()), (Some(0), 2));
    let again = nss("trust", &[]);
    assert!(again.out.contains("trusted already"), "{}", again.out);

    renew(home);
    assert_eq!(nss("trust", &[]).code, Some(0));
    assert_eq!(nicknames(&database).len(), 3);

    fs::remove_dir_all(home.join(".local/state/why401/ca")).unwrap();
    let planned = nss("untrust", &["--dry-run"]);
    assert_eq!(
        planned.out.matches("certutil -D").count(),
        2,
        "{}",
        planned.out
    );
    let untrusted = nss("untrust", &[]);
    assert!(
        untrusted.out.contains("took out why401-"),
        "{}",
        untrusted.out
    );
    assert_eq!(untrusted.code, Some(0));
    assert_eq!(nicknames(&database), ["why401-of-others"]);
    let again = nss("untrust", &[]);
    assert!(again.out.starts_with("[skip] nss "), "{}", again.out);
    assert_eq!(again.code, Some(0));
}

#[test]
fn a_root_that_somebody_put_in_by_hand_keeps_its_name_in_nss() {
    let home = tempfile::tempdir().unwrap();
    let Some(database) = database(home.path()) else {
        return;
    };
    let other = home.path().join("other");
    let folder = ["--store", "nss", "--ca-dir", other.to_str().unwrap()];
    let trusted = ca(
        home.path(),
        &[&["trust"], &folder[..]].concat(),
        Path::new("/none"),
    );
    assert!(trusted.out.contains("none of ours"), "{}", trusted.out);
    let untrusted = ca(
        home.path(),
        &[&["untrust"], &folder[..]].concat(),
        Path::new("/none"),
    );
    assert!(untrusted.out.starts_with("[skip]"), "{}", untrusted.out);
    assert_eq!(nicknames(&database), ["why401-of-others"]);
}

/// An installation with a keytool and a copy of the cacerts of this machine.
fn java_home(home: &Path) -> Option<(PathBuf, PathBuf)> {
    let which = tool(Command::new("sh").args(["-c", "command -v keytool"]))?;
    let Ok(keytool) = fs::canonicalize(which.trim()) else {
        eprintln!("SKIPPED: there is no keytool");
        return None;
    };
    let real = keytool.parent()?.parent()?.join("lib/security/cacerts");
    let java = home.join("a jdk");
    fs::create_dir_all(java.join("bin")).unwrap();
    fs::create_dir_all(java.join("lib/security")).unwrap();
    std::os::unix::fs::symlink(&keytool, java.join("bin/keytool")).unwrap();
    let cacerts = java.join("lib/security/cacerts");
    fs::copy(real, &cacerts).unwrap();
    Some((java, cacerts))
}

/// The lines of ours, and how many entries there are.
fn aliases(cacerts: &Path) -> (usize, String) {
    let list = [
        "-J-Duser.language=en",
        "-list",
        "-storepass",
        "changeit",
        "-keystore",
    ];
    let listed = tool(Command::new("keytool").args(list).arg(cacerts)).unwrap();
    let is_ours = |line: &&str| line.starts_with("why401-");
    let count = listed.matches(", trustedCertEntry").count();
    (count, listed.lines().filter(is_ours).collect())
}

#[test]
fn java_gets_each_root_of_the_folder_and_loses_them_all() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let Some((java, cacerts)) = java_home(home) else {
        return;
    };
    let run = |verb, more: &[&str]| ca(home, &[&[verb, "--store", "java"], more].concat(), &java);
    assert_eq!(ca(home, &["init"], &java).code, Some(0));
    let (before, _) = aliases(&cacerts);

    let planned = run("trust", &["--dry-run"]);
    assert!(planned.out.contains(" -importcert "), "{}", planned.out);
    assert_eq!(aliases(&cacerts), (before, String::new()));

    let trusted = run("trust", &[]);
    assert!(trusted.out.contains("[ ok ] java "), "{}", trusted.out);
    let (count, ours) = aliases(&cacerts);
    assert_eq!((trusted.code, count), (Some(0), before + 1), "{ours}");

    renew(home);
    assert_eq!(run("trust", &[]).code, Some(0));
    assert_eq!(aliases(&cacerts).0, before + 2);

    let untrusted = run("untrust", &[]);
    assert_eq!(untrusted.code, Some(0), "{}", untrusted.out);
    assert_eq!(aliases(&cacerts), (before, String::new()));
}

#[test]
fn what_keytool_cannot_read_is_said_in_its_own_words() {
    let home = tempfile::tempdir().unwrap();
    let Some((java, cacerts)) = java_home(home.path()) else {
        return;
    };
    fs::write(cacerts, "no store").unwrap();
    assert_eq!(ca(home.path(), &["init"], &java).code, Some(0));
    let trusted = ca(home.path(), &["trust", "--store", "java"], &java);
    assert!(trusted.out.contains("[fail] java "), "{}", trusted.out);
    assert!(trusted.out.contains("keytool error: "), "{}", trusted.out);
    assert!(trusted.out.contains("; next: "), "{}", trusted.out);
    assert_eq!(trusted.code, Some(1));
}

#[test]
fn a_store_that_is_asked_for_and_not_there_fails() {
    let home = tempfile::tempdir().unwrap();
    let none = Path::new("/none");
    assert_eq!(ca(home.path(), &["init"], none).code, Some(0));
    let trusted = ca(home.path(), &["trust", "--store", "nss"], none);
    assert!(trusted.out.starts_with("[fail] nss: "), "{}", trusted.out);
    assert_eq!(trusted.code, Some(1));
    let untrusted = ca(home.path(), &["untrust", "--store", "nss"], none);
    assert!(
        untrusted.out.starts_with("[skip] nss: "),
        "{}",
        untrusted.out
    );
    assert_eq!(untrusted.code, Some(0));
}

/// A root that may sign for any host is none of ours, whoever put it into the folder.
#[test]
fn a_root_without_limits_is_not_trusted() {
    let practice = Practice::start(&[]);
    let home = tempfile::tempdir().unwrap();
    let none = Path::new("/none");
    assert_eq!(ca(home.path(), &["init"], none).code, Some(0));
    let root = home.path().join(".local/state/why401/ca/root.pem");
    fs::copy(practice.file("ca.pem"), root).unwrap();
    let trusted = ca(home.path(), &["trust", "--store", "nss"], none);
    assert_eq!((trusted.code, trusted.out.as_str()), (Some(1), ""));
    assert!(
        trusted.err.contains("can sign for any host"),
        "{}",
        trusted.err
    );
}

/// On copies of what the tool of Debian writes, mounted over the real ones for one shell only.
const ON_COPIES: &str = r#"
    set -e
    for folder in /etc/ssl /usr/local/share/ca-certificates /etc/ca-certificates; do
        copy="$HOME/copy$folder"
        mkdir -p "$(dirname "$copy")"
        cp -a "$folder" "$copy"
        mount --bind "$copy" "$folder"
    done
    rm -f /etc/ca-certificates/update.d/*
    call() { curl -sS -o /dev/null -w '%{http_code}' -x "$PROXY" https://api.bitbucket.org/2.0/user 2>&1 || true; }
    echo "before: $(call)"
    "$WHY401" ca trust --store system --ca-dir "$CA"
    echo "trusted: $(call)"
    "$WHY401" ca untrust --store system --ca-dir "$CA"
    echo "untrusted: $(call)"
    ls /etc/ssl/certs | grep why401 || echo "no link is left"
"#;

/// A shell of its own mounts: for root at once, for others where the kernel lets them.
fn on_copies(home: &Path) -> Option<Command> {
    let ways: [&[&str]; 2] = [&["-m"], &["-r", "-m"]];
    let may = |way: &&&[&str]| {
        let mount = "mount --bind /etc/ssl /etc/ssl && test -x /usr/sbin/update-ca-certificates";
        let mut command = Command::new("unshare");
        command.args(**way).args(["sh", "-c", mount]);
        command.output().is_ok_and(|output| output.status.success())
    };
    let way = ways.iter().find(may)?;
    let mut command = Command::new("unshare");
    command.args(*way).args(["sh", "-c", ON_COPIES]);
    command.env_clear().env("HOME", home);
    command.env("PATH", std::env::var_os("PATH").unwrap());
    Some(command)
}

#[test]
fn curl_trusts_the_proxy_with_no_variable_after_trust_and_not_after_untrust() {
    let home: TempDir = tempfile::tempdir().unwrap();
    let Some(mut shell) = on_copies(home.path()) else {
        eprintln!("SKIPPED: no mounts of one's own, or not Debian's tool");
        return;
    };
    let practice = Practice::start(&[]);
    let sandbox = format!("--sandbox={}", practice.address());
    let origin_ca = format!("--origin-ca={}", practice.file("ca.pem").display());
    let serving = Serving::with(&[&sandbox, &origin_ca]);
    shell.env("PROXY", format!("http://{}", serving.proxy));
    shell.env("CA", serving.ca());
    shell.env("WHY401", env!("CARGO_BIN_EXE_why401"));
    let Outcome { code, out, err } = shell.output().unwrap().into();
    assert_eq!(code, Some(0), "{out}{err}");
    for part in [
        "before: curl: (60)",
        "[ ok ] system /usr/local/share/ca-certificates: why401-",
        "\ntrusted: 401\n",
        "[ ok ] system /usr/local/share/ca-certificates: took out why401-",
        "\nuntrusted: curl: (60)",
        "\nno link is left\n",
    ] {
        assert!(out.contains(part), "{part}: {out}{err}");
    }
}

#[test]
fn during_a_rotation_both_roots_are_trusted_and_untrust_takes_both() {
    let home = tempfile::tempdir().unwrap();
    let Some(database) = database(home.path()) else {
        return;
    };
    let run = |arguments: &[&str]| ca(home.path(), arguments, Path::new("/none"));
    for rotation in [&["init"][..], &["rotate"], &["rotate", "--activate"]] {
        assert_eq!(run(rotation).code, Some(0), "{rotation:?}");
        let trusted = run(&["trust", "--store", "nss"]);
        assert_eq!(trusted.code, Some(0), "{}", trusted.err);
        let roots = if rotation == ["init"] { 1 } else { 2 };
        assert_eq!(nicknames(&database).len(), roots + 1, "{rotation:?}");
    }
    assert_eq!(run(&["untrust", "--store", "nss"]).code, Some(0));
    assert_eq!(nicknames(&database), ["why401-of-others"]);
}
