//! What `why401 env` writes for other programs, read by these programs or by libraries that read as they do.
#![allow(
    clippy::print_stderr,
    reason = "cargo keeps what a test prints; a tool that is missing shall not go unseen"
)]

use crate::env::{Live, has};
use crate::run::Outcome;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder that a careless line would break.
const ODD: &str = "it's \"odd\" %h $HOME `id` \\ é #";
const CURL: &str =
    "curl -sS -D - -o /dev/null -u \"jdoe:$TOKEN\" https://api.bitbucket.org/2.0/user";

/// The interpreter that `tests/clients/venv.sh` prepares.
fn python(script: &str, input: &str) -> Option<String> {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/clients/venv/bin/python");
    let named = std::env::var_os("WHY401_PYTHON").map(PathBuf::from);
    let child = Command::new(named.unwrap_or(usual))
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("SKIPPED: no Python with its readers; see tests/clients/venv.sh");
        return None;
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{script}");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn yaml(text: &str) -> Option<Value> {
    let script = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
    Some(serde_json::from_str(&python(script, text)?).unwrap())
}

#[test]
fn dotenv_is_read_as_it_was_meant_also_by_docker() {
    let live = Live::start(ODD.replace('$', "").as_str());
    let text = live.text(&["--format=dotenv"]).out;
    let script = "import dotenv, io, json, sys\n\
        json.dump(dotenv.dotenv_values(stream=io.StringIO(sys.stdin.read())), sys.stdout)";
    let Some(read) = python(script, &text) else {
        return;
    };
    let read: Value = serde_json::from_str(&read).unwrap();
    let roots = read["SSL_CERT_FILE"].as_str().unwrap();
    assert!(
        fs::read_to_string(roots)
            .unwrap()
            .contains("BEGIN CERTIFICATE")
    );
    // Where nothing is odd there are no quotes, which docker run --env-file would take for a part of the value.
    let live = Live::start("state");
    let text = live.text(&["--format=dotenv"]).out;
    let read: Value = serde_json::from_str(&python(script, &text).unwrap()).unwrap();
    for line in text.lines() {
        let (name, value) = line.split_once('=').unwrap();
        assert_eq!(read[name], value, "{name}");
    }
}

#[test]
fn a_job_makes_its_own_files_and_gets_the_diagnosis() {
    let live = Live::start("state");
    let folder = tempfile::tempdir().unwrap();
    let chosen = format!("--folder={}", folder.path().join("it's a $HOME").display());
    for (format, place) in [
        ("gitlab-ci", "/.why401/before_script/0"),
        ("bitbucket-pipelines", "/definitions/scripts/0/script"),
    ] {
        let text = match format {
            "gitlab-ci" => live.text(&["--format", format]),
            _ => live.text(&["--format", format, &chosen]),
        };
        let text = text.out;
        let Some(read) = yaml(&text) else { return };
        let script = read.pointer(place).unwrap().as_str().unwrap();
        for (shell, first) in [("dash", "set -eu"), ("bash", "set -eo pipefail")] {
            let outcome = live.run(shell, &format!("{first}\n{script}\n{CURL}\nkeytool -list -keystore \"$why401/java.p12\" -storepass changeit -alias why401 || :"));
            let field = "x-auth-diagnosis: api-token-with-username;";
            assert!(
                outcome.out.contains(field),
                "{format}, {shell}: {}",
                outcome.err
            );
            if has("keytool") {
                assert!(outcome.out.contains("trustedCertEntry"), "{}", outcome.out);
            }
        }
    }
}

/// The steps of Jenkins, as far as the text uses them.
const STEPS: &str = "\
def sh(Map step) { ['sh', '-c', step.script].execute().text }
def fileExists(String path) { new File(path).exists() }
def withEnv(List variables, Closure steps) { variables.each { println it } }
";

#[test]
fn a_pipeline_of_jenkins_sets_variables_that_name_files_on_its_agent() {
    if !has("groovy") {
        return;
    }
    let live = Live::start("state");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pipeline.groovy");
    let text = live.text(&["--format=jenkins"]).out;
    fs::write(&file, format!("{STEPS}{text}")).unwrap();
    let Some(java) = fs::canonicalize("/usr/bin/java").ok() else {
        return;
    };
    let jdk = java.parent().and_then(Path::parent).unwrap();
    let mut command = live.command("groovy");
    command.arg(&file).env("JAVA_HOME", jdk);
    let outcome: Outcome = command.output().unwrap().into();
    let value = |name: &str| {
        let mut lines = outcome.out.lines();
        let line = lines.find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap_or_else(|| panic!("{name}: {}{}", outcome.out, outcome.err))
            .to_owned()
    };
    assert!(value("HTTPS_PROXY").starts_with("http://127.0.0.1:"));
    for name in ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "WGETRC"] {
        assert!(fs::metadata(value(name)).unwrap().len() > 0, "{name}");
    }
    assert!(value("JAVA_TOOL_OPTIONS").contains("/java.p12 "));
}

#[test]
fn a_container_finds_what_was_carried_to_it() {
    let live = Live::start("state");
    let outcome = live.text(&["--format=kubernetes", "--proxy=http://127.0.0.9:8401"]);
    assert!(
        outcome
            .err
            .contains("no proxy answers at http://127.0.0.9:8401 from here")
    );
    let line = outcome.out.lines().next().unwrap();
    let (_, folder) = line.split_once("--from-file='").unwrap();
    let folder = Path::new(folder.trim_end_matches('\''));
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let is_key = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        assert!(name.chars().all(is_key), "{name}");
    }
    let Some(read) = yaml(&outcome.out) else {
        return;
    };
    let container = read.pointer("/spec/template/spec/containers/0").unwrap();
    assert_eq!(container["volumeMounts"][0]["mountPath"], "/etc/why401");
    let variables = container["env"].as_array().unwrap();
    let value = |name: &str| {
        let found = variables.iter().find(|variable| variable["name"] == name);
        found.unwrap()["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(value("HTTPS_PROXY"), "http://127.0.0.9:8401");
    assert_eq!(value("PHP_INI_SCAN_DIR"), ":/etc/why401");
    for name in ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "WGETRC"] {
        let value = value(name);
        let name = value.strip_prefix("/etc/why401/").unwrap();
        assert!(folder.join(name).is_file(), "{name}");
    }
}

#[test]
fn a_chosen_folder_is_that_of_the_machine_that_reads_it() {
    let live = Live::start("state");
    let text = live
        .text(&[
            "--format=systemd",
            "--folder=/srv/why401",
            "--proxy=127.0.0.9:1",
        ])
        .out;
    assert!(
        text.contains("\nEnvironment=\"SSL_CERT_FILE=/srv/why401/roots.pem\"\n"),
        "{text}"
    );
}

#[test]
fn systemd_finds_nothing_wrong_with_the_unit() {
    if !has("systemd-analyze") {
        return;
    }
    let live = Live::start(ODD);
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("tool.service");
    let text = live.text(&["--format=systemd"]).out;
    fs::write(&unit, format!("{text}ExecStart=/bin/true\n")).unwrap();
    let outcome: Outcome = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .arg(&unit)
        .output()
        .unwrap()
        .into();
    assert!(!outcome.err.contains("tool.service:"), "{}", outcome.err);
}

const PROPERTIES: &str = "
public class Read {
    public static void main(String[] given) throws Exception {
        var read = new java.util.Properties();
        read.load(new java.io.FileInputStream(given[0]));
        System.out.write(read.getProperty(\"systemProp.javax.net.ssl.trustStore\").getBytes(\"UTF-8\"));
        System.out.flush();
    }
}
";

#[test]
fn gradle_finds_the_trust_store() {
    if !has("java") {
        return;
    }
    let live = Live::start(ODD);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let properties = file("gradle.properties", &live.text(&["--format=gradle"]).out);
    let program = file("Read.java", PROPERTIES);
    let outcome: Outcome = Command::new("java")
        .arg(program)
        .arg(properties)
        .output()
        .unwrap()
        .into();
    assert!(
        Path::new(&outcome.out).is_file(),
        "{:?}{}",
        outcome.out,
        outcome.err
    );
}

#[test]
fn maven_asks_the_proxy_of_its_settings() {
    if !has("mvn") {
        return;
    }
    let live = Live::start("state");
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let mut line = String::new();
        // The first one only looks whether somebody is there.
        while line.is_empty() {
            let (mut client, _) = proxy.accept().unwrap();
            BufReader::new(&client).read_line(&mut line).unwrap();
            let _ = client.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        }
        line
    });
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("settings.xml");
    fs::write(
        &settings,
        live.text(&["--format=maven", "--proxy", &address]).out,
    )
    .unwrap();
    let repository = format!("-Dmaven.repo.local={}", folder.path().join("m2").display());
    let status = live
        .command("mvn")
        .args(["-q", "-B", "-s"])
        .arg(&settings)
        .args([&repository, "org.example:none:1:none"])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
    let line = asked.join().unwrap();
    assert!(
        line.starts_with("CONNECT repo.maven.apache.org:443 "),
        "{line}"
    );
}

#[test]
fn a_controller_of_jenkins_is_configured_by_code() {
    let live = Live::start("state");
    let text = live
        .text(&[
            "--format=jenkins-controller",
            "--proxy=http://127.0.0.9:8401",
        ])
        .out;
    let Some(read) = yaml(&text) else { return };
    let proxy = &read["jenkins"]["proxy"];
    assert_eq!(
        (&proxy["name"], &proxy["port"]),
        (&"127.0.0.9".into(), &8401.into())
    );
    assert!(
        proxy["noProxyHost"]
            .as_str()
            .unwrap()
            .starts_with("localhost\n")
    );
    assert!(text.contains("\n# Environment=\"JAVA_OPTS="), "{text}");
}
