//! Records as text: what `why401 diagnose` makes of one, and the requests that stand in it.

use super::places::fill;
use crate::support::client::API;
use serde_json::Value;
use std::process::Stdio;
use time::UtcDateTime;
use time::format_description::well_known::Rfc2822;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use why401::diagnosis::example::Example;
use why401::diagnosis::{Silenced, diagnose};

/// What the program lists for the last exchange of a record.
pub async fn findings(text: &str) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_why401"))
        .args(["diagnose", "--format=jsonl"])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let text = fill(text, None);
    input
        .write_all(text.as_bytes())
        .await
        .expect("it reads all");
    drop(input);
    let output = child.wait_with_output().await.expect("it ends");
    let output = String::from_utf8(output.stdout).expect("text");
    let last = output.lines().last().unwrap_or("{}");
    let last: Value = serde_json::from_str(last).expect("a line is an object");
    let found = last["findings"].as_array().into_iter().flatten();
    let slugs = found.filter_map(|finding| finding["mistake"].as_str());
    slugs.map(str::to_owned).collect()
}

/// What the diagnosis lists for something that was seen.
pub fn findings_of(seen: &Example) -> Vec<String> {
    let (seen, past, clock) = seen.observe();
    let report = diagnose(&seen, &past, clock, &Silenced::default());
    let findings = report.findings.into_iter();
    findings.map(|finding| finding.mistake.to_owned()).collect()
}

/// The date of the record's first answer.
pub fn date(text: &str) -> UtcDateTime {
    let line = text.lines().find_map(|line| line.strip_prefix("< Date: "));
    let date = line.expect("a record has a date").replace("GMT", "+0000");
    let date = time::OffsetDateTime::parse(&date, &Rfc2822).expect("a date of RFC 9110");
    date.to_utc()
}

/// Host and head of each request of the record that goes to Bitbucket.
pub fn requests(text: &str) -> Vec<(String, String)> {
    let mut requests = Vec::new();
    let mut head = String::new();
    for line in text.lines() {
        match line.strip_prefix('>').map(str::trim) {
            Some("") => requests.push(std::mem::take(&mut head)),
            Some(line) => head = format!("{head}{line}\r\n"),
            None => {}
        }
    }
    let with_host = |head: String| {
        let host = head.lines().find_map(|line| line.strip_prefix("Host: "));
        (host.unwrap_or(API).to_owned(), head + "\r\n")
    };
    let requests = requests.into_iter().map(with_host);
    requests
        .filter(|(host, _)| host.ends_with("bitbucket.org"))
        .collect()
}
