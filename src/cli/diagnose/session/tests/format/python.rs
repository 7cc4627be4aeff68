//! Python's `http.client` with a debug level, alone and below requests.

use super::{answer, each, request};
use crate::cli::diagnose::session::tests::story::{Call, Story};
use std::fmt::Write;

pub fn http_client(story: &Story) -> String {
    each(story, |text, call, place| {
        exchange(text, call, place);
        let _ = writeln!(text, "{}", call.body);
    })
}

/// The log of urllib3 between, the status before the body, and the exception at the end.
pub fn requests(story: &Story) -> String {
    each(story, |text, call, place| {
        let host = call.host;
        let _ = writeln!(
            text,
            "DEBUG:urllib3.connectionpool:Starting new HTTPS connection (1): {host}:443"
        );
        exchange(text, call, place);
        let path = call.target.split('?').next().unwrap_or_default();
        let _ = writeln!(
            text,
            "DEBUG:urllib3.connectionpool:https://{host}:443 \"{} {path} HTTP/1.1\" {} {}",
            call.method,
            call.status,
            call.body.len()
        );
        let _ = writeln!(text, "{} {}", call.status, call.body);
        if call.status >= 400 {
            let _ = writeln!(
                text,
                "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n\
                 requests.exceptions.HTTPError: {} Client Error: {} for url: https://{host}{path}",
                call.status, call.reason
            );
        }
    })
}

fn exchange(text: &mut String, call: &Call, place: usize) {
    let head = request(call).join("\r\n") + "\r\n";
    let _ = writeln!(text, "send: b{}", repr(head.as_bytes()));
    let mut lines = answer(call, place).into_iter();
    let start = lines.next().unwrap_or_default();
    let _ = writeln!(text, "reply: {}", repr((start + "\r\n").as_bytes()));
    for line in lines.filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "header: {line}");
    }
}

/// As Python quotes bytes.
fn repr(bytes: &[u8]) -> String {
    let quote = match bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        true => '"',
        false => '\'',
    };
    let mut text = String::from(quote);
    for byte in bytes {
        match byte {
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            byte if char::from(*byte) == quote => {
                text.push('\\');
                text.push(quote);
            }
            b' '..=b'~' => text.push(char::from(*byte)),
            byte => {
                let _ = write!(text, "\\x{byte:02x}");
            }
        }
    }
    text.push(quote);
    text
}
