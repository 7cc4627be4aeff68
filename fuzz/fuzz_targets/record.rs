//! What both targets do with a record: read it, diagnose it, write it, and look for the secret in what was written.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::macros::utc_datetime;
use why401::credentials::mint;
use why401::diagnosis::{Silenced, diagnose};
use why401::history::Past;
use why401::observation::Clock;
use why401::output::judged::{ClockSource, Count, Format, Judged};
use why401::output::text::Screen;
use why401::secret::FingerprintKey;
use why401::transcript;

const FORMATS: [Format; 4] = [
    Format::Text(Screen { width: 40, colour: false }),
    Format::Jsonl,
    Format::Markdown,
    Format::Sarif,
];

pub fn survives(data: &[u8]) {
    let token = mint::api_token(1);
    let basic = format!("Basic {}", STANDARD.encode(format!("jane:{token}")));
    let text = replaced(&replaced(data, b"{basic}", basic.as_bytes()), b"{token}", token.as_bytes());
    let clock = Clock { date: utc_datetime!(2026-11-24 10:00), agrees: true };
    let mut written = String::new();
    let read = transcript::read(&text[..], &FingerprintKey::new([7; 32]), |record| {
        let seen = record.observation.as_ref();
        let report = seen.map(|seen| diagnose(seen, &Past::NONE, clock, &Silenced::default()));
        let judged = Judged {
            file: None,
            entry: record.entry,
            line: record.line,
            clock,
            source: ClockSource::Now,
            assumed: record.assumed,
            seen,
            report: &report.unwrap_or_default(),
        };
        for format in FORMATS {
            written += &format.piece(&judged, Count::default());
        }
        Ok(())
    });
    if let Err(error) = read {
        written += &error.to_string();
    }
    // Longer than what two mutations could put together by chance.
    assert!(!written.contains(&token[20..60]), "a secret came out");
    assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "a control character came out");
}

fn replaced(data: &[u8], place: &[u8], value: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some(at) = rest.windows(place.len()).position(|part| part == place) {
        text.extend_from_slice(&rest[..at]);
        text.extend_from_slice(value);
        rest = &rest[at + place.len()..];
    }
    text.extend_from_slice(rest);
    text
}
