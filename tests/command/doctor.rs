//! `why401 doctor` on homes of its own: what is planted in their files is found, and nothing else.

use crate::doctor_setup::Setup;
use crate::run::{Outcome, why401};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use why401::credentials::mint;

#[test]
fn a_home_that_is_set_up_is_well() {
    let setup = Setup::new();
    for client in ["curl", "git", "wget"] {
        let outcome = setup.doctor(&["--client", client], &[]);
        assert!(!outcome.out.contains("[fail]"), "{}", outcome.out);
        assert!(!outcome.out.contains("[warn]"), "{}", outcome.out);
        let line = format!("\n[ ok ] {client}: goes through the proxy and trusts the CA (");
        assert!(outcome.out.contains(&line), "{}", outcome.out);
        assert!(
            outcome.out.ends_with("\nNothing to mend.\n"),
            "{}",
            outcome.out
        );
        assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    }
}

#[test]
fn what_a_client_says_is_what_the_real_one_does() {
    let setup = Setup::new();
    let empty = setup.file("empty");
    fs::create_dir(&empty).unwrap();
    // curl lets a folder win over a file (measured with 7.88).
    let variables = [
        ("CURL_CA_BUNDLE", ""),
        ("SSL_CERT_DIR", empty.to_str().unwrap()),
    ];
    setup.expect("curl", &variables, 1, &["SSL_CERT_DIR", "both.pem"]);
}

#[test]
fn on_a_machine_without_anything_the_first_steps_are_named() {
    let home = tempfile::tempdir().unwrap();
    let listen = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let flag = format!("--listen={}", listen.local_addr().unwrap());
    drop(listen);
    let outcome: Outcome = why401(home.path())
        .args(["doctor", &flag, "--admin-listen=none"])
        .output()
        .unwrap()
        .into();
    for line in [
        "[fail] proxy: nothing answers at 127.0.0.1:",
        "       next: start why401 serve --listen 127.0.0.1:",
        "[ ok ] ca: none in ~/.local/state/why401/ca yet: the first start",
        "[fail] environment: neither HTTPS_PROXY nor https_proxy is set",
        "\n2 to mend.\n",
    ] {
        assert!(outcome.out.contains(line), "{line}: {}", outcome.out);
    }
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""));
}

#[test]
fn variables_at_odds_are_found() {
    let setup = Setup::new();
    setup.program("node", "echo v20.11.0");
    let gone = setup.file("gone.pem");
    let gone = gone.to_str().unwrap();
    setup.write("notes.txt", "no certificate\n");
    let notes = setup.file("notes.txt");
    let notes = notes.to_str().unwrap();
    let https = format!("https://{}", setup.proxy.proxy);
    for (client, variable, code, words) in [
        (
            "curl",
            ("NO_PROXY", "localhost,.bitbucket.org"),
            1,
            &["NO_PROXY has .bitbucket.org"][..],
        ),
        (
            "python",
            ("REQUESTS_CA_BUNDLE", notes),
            1,
            &["holds no PEM certificate", "~/notes.txt"],
        ),
        (
            "git",
            ("GIT_SSL_NO_VERIFY", "1"),
            0,
            &["unset GIT_SSL_NO_VERIFY"],
        ),
        (
            "curl",
            ("HTTPS_PROXY", &https),
            1,
            &["TLS to the proxy itself"],
        ),
        (
            "curl",
            ("HTTPS_PROXY", "http://127.0.0.1:1"),
            1,
            &["where nothing answers"],
        ),
        (
            "node",
            ("NODE_OPTIONS", "--use-env-proxy"),
            1,
            &["does not start at all"],
        ),
        (
            "node",
            ("NODE_USE_ENV_PROXY", "1"),
            1,
            &["Node v20.11.0 reads no proxy"],
        ),
    ] {
        // A Python that has no answer says nothing, so that its variables are seen alone.
        setup.program("python3", "exit 1");
        setup.expect(client, &[variable], code, words);
    }
    let outcome = setup.doctor(&[], &[("SSL_CERT_FILE", gone)]);
    let line = "[fail] environment: SSL_CERT_FILE names ~/gone.pem, which does not exist\n";
    assert!(outcome.out.contains(line), "{}", outcome.out);
    assert_eq!(outcome.code, Some(1));
}

#[test]
fn files_of_the_home_that_lead_elsewhere_are_found() {
    let setup = Setup::new();
    let token = mint::api_token(1);
    let git = |settings: &str| setup.write(".gitconfig", settings);

    git("[http]\n\tproxy = http://127.0.0.1:1\n");
    setup.expect("git", &[], 1, &["git config --unset http.proxy"]);
    git("[url \"git@bitbucket.org:\"]\n\tinsteadOf = https://bitbucket.org/\n");
    setup.expect("git", &[], 1, &["url.git@bitbucket.org:.insteadof", "SSH"]);
    git("[http]\n\tsslVerify = false\n");
    setup.expect(
        "git",
        &[],
        0,
        &["http.sslverify lets git trust every certificate"],
    );
    fs::remove_file(setup.file(".gitconfig")).unwrap();

    setup.write(
        ".netrc",
        &format!("machine bitbucket.org login jane password {token}\n"),
    );
    setup.expect(
        "git",
        &[],
        0,
        &["~/.netrc has an entry for bitbucket.org (user j…e, API token)"],
    );
    fs::remove_file(setup.file(".netrc")).unwrap();

    setup.write(".wgetrc", "https_proxy = http://127.0.0.1:1\n");
    setup.expect("wget", &[], 1, &["its wgetrc names another proxy"]);
}

#[test]
fn a_dead_app_password_is_found_wherever_git_keeps_it() {
    let setup = Setup::new();
    let secret = mint::app_password(4);
    let dead = [
        "(user j…e, app password): app passwords ended on 2026-07-28",
        "API token",
    ];

    setup.write(
        ".git-credentials",
        &format!("https://jane:{secret}@bitbucket.org\n"),
    );
    setup.expect("git", &[], 1, &dead);
    fs::remove_file(setup.file(".git-credentials")).unwrap();

    let helper = format!("!f() {{ echo username=jane; echo password={secret}; }}; f");
    setup.write(
        ".gitconfig",
        &format!("[credential]\n\thelper = \"{helper}\"\n"),
    );
    setup.expect("git", &[], 1, &dead);
}

#[test]
fn a_helper_that_hangs_or_wants_to_ask_holds_nothing_up() {
    let setup = Setup::new();
    setup.write(
        ".gitconfig",
        "[credential]\n\thelper = \"!cat /dev/tty; sleep 1000\"\n",
    );
    let outcome = setup.doctor(&["--client=git"], &[]);
    assert!(
        outcome.out.ends_with("\nNothing to mend.\n"),
        "{}",
        outcome.out
    );
}

#[test]
fn a_key_that_others_can_read_is_found() {
    let setup = Setup::new();
    let key = setup.proxy.ca().join("issuing.key");
    fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    setup.expect(
        "curl",
        &[],
        1,
        &["other users can read the CA key", "chmod 600"],
    );
}

#[test]
fn a_command_that_would_not_be_seen_is_named_beforehand() {
    let setup = Setup::new();
    for program in ["docker", "sudo", "gradle"] {
        setup.program(program, "exit 1");
    }
    for (command, words) in [
        (&["docker", "run", "x"][..], "run why401 inside"),
        (&["sudo", "curl", "x"], "next: write sudo why401 run"),
        (&["gradle", "build"], "gradle --stop"),
        (&["sh", "-c", "curl --noproxy '*' x"], "next: leave it out"),
        (&["git", "clone", "git@bitbucket.org:a/b.git"], "SSH"),
    ] {
        let outcome = setup.doctor(&[&["--client=curl", "--"], command].concat(), &[]);
        let (_, said) = outcome.out.split_once("[warn] command: ").unwrap();
        let said = said.replace("\n       ", " ");
        assert!(said.contains(words), "{}", outcome.out);
        assert_eq!(outcome.code, Some(0), "{}", outcome.out);
    }
    let missing = setup.doctor(&["--client=curl", "--", "nonesuch"], &[]);
    assert!(
        missing
            .out
            .contains("[fail] command: there is no program nonesuch"),
        "{}",
        missing.out
    );
}

#[test]
fn a_command_for_run_needs_no_set_up() {
    let home = tempfile::tempdir().unwrap();
    let outcome: Outcome = why401(home.path())
        .args([
            "doctor",
            "--listen=127.0.0.1:1",
            "--admin-listen=none",
            "--",
            "/bin/sh",
        ])
        .env("NO_PROXY", "*")
        .output()
        .unwrap()
        .into();
    assert_eq!(
        (outcome.code, outcome.err.as_str()),
        (Some(0), ""),
        "{}",
        outcome.out
    );
    assert!(
        outcome.out.contains("none is needed for why401 run"),
        "{}",
        outcome.out
    );
}

#[test]
fn an_unknown_client_is_a_wrong_flag_and_the_known_ones_are_listed() {
    let outcome = crate::run::outcome(&["doctor", "--client", "svn"]);
    assert!(
        outcome.err.contains("no client svn is known"),
        "{}",
        outcome.err
    );
    assert!(
        outcome.err.contains("curl, git, wget, python"),
        "{}",
        outcome.err
    );
    assert_eq!((outcome.code, outcome.err.lines().count()), (Some(2), 1));
}

#[test]
#[cfg(target_os = "linux")]
fn a_narrow_terminal_is_kept_to_and_no_colour_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let shown = |variables: &[(&str, &str)]| {
        let program = env!("CARGO_BIN_EXE_why401");
        let line = format!(
            "stty rows 24 cols 40; '{program}' doctor --listen=127.0.0.1:1 --admin-listen=none"
        );
        let output = Command::new("script")
            .args(["--quiet", "--command", &line, "/dev/null"])
            .env_clear()
            .envs([("HOME", home.path()), ("PATH", Path::new("/usr/bin:/bin"))])
            .env("SHELL", "/bin/sh")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let plain = shown(&[("NO_COLOR", "1")]);
    assert!(
        plain.contains("[fail] proxy: nothing answers at"),
        "{plain}"
    );
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    for line in plain.lines().map(str::trim_end) {
        let is_one_word = !line.trim_start().contains(' ');
        assert!(line.chars().count() <= 40 || is_one_word, "{line:?}");
    }
    assert!(shown(&[]).contains("\u{1b}["));
}
