//! Names, order and masking of the event are public API.

use super::*;
use crate::diagnosis::example::Example;
use crate::diagnosis::registry::RULES;
use crate::diagnosis::{Silenced, diagnose};
use serde_json::Value;
use time::macros::utc_datetime;

fn context() -> Context {
    Context {
        timestamp: utc_datetime!(2026-11-24 16:40:12.345678),
        id: "k3v0aaaa".to_owned(),
        client: Some([10, 1, 2, 3].into()),
        show_user_ids: false,
        environment: None,
    }
}

fn event(example: Example, context: &Context) -> Event {
    let (seen, past, clock) = example.observe();
    let report = diagnose(&seen, &past, clock, &Silenced::default());
    Event::new(&report, &seen, context).expect("a finding")
}

const WITH_USERNAME: Example = Example::rest("")
    .call("GET https://api.bitbucket.org/2.0/user")
    .pair("jane:{api_token}");

#[test]
fn names_and_order_are_public() {
    let event = event(WITH_USERNAME, &context());
    let fingerprint = event.fingerprint.clone().expect("a secret");
    let expected = concat!(
        r#"{"timestamp":"2026-11-24T16:40:12.345Z","level":"WARN","event":"auth_diagnosis","#,
        r#""auth.mistake":"api-token-with-username","auth.certainty":"likely","#,
        r#""auth.fix":"Use the email of the Atlassian account that owns this token as user name; keep the token; git keeps its own user name.","#,
        r#""auth.because":["REST call","a Basic pair","user-id is not an email","API token by its prefix","401 without x-credential-type"],"#,
        r#""auth.alternatives":[],"#,
        r#""auth.scheme":"Basic","auth.user_id":"j…e","auth.user_id.kind":"username","#,
        r#""auth.secret.kind":"api-token","auth.secret.length":192,"auth.secret.checksum":"fits","#,
        r#""auth.fingerprint":"FINGERPRINT","#,
        r#""http.request.method":"GET","url.path":"/2.0/user","http.response.status_code":401,"#,
        r#""server.address":"api.bitbucket.org","client.address":"10.1.2.3","#,
        r#""user_agent.original":"curl/8.14.1","id":"k3v0aaaa"}"#,
    );
    let written = serde_json::to_string(&event).expect("JSON");
    assert_eq!(written, expected.replace("FINGERPRINT", &fingerprint));
}

/// Without it the line is that of `names_and_order_are_public`, to the byte.
#[test]
fn what_a_stand_in_answered_is_marked() {
    let marked = Context {
        environment: Some(SANDBOX),
        ..context()
    };
    let written = serde_json::to_string(&event(WITH_USERNAME, &marked)).expect("JSON");
    let mark = r#""event":"auth_diagnosis","deployment.environment.name":"SANDBOX","auth.mistake""#;
    assert!(written.contains(mark), "{written}");
}

#[test]
fn what_the_server_tells_is_there_when_it_does() {
    let answer: &[(&str, &str)] = &[
        ("x-credential-type", "api_token"),
        ("x-token-id", "t-1"),
        ("x-oauth-scopes", "read:issue:bitbucket, x"),
    ];
    let body = r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"required":["read:user:bitbucket"]}}}"#;
    let lacking = WITH_USERNAME.status(403).answer(answer).body(body);
    let mut event = event(lacking, &context());
    event.count = 12;
    let json: Value = serde_json::to_value(&event).expect("JSON");
    assert_eq!(
        json["auth.missing_scopes"],
        serde_json::json!(["read:user:bitbucket"])
    );
    assert_eq!(
        json["auth.granted_scopes"],
        serde_json::json!(["read:issue:bitbucket"])
    );
    assert_eq!(json["auth.credential_type"], "api_token");
    assert_eq!(json["auth.token_id"], "t-1");
    assert_eq!(json["auth.count"], 12);
}

#[test]
fn alternatives_are_objects() {
    let example = Example::rest("").pair("me@acme.com:{api_token}");
    let json = serde_json::to_value(event(example, &context())).expect("JSON");
    let second =
        serde_json::json!({"mistake": "email-of-another-account", "certainty": "possible"});
    let others = json["auth.alternatives"].as_array().expect("a list");
    assert!(others.contains(&second), "{others:?}");
}

/// H-K7: in full by a flag alone.
#[test]
fn user_ids_are_shown_only_when_asked_for() {
    let example = Example::rest("").pair("jane.doe@acme.com:{cut api_token}");
    let masked = event(example, &context()).user_id.expect("a user-id");
    assert!(
        masked.ends_with("@acme.com") && !masked.contains("jane"),
        "{masked}"
    );
    let shown = event(
        example,
        &Context {
            show_user_ids: true,
            ..context()
        },
    );
    assert_eq!(shown.user_id.as_deref(), Some("jane.doe@acme.com"));
}

/// H-K6: of what may be a password not even the length is told.
#[test]
fn nothing_is_told_of_the_form_of_a_password() {
    for password in ["hunter2", "correct horse battery staple", "Sommer2026!"] {
        let pair = format!("jane@acme.com:{password}").leak();
        let json = serde_json::to_value(event(Example::rest("").pair(pair), &context()));
        let json = json.expect("JSON");
        assert_eq!(json.get("auth.secret.length"), None, "{json}");
        assert!(!json.to_string().contains(&password[..3]), "{json}");
    }
}

#[test]
fn notes_are_quiet() {
    assert_eq!(event(Example::git(""), &context()).level, Level::Info);
    assert_eq!(
        event(Example::rest("").status(429), &context()).level,
        Level::Warn
    );
}

#[test]
fn without_credentials_nothing_is_said_about_any() {
    let json = serde_json::to_value(event(Example::rest(""), &context())).expect("JSON");
    let about = |name: &&String| name.starts_with("auth.secret") || name.starts_with("auth.user");
    assert_eq!(
        json.as_object().expect("an object").keys().find(about),
        None
    );
    assert!(json.get("auth.scheme").is_none() && json.get("auth.fingerprint").is_none());
}

/// H-L1: whatever the client or the origin sends, an event stays one line without control characters.
#[test]
fn no_value_breaks_the_line() {
    let mut context = context();
    context.show_user_ids = true;
    let nasty = Example::rest("")
        .call("GET https://api.bitbucket.org/2.0/a%0a%1b[2J")
        .pair("\u{1b}[2Ja\u{202e}b\u{2028}c\r\nlevel:ERROR:{api_token}");
    let line = serde_json::to_string(&event(nasty, &context)).expect("JSON");
    let bad = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202e}');
    assert!(!line.contains(bad), "{line}");
}

#[test]
fn no_event_holds_a_secret() {
    use crate::credentials::mint;
    let tokens = [
        mint::api_token(1),
        mint::access_token(1),
        mint::app_password(1),
        mint::jwt(1),
    ];
    for example in RULES.iter().flat_map(|rule| rule.fires) {
        let event = event(
            *example,
            &Context {
                show_user_ids: true,
                ..context()
            },
        );
        let written = serde_json::to_string(&event).expect("JSON") + &format!("{event:?}");
        for token in &tokens {
            let half = &token[token.len() / 2..];
            assert!(
                !written.contains(&token[..20.min(token.len())]) && !written.contains(half),
                "{}",
                example.shows
            );
        }
        assert!(!written.contains("correct horse"), "{written}");
    }
}
