//! Texts, bounds, and bodies that must stay as they are.

use super::*;
use crate::diagnosis::Certainty::Likely;
use serde_json::{Value, json};

fn finding() -> Finding {
    Finding {
        mistake: "api-token-with-username",
        certainty: Likely,
        verdict: Verdict::Mistake,
        fix: "Use the \"email\".".into(),
        reason: "API token needs the account email as user name".into(),
        doc: None,
        missing: vec![],
    }
}

const SAID: &str = "why401: api-token-with-username (likely): Use the \"email\".";

#[test]
fn the_standard_phrase_comes_first_and_eighty_bytes_are_the_limit() {
    let phrase = |status| reason_phrase(status, &finding());
    assert_eq!(
        phrase(StatusCode::UNAUTHORIZED).as_deref(),
        Some("Unauthorized (why401: API token needs the account email as user name)")
    );
    assert_eq!(phrase(StatusCode::from_u16(499).unwrap()), None);
    let mut long = finding();
    long.reason = "x".repeat(50).into();
    for status in [301, 302, 307, 308, 400, 401, 402, 403, 404, 410, 429] {
        let status = StatusCode::from_u16(status).unwrap();
        let phrase = reason_phrase(status, &long).expect("every reason fits");
        assert!(phrase.len() <= PHRASE && phrase.starts_with(status.canonical_reason().unwrap()));
    }
    long.reason = "x".repeat(90).into();
    assert_eq!(reason_phrase(StatusCode::UNAUTHORIZED, &long), None);
}

#[test]
fn git_gets_one_more_line() {
    let said = |text: &[u8]| String::from_utf8(in_text(text, &finding())).unwrap();
    assert_eq!(said(b"No."), format!("No.\n{SAID}\n"));
    assert_eq!(said(b"No.\n"), format!("No.\n{SAID}\n"));
    assert_eq!(said(b""), format!("{SAID}\n"));
}

#[test]
fn the_envelope_gets_one_member_and_keeps_every_other_byte() {
    let said = serde_json::to_string(SAID).unwrap();
    for (body, longer) in [
        (
            r#"{"type":"error", "error": {"message": "No \u002e"}}"#,
            format!(
                r#"{{"type":"error", "error": {{"data":{{"auth_diagnosis":{said}}},"message": "No \u002e"}}}}"#
            ),
        ),
        (
            r#"{"error":{"data":{ },"message":"No"},"type":"error"} "#,
            format!(
                r#"{{"error":{{"data":{{"auth_diagnosis":{said} }},"message":"No"}},"type":"error"}} "#
            ),
        ),
        (
            r#"{"type":"error","error":{"message":"No","data":{"a":1.0e2}}}"#,
            format!(
                r#"{{"type":"error","error":{{"message":"No","data":{{"auth_diagnosis":{said},"a":1.0e2}}}}}}"#
            ),
        ),
    ] {
        let told = in_envelope(body.as_bytes(), &finding()).expect(body);
        assert_eq!(String::from_utf8(told.clone()).unwrap(), longer);
        let told: Value = serde_json::from_slice(&told).unwrap();
        assert_eq!(told["error"]["data"]["auth_diagnosis"], json!(SAID));
    }
}

#[test]
fn other_bodies_stay_as_they_are() {
    for body in [
        "",
        "Forbidden",
        "[]",
        r#"{"type":"error"}"#,
        r#"{"type":"error","error":"No"}"#,
        r#"{"type":"error","error":{"detail":"No"}}"#,
        r#"{"type":"page","error":{"message":"No"}}"#,
        r#"{"type":"error","error":{"message":"No","data":null}}"#,
        r#"{"type":"error","error":{"message":"No","data":[1]}}"#,
        r#"{"type":"error","error":{"message":"No","data":"x"}}"#,
        r#"{"type":"error","error":{"message":"No","data":{"auth_diagnosis":"theirs"}}}"#,
        r#"{"type":"error","error":{"message":"No"},"error":{"message":"No"}}"#,
        r#"{"type":"error","error":{"message":"No"}"#,
        "{\"type\":\"error\",\"error\":{\"message\":\"\u{0}\"}}",
    ] {
        assert_eq!(in_envelope(body.as_bytes(), &finding()), None, "{body}");
    }
    assert_eq!(in_envelope(b"\xff{}", &finding()), None);
}
