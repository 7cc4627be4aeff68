//! `why401 run`: the environment that a child gets on this machine, and what is wrong with the user's own.

use crate::run::Outcome;
use crate::run_child::run;
use std::collections::HashMap;
use std::fs;

/// The child's variables, and what was said meanwhile.
fn environment(user: &[(&str, &str)]) -> (HashMap<String, String>, String) {
    let home = tempfile::tempdir().unwrap();
    let outcome: Outcome = run(home.path())
        .args(["--", "env", "-0"])
        .envs(user.iter().copied())
        .output()
        .unwrap()
        .into();
    assert_eq!(outcome.code, Some(0), "{}", outcome.err);
    let pair = |line: &str| {
        let (name, value) = line.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    };
    let found = outcome.out.split_terminator('\0').map(pair).collect();
    (found, outcome.err)
}

#[test]
fn every_runtime_is_led_through_the_proxy() {
    let (found, _) = environment(&[]);
    let proxy = &found["HTTPS_PROXY"];
    assert!(proxy.starts_with("http://127.0.0.1:"), "{proxy}");
    for name in ["https_proxy", "HTTP_PROXY", "http_proxy"] {
        assert_eq!(&found[name], proxy, "{name}");
    }
    assert_eq!(found["NO_PROXY"], "localhost,127.0.0.1,::1");
    assert_eq!(found["NODE_USE_ENV_PROXY"], "1");
    assert!(!found["WHY401_RUN_ID"].is_empty());
    // env(1) starts others, and no flag says otherwise.
    let has_java = found.contains_key("JAVA_TOOL_OPTIONS");
    assert_eq!(has_java, java().is_some());
}

fn java() -> Option<String> {
    let path = std::env::var("PATH").unwrap_or_default();
    let home = std::env::var("JAVA_HOME").ok();
    home.or_else(|| {
        std::env::split_paths(&path)
            .map(|folder| folder.join("java"))
            .find(|file| file.is_file())
            .map(|file| file.display().to_string())
    })
}

#[test]
fn variables_of_a_lasting_proxy_do_not_move_this_one() {
    let (found, _) = environment(&[
        ("WHY401_LISTEN", "127.0.0.1:1"),
        ("WHY401_CA_DIR", "/nowhere"),
    ]);
    assert!(!found["HTTPS_PROXY"].ends_with(":1"));
}

#[test]
fn a_thousand_exceptions_are_kept_but_for_the_one_that_leads_past_us() {
    let list = (0..1000)
        .map(|number| format!("host{number}.example"))
        .chain([".bitbucket.org".to_owned()])
        .collect::<Vec<_>>()
        .join(",");
    let (found, said) = environment(&[("NO_PROXY", &list)]);
    assert_eq!(found["no_proxy"].split(',').count(), 1003);
    assert!(!found["NO_PROXY"].contains("bitbucket"));
    let line = "why401: NO_PROXY without .bitbucket.org for this command";
    assert!(said.contains(line), "{said}");
}

#[test]
fn a_bundle_that_cannot_be_read_is_named_and_done_without() {
    let (found, said) = environment(&[("SSL_CERT_FILE", "/nowhere/corp.pem")]);
    let line = "why401: SSL_CERT_FILE: cannot read /nowhere/corp.pem: ";
    assert_eq!(said.matches(line).count(), 1, "{said}");
    assert!(found["SSL_CERT_FILE"].contains("why401-run-"));
}

#[test]
fn a_broken_trust_store_of_java_is_named_and_jvms_go_their_own_way() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("corp.jks");
    fs::write(&store, b"\xfe\xed\xfe\xed\x00\x00").unwrap();
    let options = format!("-Djavax.net.ssl.trustStore={}", store.display());
    let (found, said) = environment(&[("JAVA_TOOL_OPTIONS", &options), ("JAVA_HOME", "/jdk")]);
    assert!(said.contains("corp.jks cannot be read"), "{said}");
    assert_eq!(found["JAVA_TOOL_OPTIONS"], options);
}

#[test]
fn jvms_are_left_alone_on_request() {
    let home = tempfile::tempdir().unwrap();
    let outcome: Outcome = run(home.path())
        .args(["--no-java", "--", "env"])
        .env("JAVA_HOME", "/jdk")
        .output()
        .unwrap()
        .into();
    assert!(
        !outcome.out.contains("JAVA_TOOL_OPTIONS"),
        "{}",
        outcome.out
    );
}

#[test]
fn a_home_that_cannot_be_written_is_no_obstacle() {
    // A file where the folder should be stops root as well.
    let home = tempfile::NamedTempFile::new().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let outcome: Outcome = run(temporary.path())
        .args(["--", "echo", "started"])
        .env("HOME", home.path())
        .output()
        .unwrap()
        .into();
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(0), "started\n"));
}
