//! `why401 diagnose`: formats, exit codes, clocks, and that no secret comes out again.

use crate::run::{Outcome, why401};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::process::Stdio;
use why401::credentials::mint;

/// `Basic` with an API token under a user name.
fn basic() -> String {
    use base64::Engine;
    let pair = format!("jane:{}", mint::api_token(1));
    format!(
        "Basic {}",
        base64::engine::general_purpose::STANDARD.encode(pair)
    )
}

/// What curl -v prints of a refused call.
fn transcript() -> String {
    format!(
        "* Server auth using Basic with user 'jane'\n> GET /2.0/user HTTP/1.1\n> Host: api.bitbucket.org\n\
         > Authorization: {}\n> \n< HTTP/1.1 401 Unauthorized\n< Date: Tue, 24 Nov 2026 10:00:00 GMT\n< \n",
        basic()
    )
}

/// Two entries: a refused one, and one that went well.
fn har() -> String {
    let entry = |status: u16, value: &str| {
        serde_json::json!({
            "startedDateTime": "2026-11-24T10:00:00Z",
            "request": {"method": "GET", "url": "https://api.bitbucket.org/2.0/user", "headers": [{"name": "authorization", "value": value}]},
            "response": {"status": status, "headers": [], "content": {}},
        })
    };
    serde_json::json!({"log": {"version": "1.2", "entries": [entry(401, &basic()), entry(200, &basic())]}}).to_string()
}

fn diagnose(arguments: &[&str], input: &str) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let mut child = why401(home.path())
        .arg("diagnose")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end before it has read all.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap().into()
}

/// One line for each exchange.
fn lines(outcome: &Outcome) -> Vec<Value> {
    outcome
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_har_gives_a_line_for_each_entry() {
    let outcome = diagnose(&["--format", "jsonl"], &har());
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    let lines = lines(&outcome);
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["entry"], &lines[1]["entry"]),
        (&0.into(), &1.into())
    );
    assert_eq!(
        lines[0]["findings"][0]["mistake"],
        "api-token-with-username"
    );
    assert_eq!(lines[0]["findings"][0]["certainty"], "likely");
    assert_eq!(
        (&lines[0]["clock"], &lines[0]["auth.user_id"]),
        (&"the record".into(), &"j…e".into())
    );
    assert_eq!(lines[1]["findings"], Value::Array(vec![]));
}

/// The proxy on the way is meant, in whatever form its refusal was recorded.
#[test]
fn a_proxy_that_refuses_the_tunnel_is_named() {
    let text = "> CONNECT api.bitbucket.org:443 HTTP/1.1\n> Host: api.bitbucket.org:443\n> User-Agent: curl/8.14.1\n> \n\
                < HTTP/1.1 407 Proxy Authentication Required\n< \n";
    let har = serde_json::json!({"log": {"entries": [{
        "request": {"method": "CONNECT", "url": "api.bitbucket.org:443", "headers": []},
        "response": {"status": 407, "headers": []},
    }]}});
    for input in [text, &har.to_string()] {
        let lines = lines(&diagnose(&["--format=jsonl"], input));
        assert_eq!(lines.len(), 1, "{input}");
        let first = &lines[0]["findings"][0];
        assert_eq!(
            (&first["mistake"], &first["certainty"]),
            (&"proxy-authentication".into(), &"proven".into())
        );
        assert_eq!(lines[0]["server.address"], "api.bitbucket.org");
    }
}

#[test]
fn json_is_one_array() {
    let whole: Value = serde_json::from_str(&diagnose(&["--format", "json"], &har()).out).unwrap();
    assert_eq!(whole.as_array().unwrap().len(), 2);
}

#[test]
fn text_says_what_to_do() {
    let out = diagnose(&[], &transcript()).out;
    for part in [
        "entry 0  401  GET api.bitbucket.org/2.0/user",
        "  do    Use the email",
        "clock 2026-11-24T10:00:00.000Z by",
        "1 exchange read, 1 with findings.",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn markdown_is_a_section_for_each_finding() {
    let out = diagnose(&["--format", "markdown"], &har()).out;
    assert!(
        out.contains("## Entry 0: 401 for `GET api.bitbucket.org/2.0/user`\n"),
        "{out}"
    );
    assert_eq!(out.matches("## Entry").count(), 1, "{out}");
}

#[test]
fn sarif_has_rules_and_results() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a b.har");
    fs::write(&file, har()).unwrap();
    let output = why401(home.path())
        .current_dir(home.path())
        .args(["diagnose", "--format=sarif", "a b.har"])
        .output()
        .unwrap();
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    let result = &run["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&"api-token-with-username".into(), &"error".into())
    );
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 1);
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.har");
}

#[test]
fn the_date_decides_and_can_be_given() {
    use base64::Engine;
    let pair = format!("jane:{}", mint::app_password(1));
    let value = base64::engine::general_purpose::STANDARD.encode(pair);
    let first = |arguments: &[&str]| {
        let outcome = diagnose(arguments, &format!("Authorization: Basic {value}"));
        let lines = lines(&outcome);
        (
            lines[0]["findings"][0]["mistake"].clone(),
            lines[0]["clock"].clone(),
        )
    };
    let removed = first(&["--format=jsonl", "--at=2026-08-01"]);
    assert_eq!(removed, ("app-password-removed".into(), "--at".into()));
    let before = first(&["--format=jsonl", "--at", "2025-01-01T10:00:00+01:00"]);
    assert_ne!(before.0, "app-password-removed");
    let refused = diagnose(&["--at=soon"], "");
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.contains("write 2026-11-24 or"),
        "{}",
        refused.err
    );
}

#[test]
fn fail_on_is_a_threshold() {
    let code = |threshold: &str| diagnose(&["--fail-on", threshold], &transcript()).code;
    assert_eq!(
        (code("possible"), code("likely"), code("proven")),
        (Some(3), Some(3), Some(0))
    );
    let git = "> GET /a/b.git/info/refs HTTP/1.1\n> Host: bitbucket.org\n> User-Agent: git/2.51\n> \n< HTTP/1.1 200 OK\n< \n";
    assert_eq!(diagnose(&["--fail-on=possible"], git).code, Some(0));
}

#[test]
fn several_files_are_told_apart_and_one_that_fails_spoils_none() {
    let home = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.har", har()),
        ("b.txt", transcript()),
        ("bad.har", "{\n\"log\": [".to_owned()),
    ] {
        fs::write(home.path().join(name), text).unwrap();
    }
    let outcome: Outcome = why401(home.path())
        .current_dir(home.path())
        .args([
            "diagnose",
            "--format=jsonl",
            "a.har",
            "bad.har",
            "b.txt",
            "absent",
        ])
        .output()
        .unwrap()
        .into();
    let lines = lines(&outcome);
    let files: Vec<&str> = lines
        .iter()
        .map(|line| line["file"].as_str().unwrap())
        .collect();
    assert_eq!(files, ["a.har", "a.har", "b.txt"]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome
            .err
            .contains("why401: bad.har: not a HAR: line 2, column 9: it ends too early"),
        "{}",
        outcome.err
    );
    assert!(
        outcome.err.contains("why401: absent: No such file"),
        "{}",
        outcome.err
    );
}

#[test]
fn what_cannot_be_read_is_one_line_and_exits_1() {
    for input in ["", "hello", "{\"log\": 1}", "{"] {
        let outcome = diagnose(&[], input);
        assert_eq!(
            (outcome.code, outcome.out.as_str()),
            (Some(1), ""),
            "{input}"
        );
        assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    }
}

#[test]
fn what_is_no_text_is_said_so_and_not_taken_for_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trace.har.gz");
    let archive: Vec<u8> = (0..4096_u32)
        .map(|number| (number * 37 % 251) as u8)
        .collect();
    fs::write(&file, archive).unwrap();
    for command in ["diagnose", "scopes"] {
        let outcome = crate::run::outcome(&[command, file.to_str().unwrap()]);
        assert_eq!((outcome.code, outcome.out.as_str()), (Some(1), ""));
        assert!(
            outcome.err.contains("no text: unpack it"),
            "{}",
            outcome.err
        );
    }
    let one_line = diagnose(&[], &"A".repeat(200_000));
    assert_eq!((one_line.code, one_line.out.as_str()), (Some(1), ""));
}

#[test]
fn a_user_name_with_a_colon_is_no_user_name() {
    let outcome = diagnose(&["--user", "j:doe"], &mint::api_token(1));
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""));
    assert!(outcome.err.contains("first colon"), "{}", outcome.err);
    let account_id = "557058:3b0e6a52-7c1d-4f0e-9a55-0d6f6b1c2e31";
    let outcome = diagnose(&["--user", account_id], &mint::api_token(1));
    assert_eq!(outcome.code, Some(0));
    assert!(
        outcome.out.contains("an id, which is no user name"),
        "{}",
        outcome.out
    );
}

#[test]
fn a_minus_is_standard_input() {
    assert_eq!(
        diagnose(&["-", "--format=jsonl"], &transcript())
            .out
            .lines()
            .count(),
        1
    );
}

/// Whatever holds the secret: fields, the address of a second try, the command line, the path, the user name.
#[test]
fn no_format_prints_a_secret() {
    let token = mint::api_token(1);
    let chatter = format!(
        "+ curl -v -u jane:{token} https://api.bitbucket.org/2.0/user?access_token={token}\n\
         * Issue another request to this URL: 'https://jane:{token}@api.bitbucket.org/2.0/user'\n\
         > GET /2.0/{token}/x?access_token={token} HTTP/1.1\n> Host: api.bitbucket.org\n> User-Agent: {token}\n\
         > Authorization: Basic <redacted>\n> \n< HTTP/1.1 401 Unauthorized\n< X-Token-Id: {token}\n< \n{token}\n"
    );
    let failure = format!(
        "+ curl -u jane:{token} x\n401 Client Error: Unauthorized for url: https://jane:{token}@api.bitbucket.org/2.0/{token}?access_token={token}\n"
    );
    let broken =
        format!("{{\"log\": {{\"entries\": [{{\"request\": {{\"url\": \"{token}\" {token}");
    for input in [
        &chatter,
        &failure,
        &broken,
        &transcript(),
        &har(),
        &token,
        &format!("{token}:x"),
        &format!("Bearer {token}"),
    ] {
        for format in ["text", "json", "jsonl", "markdown", "sarif"] {
            let outcome = diagnose(&["--format", format], input);
            let written = outcome.out.replace(|c: char| c.is_whitespace(), "") + &outcome.err;
            for part in [&token[..20], &token[60..90], &basic()[10..40]] {
                assert!(!written.contains(part), "{format}: {written}");
            }
        }
    }
}

#[test]
fn a_pair_is_judged_without_a_record() {
    let token = mint::api_token(1);
    let outcome = diagnose(&["--user", "jane@acme.com"], &format!("{token}\n"));
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    for part in [
        "secret  API token of 192 characters, whole",
        "REST    Basic, user name: the email",
        "git     Basic, user name: x-bitbucket-api-token-auth",
    ] {
        assert!(outcome.out.contains(part), "{}", outcome.out);
    }
    assert!(!outcome.out.contains(&token[..20]), "{}", outcome.out);
    let json: Value =
        serde_json::from_str(&diagnose(&["--user=jane", "--format=json"], &token).out).unwrap();
    assert_eq!(
        (&json["secret"]["intact"], &json["rest"]["user_fits"]),
        (&true.into(), &false.into())
    );
    assert_eq!(diagnose(&["--user=jane"], "\n").code, Some(1));
    assert_eq!(
        diagnose(&["--user=jane", "--format=sarif"], &token).code,
        Some(2)
    );
}

#[test]
fn nobody_reading_is_no_failure() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.txt");
    fs::write(&file, transcript().repeat(2000)).unwrap();
    let (_, writer) = std::io::pipe().unwrap();
    let output = why401(home.path())
        .args(["diagnose", "--format=jsonl"])
        .arg(&file)
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}
