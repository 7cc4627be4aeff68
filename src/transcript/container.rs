//! Lines of a container's log as Docker's own driver keeps them: each in an object of JSON.

use serde::Deserialize;

/// `{"log":"> GET / HTTP/1.1\r\n","stream":"stderr","time":"2026-11-24T21:13:53.310219Z"}`
#[derive(Deserialize)]
struct Logged {
    log: String,
    time: Option<String>,
}

/// The line behind its time, as other logs write it; `None` for any other line.
pub fn unwrapped(line: &[u8]) -> Option<Vec<u8>> {
    line.starts_with(b"{\"").then_some(())?;
    let Logged { log, time } = serde_json::from_slice(line).ok()?;
    let time = time.map_or_else(String::new, |time| format!("{time} "));
    Some((time + &log).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_comes_out() {
        let line = br#"{"log":"\u001b[1m< HTTP/2 401 \r\n","stream":"stderr","time":"2026-11-24T21:13:53.3Z"}"#;
        assert_eq!(
            unwrapped(line).unwrap(),
            b"2026-11-24T21:13:53.3Z \x1b[1m< HTTP/2 401 \r\n"
        );
        assert_eq!(
            unwrapped(br#"{"stream":"stdout","log":"a"}"#).unwrap(),
            b"a"
        );
        for other in [
            r#"{"type":"error"}"#,
            r#"{"log":{}}"#,
            "{\"log\":\"a",
            "> a",
        ] {
            assert_eq!(unwrapped(other.as_bytes()), None, "{other}");
        }
    }
}
