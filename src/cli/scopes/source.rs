//! Calls from where they are kept: the command line, a line each, events of the log, a HAR.

use crate::bitbucket::call::Call;
use crate::bitbucket::scope::ScopeList;
use crate::observation::Observation;
use crate::output::needed::Seen;
use crate::secret::FingerprintKey;
use crate::transcript::{self, ReadError, Record};
use serde::Deserialize;
use std::io::{self, BufRead, BufReader, Read};

/// Bytes of a line that are read; the rest of it is passed over.
const MAX_LINE: usize = 64 * 1024;
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

/// Where to take calls from.
#[derive(Debug, PartialEq, Eq)]
pub enum Source {
    Call(Call),
    Input,
    File(String),
}

/// Of the arguments; a method alone belongs to the next one, and after `git` all do.
pub fn sources(arguments: &[String]) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut rest = arguments;
    while let Some((first, others)) = rest.split_first() {
        let length = match first.as_str() {
            "git" => rest.len(),
            word if is_method(word) && !others.is_empty() => 2,
            _ => 1,
        };
        let (taken, left) = rest.split_at(length);
        sources.push(source(&taken.join(" ")));
        rest = left;
    }
    if sources.is_empty() {
        sources.push(Source::Input);
    }
    sources
}

fn source(text: &str) -> Source {
    if text == "-" {
        return Source::Input;
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    let has_more = first.len() < text.trim().len();
    let is_address = [
        "/2.0/",
        "https://",
        "http://",
        "api.bitbucket.org/",
        "bitbucket.org/",
    ]
    .iter()
    .any(|start| first.starts_with(start));
    if is_address || has_more && (first == "git" || is_method(first)) {
        Source::Call(Call::written(text))
    } else {
        Source::File(text.to_owned())
    }
}

fn is_method(word: &str) -> bool {
    METHODS
        .iter()
        .any(|method| word.eq_ignore_ascii_case(method))
}

/// Hands over the calls of a HAR, or one a line.
///
/// # Errors
/// What came before the place of the error has been handed over.
pub fn read(
    input: impl Read,
    key: &FingerprintKey,
    mut each: impl FnMut(Seen) -> io::Result<()>,
) -> Result<(), ReadError> {
    let mut input = BufReader::with_capacity(MAX_LINE, transcript::utf8(input));
    let ahead = input.fill_buf().map_err(ReadError::Input)?;
    if !transcript::is_text(ahead) {
        return Err(ReadError::NotText);
    }
    if is_har(ahead) {
        return transcript::read(input, key, |record| match record.observation {
            // A proxy that opens no tunnel is no call.
            Some(Observation::Connect(_)) => Ok(()),
            _ => each(recorded(record)),
        });
    }
    let mut line = Vec::new();
    while next_line(&mut input, &mut line).map_err(ReadError::Input)? {
        each(seen(&String::from_utf8_lossy(&line))).map_err(ReadError::Output)?;
    }
    Ok(())
}

/// An object whose first member is `log`, or does not stand in its first line; an event stands in one line.
fn is_har(text: &[u8]) -> bool {
    let Some(rest) = text.trim_ascii_start().strip_prefix(b"{") else {
        return false;
    };
    let rest = rest.trim_ascii_start();
    rest.is_empty() || rest.starts_with(b"\"log\"")
}

/// A credential is told apart for this run only.
fn recorded(record: Record) -> Seen {
    let Some(Observation::Exchange(exchange)) = record.observation else {
        return Seen::planned(record.call);
    };
    let sent = exchange.request.credentials.first();
    let fingerprint = sent.and_then(|sent| sent.fingerprint.as_ref());
    Seen {
        call: record.call,
        credential: fingerprint.map(ToString::to_string),
        granted: exchange
            .response
            .grant()
            .map_or_else(Vec::new, |grant| grant.known.clone()),
    }
}

/// Whether there was one. Its line end belongs to it.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let read = input
        .by_ref()
        .take(MAX_LINE as u64)
        .read_until(b'\n', line)?;
    if read == MAX_LINE && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(read > 0)
}

/// An event of the log as far as it says what was called.
#[derive(Deserialize)]
struct Logged {
    #[serde(rename = "http.request.method")]
    method: String,
    #[serde(rename = "url.path")]
    path: String,
    #[serde(rename = "server.address")]
    server: String,
    #[serde(rename = "auth.fingerprint")]
    credential: Option<String>,
    #[serde(rename = "auth.granted_scopes", default)]
    granted: Vec<String>,
}

fn seen(line: &str) -> Seen {
    // Logs of containers put the name of their service before each line.
    let event = line.find('{').map(|at| &line[at..]);
    match event.and_then(|event| serde_json::from_str::<Logged>(event).ok()) {
        Some(logged) => Seen {
            call: Call::of(&logged.method, &logged.server, &logged.path, None),
            credential: logged.credential,
            granted: logged
                .granted
                .iter()
                .map(String::as_str)
                .collect::<ScopeList>()
                .known,
        },
        // An event about something else: of that no call is made up.
        None if event.is_some_and(is_object) => Seen::planned(Call::written("")),
        None => Seen::planned(Call::written(line)),
    }
}

/// With a member; `{}` may end a path.
fn is_object(text: &str) -> bool {
    text.starts_with("{\"") && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(arguments: &[&str]) -> Vec<String> {
        let arguments: Vec<_> = arguments.iter().map(|&word| word.to_owned()).collect();
        let shown = |source: Source| match source {
            Source::Call(call) => format!("{} {}", call.method, call.path),
            Source::Input => "-".to_owned(),
            Source::File(name) => format!("file {name}"),
        };
        sources(&arguments).into_iter().map(shown).collect()
    }

    #[test]
    fn an_argument_is_a_call_a_file_or_standard_input() {
        assert_eq!(shown(&[]), ["-"]);
        assert_eq!(
            shown(&[
                "GET /2.0/user",
                "-",
                "calls.txt",
                "/2.0/user",
                "/tmp/get that.har"
            ]),
            [
                "GET /2.0/user",
                "-",
                "file calls.txt",
                "GET /2.0/user",
                "file /tmp/get that.har"
            ]
        );
        assert_eq!(
            shown(&["POST", "/2.0/snippets", "put", "x"]),
            ["POST /2.0/snippets", "PUT x"]
        );
        assert_eq!(shown(&["git", "push", "origin", "main"]), ["git "]);
        assert_eq!(shown(&["GET"]), ["file GET"]);
    }

    #[test]
    fn a_har_is_told_from_events() {
        for (text, expected) in [
            ("{\"log\":{", true),
            (" \n{\n  \"log\"", true),
            ("{\n", true),
            ("{\"timestamp\":\"2026\"", false),
            ("{}\n{}", false),
            ("GET /2.0/user", false),
            ("", false),
        ] {
            assert_eq!(is_har(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_line_is_a_call_or_an_event_however_long() {
        let event = r#"proxy-1  | {"event":"auth_diagnosis","auth.fingerprint":"k3v0","auth.granted_scopes":["account","x"],"http.request.method":"GET","url.path":"/2.0/user","server.address":"api.bitbucket.org"}"#;
        let long = format!("GET /2.0/user?q={}", "x".repeat(3 * MAX_LINE));
        let other = r#"{"event":"client_refused","client.address":"10.1.2.3"}"#;
        let text = format!("{event}\n{long}\r\n{other}\nlast {{}}");
        let mut calls = Vec::new();
        let key = FingerprintKey::new([1; 32]);
        read(text.as_bytes(), &key, |seen| {
            let granted = seen.granted.len();
            assert!(
                !seen.call.path.contains("10.1.2.3"),
                "no part of an event is a path"
            );
            calls.push((seen.call.operation(), seen.credential, granted));
            Ok(())
        })
        .unwrap();
        let unknown = (None, None, 0);
        assert_eq!(
            calls,
            [
                (Some("/user"), Some("k3v0".to_owned()), 1),
                (Some("/user"), None, 0),
                unknown.clone(),
                unknown,
            ]
        );
    }
}
