//! The way and the roots of each client.

use super::*;
use crate::child::unseen::words;
use crate::doctor::machine::{Asked, Command, Java as Store, Php as OfPhp, Python as OfPython};

/// All variables but these and the home are gone.
fn bare(client: Client, variables: &[(&str, &str)]) -> Machine {
    let mut all: Vec<(&str, &str)> = SET_UP[1..].iter().map(|(name, _)| (*name, "")).collect();
    all.extend(variables);
    machine(&[client], &all)
}

const LED: [(&str, &str); 2] = [
    ("HTTPS_PROXY", "http://127.0.0.1:8401"),
    ("https_proxy", "http://127.0.0.1:8401"),
];

fn led(client: Client, variables: &[(&str, &str)]) -> Machine {
    bare(client, &[&LED[..], variables].concat())
}

#[test]
fn each_client_trusts_by_its_own_variable_and_not_without() {
    for (client, variable) in [
        (Curl, "CURL_CA_BUNDLE"),
        (Curl, "SSL_CERT_FILE"),
        (Curl, "SSL_CERT_DIR"),
        (Git, "GIT_SSL_CAINFO"),
        (Git, "GIT_SSL_CAPATH"),
        (Go, "SSL_CERT_FILE"),
        (Go, "SSL_CERT_DIR"),
        (Cargo, "CARGO_HTTP_CAINFO"),
        (Cargo, "SSL_CERT_FILE"),
        (Deno, "DENO_CERT"),
        (Deno, "NODE_EXTRA_CA_CERTS"),
    ] {
        let name = client.name();
        assert_eq!(
            faults(&led(client, &[(variable, OURS)])),
            [""; 0],
            "{name} {variable}"
        );
        let begins = format!("fail {name}: goes through the proxy and does not trust the CA");
        only(&led(client, &[]), &begins, &[]);
        only(&led(client, &[(variable, OTHERS)]), &begins, &[]);
    }
}

#[test]
fn the_variable_that_wins_decides() {
    for (client, variables) in [
        (Curl, [("CURL_CA_BUNDLE", OTHERS), ("SSL_CERT_FILE", OURS)]),
        (Curl, [("SSL_CERT_DIR", OTHERS), ("SSL_CERT_FILE", OURS)]),
        (Git, [("GIT_SSL_CAINFO", OTHERS), ("SSL_CERT_FILE", OURS)]),
        (
            Cargo,
            [("CARGO_HTTP_CAINFO", OTHERS), ("SSL_CERT_FILE", OURS)],
        ),
    ] {
        only(
            &led(client, &variables),
            "fail",
            &[
                "cat /others.pem /ca/root.pem > ~/both.pem; export",
                variables[0].0,
            ],
        );
    }
}

#[test]
fn settings_of_curl_that_win_are_named() {
    let mut machine = led(Curl, &[("CURL_CA_BUNDLE", OURS)]);
    machine.curlrc = Some(("/home/j/.curlrc".into(), vec!["noproxy".into()]));
    only(
        &machine,
        "warn curl: ~/.curlrc has noproxy",
        &["curl with -q"],
    );
}

#[test]
fn the_systems_roots_count_for_who_reads_them() {
    for client in [Curl, Git, Wget, Go, Cargo] {
        let mut machine = led(client, &[]);
        only(&machine, "fail", &["why401 ca trust --store system"]);
        machine.system = bundle(true);
        assert_eq!(faults(&machine), [""; 0]);
    }
    let mut other = led(Wget, &[]);
    other.settings.is_other_folder = true;
    only(&other, "fail wget", &["--store system --ca-dir ~/ca"]);
}

#[test]
fn python_and_its_libraries_are_told_apart() {
    let mut machine = led(Python, &[("SSL_CERT_FILE", OURS)]);
    only(&machine, "fail python requests:", &["certifi"]);
    machine.runtimes.python = Asked::Told(OfPython {
        cafile: Some("/etc/ssl/certs/ca-certificates.crt".into()),
        certifi: Some("/etc/ssl/certs/ca-certificates.crt".into()),
        requests: true,
        httpx: true,
        ..OfPython::default()
    });
    machine.system = bundle(true);
    assert_eq!(faults(&machine), [""; 0]);
    machine.runtimes.python = Asked::Silent;
    only(&machine, "warn python: python3 did not say in time", &[]);
}

#[test]
fn node_needs_its_switch_and_a_version_that_has_it() {
    let node = |version: &str, variables: &[(&str, &str)]| {
        let mut machine = led(Node, variables);
        machine.runtimes.node = Some(version.to_owned());
        machine
    };
    let on = ("NODE_USE_ENV_PROXY", "1");
    let roots = ("NODE_EXTRA_CA_CERTS", OURS);
    assert_eq!(faults(&node("v24.1.0", &[on, roots])), [""; 0]);
    only(
        &node("v24.1.0", &[on]),
        "fail node:",
        &["export NODE_EXTRA_CA_CERTS=/ca/root.pem"],
    );
    only(
        &node("v24.1.0", &[roots]),
        "warn node:",
        &["export NODE_USE_ENV_PROXY=1"],
    );
    only(
        &node("v20.1.0", &[on, roots]),
        "warn node: goes past",
        &["Node 24"],
    );
    let option = ("NODE_OPTIONS", "--use-env-proxy");
    only(
        &node("v20.1.0", &[option]),
        "fail node:",
        &["does not start at all"],
    );
    assert_eq!(faults(&node("v24.1.0", &[option, roots])), [""; 0]);
    let mut system = node("v24.1.0", &[on, ("NODE_USE_SYSTEM_CA", "1")]);
    system.system = bundle(true);
    assert_eq!(faults(&system), [""; 0]);
}

#[test]
fn who_asks_for_a_client_hears_that_it_goes_past_as_a_failure() {
    let mut machine = led(Perl, &[]);
    only(
        &machine,
        "warn perl: goes past the proxy",
        &["export PERL_LWP_ENV_PROXY=1"],
    );
    machine.client = Some(Perl);
    only(&machine, "fail perl: goes past the proxy", &[]);
    let mut set_up = [("PERL_LWP_ENV_PROXY", "1"), ("PERL_LWP_SSL_CA_FILE", OURS)];
    assert_eq!(faults(&led(Perl, &set_up)), [""; 0]);
    set_up[1].0 = "SSL_CERT_FILE";
    only(&led(Perl, &set_up), "fail perl:", &["the system's roots"]);
}

#[test]
fn the_spelling_that_a_client_reads_has_to_be_set() {
    let upper = bare(Wget, &[LED[0]]);
    only(
        &upper,
        "warn wget: goes past",
        &["https_proxy, the one that it reads, is not set"],
    );
    let ruby = led(Ruby, &[("SSL_CERT_FILE", OURS)]);
    only(
        &ruby,
        "warn ruby: goes past",
        &["export http_proxy=http://127.0.0.1:8401"],
    );
}

#[test]
fn settings_of_git_win_and_its_host_has_to_be_opened() {
    let mut machine = led(Git, &[("GIT_SSL_CAINFO", OURS)]);
    machine.git.proxies = vec![("http.proxy".into(), named("http://localhost:8401"))];
    assert_eq!(faults(&machine), [""; 0]);
    machine.git.proxies[0].1 = named("http://corp:1");
    only(
        &machine,
        "warn git: goes past",
        &["git config --unset http.proxy"],
    );
    machine.git.proxies.clear();
    machine.git.to_ssh = vec!["url.git@bitbucket.org:.insteadof".into()];
    only(&machine, "fail git:", &["into SSH"]);
    machine.git.to_ssh.clear();
    machine.settings.hosts.pop();
    only(&machine, "warn git:", &["--intercept bitbucket.org"]);
}

#[test]
fn a_jvm_needs_options_and_a_store_with_our_root() {
    let java = |options: &str, ours, is_named| {
        let mut machine = bare(Java, &[("JAVA_TOOL_OPTIONS", options), LED[0], LED[1]]);
        machine.java = Some(Store {
            store: "/home/j/store.p12".into(),
            is_named,
            needs_password: true,
            holds: bundle(ours),
        });
        machine
    };
    let lead = "-Dhttps.proxyHost=localhost -Dhttps.proxyPort=8401";
    assert_eq!(faults(&java(lead, true, false)), [""; 0]);
    only(
        &java("", true, false),
        "warn java: goes past",
        &["-Dhttps.proxyPort=8401"],
    );
    only(
        &java("-Dhttps.proxyHost=corp", true, false),
        "fail java:",
        &["name corp:443"],
    );
    only(
        &java(lead, false, false),
        "fail java:",
        &["why401 ca trust --store java"],
    );
    only(
        &java(lead, false, true),
        "fail java:",
        &["keytool -importcert", "~/store.p12"],
    );
    only(
        &java(lead, true, true),
        "fail java:",
        &["trustStorePassword=changeit"],
    );
    let direct = format!("{lead} -Dhttp.nonProxyHosts=localhost|*.bitbucket.org");
    only(
        &java(&direct, true, false),
        "fail java:",
        &["has *.bitbucket.org"],
    );
}

#[test]
fn php_reads_the_file_of_its_own_setting() {
    let mut machine = led(Php, &[("CURL_CA_BUNDLE", OURS)]);
    let php = |cainfo: Option<&str>| {
        Asked::Told(OfPhp {
            has_curl: true,
            cainfo: cainfo.map(Into::into),
        })
    };
    machine.runtimes.php = php(Some(OURS));
    assert_eq!(faults(&machine), [""; 0]);
    machine.runtimes.php = php(Some(OTHERS));
    only(&machine, "fail php:", &["cat /ca/root.pem >> /others.pem"]);
}

#[test]
fn before_anything_is_set_up_the_general_lines_are_enough() {
    let mut machine = machine(&Client::ALL, &[("HTTPS_PROXY", ""), ("https_proxy", "")]);
    machine.answers.clear();
    machine.ca.root = None;
    machine.ca.is_absent = true;
    assert_eq!(faults(&machine).len(), 2, "{:#?}", faults(&machine));
}

#[test]
fn a_command_is_judged_as_run_would_judge_it_afterwards() {
    let command = |line: &[&str]| {
        let mut machine = bare(Curl, &[("NO_PROXY", "*")]);
        machine.answers.clear();
        machine.ca.is_absent = true;
        machine.command = Some(Command {
            words: words(line.iter().copied()),
            program: line[0].to_owned(),
            is_found: true,
        });
        machine
    };
    // Nothing has to be set up for `run`, which takes NO_PROXY away itself.
    assert_eq!(faults(&command(&["curl", "https://x"])), [""; 0]);
    for (line, words) in [
        (&["sudo", "curl"][..], "sudo why401 run"),
        (&["docker", "run", "x"], "container"),
        (&["./gradlew", "build"], "--stop"),
        (&["curl", "--noproxy", "*"], "leave it out"),
        (&["git", "clone", "git@bitbucket.org:a/b"], "SSH"),
    ] {
        only(&command(line), "warn command:", &[words]);
    }
    let mut node = command(&["npx", "x"]);
    node.runtimes.node = Some("v20.1.0".into());
    only(&node, "warn command: Node v20.1.0", &["use a newer one"]);
    let mut missing = command(&["nonesuch"]);
    missing.command.as_mut().unwrap().is_found = false;
    let mut line = command(&["curl -u j:s3cret https://x"]);
    line.command.as_mut().unwrap().is_found = false;
    only(
        &line,
        "fail command: no program has that name",
        &["sh -c 'LINE'"],
    );
    assert!(!faults(&line)[0].contains("s3cret"));
    only(&missing, "fail command: there is no program nonesuch", &[]);
}
