//! Whatever holds a secret in whatever form: nothing of it comes out; and what a record hides is not held against it.

use super::format::{FORMATS, har};
use super::story::{Call, Story, rest};
use super::{findings, written};
use crate::cli::diagnose::FormatName;
use crate::credentials::mint;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashSet;

/// Bytes in a row that would give a secret away.
const WINDOW: usize = 6;

/// Where tools and people put secrets beside the field itself.
fn chatter(secret: &str) -> String {
    format!(
        "+ curl -v -u jane:{secret} https://jane:{secret}@api.bitbucket.org/2.0/user?access_token={secret}\n\
         export BITBUCKET_TOKEN={secret}\n\
         Setting --password (password) to {secret}\n\
         * Server auth using Basic with user '{secret}'\n\
         * Issue another request to this URL: 'https://jane:{secret}@api.bitbucket.org/2.0/user'\n\
         fatal: Authentication failed for 'https://jane:{secret}@bitbucket.org/acme/site.git/'\n\
         requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://jane:{secret}@api.bitbucket.org/2.0/user?access_token={secret}\n"
    )
}

/// A call that holds it wherever a call can.
fn call(secret: &str, field: &str) -> Call {
    let mut call = rest(field);
    call.target = format!("/2.0/{secret}/x?access_token={secret}&q={secret}");
    call.fields
        .push(("Referer", format!("https://jane:{secret}@a.example/")));
    call.fields.push(("X-Token", secret.to_owned()));
    call.answer.push(("X-Trace", secret.to_owned()));
    call.answer.push(("Location", format!("/x?jwt={secret}")));
    call
}

/// All parts of the secret that are long enough to tell, as it stands and in base64 at any place.
fn parts(secret: &str) -> HashSet<Vec<u8>> {
    // The beginning of a token is no secret.
    let own = secret.get(16..).unwrap_or(secret);
    let encoded = ["", "a", "ab"].map(|before| STANDARD.encode(format!("{before}{own}")));
    // The first and the last letters depend on what stands beside it.
    let inner = encoded.iter().map(|text| &text[4..text.len() - 4]);
    let texts = inner.chain([own]);
    let parts = texts.flat_map(|text| text.as_bytes().windows(WINDOW));
    parts.map(<[u8]>::to_vec).collect()
}

/// A token that is known by its shape, and a password that is known by nothing.
fn secrets() -> [String; 2] {
    [mint::api_token(3), mint::alphanumerics(4, 27)]
}

#[test]
fn nothing_of_a_secret_comes_out() {
    for secret in secrets() {
        let parts = parts(&secret);
        let pair = STANDARD.encode(format!("jane:{secret}"));
        let mut records: Vec<(String, String)> = vec![("chatter".into(), chatter(&secret))];
        for field in [
            format!("Basic {pair}"),
            format!("Bearer {secret}"),
            format!("Basic jane:{secret}"),
            secret.clone(),
        ] {
            let story = Story {
                name: "",
                calls: vec![call(&secret, &field)],
            };
            records.push(("HAR".into(), har::plain(&story)));
            records.push((
                "HAR that is cut".into(),
                har::plain(&story)[..700].to_owned(),
            ));
            records.push(("field".into(), format!("Authorization: {field}")));
            records.push(("value".into(), field));
            for format in FORMATS {
                let text = (format.render)(&story);
                records.push((format.name.into(), chatter(&secret) + &text));
                records.push((format.name.into(), text));
            }
        }
        for (name, record) in records {
            for format in [
                FormatName::Text,
                FormatName::Json,
                FormatName::Jsonl,
                FormatName::Markdown,
                FormatName::Sarif,
            ] {
                let (out, error) = written(format, record.as_bytes());
                let said: String = (out + &error).split_whitespace().collect();
                let told = said.as_bytes().windows(WINDOW);
                let told: Vec<_> = told.filter(|part| parts.contains(*part)).collect();
                assert!(told.is_empty(), "{name}, {format:?}: {said}");
            }
        }
    }
}

/// A record is not the wire: what is hidden in it is unknown, not wrong.
#[test]
fn what_is_hidden_is_not_held_against_anybody() {
    let pair = STANDARD.encode("jane:x");
    for (field, certainty) in [
        ("Basic <redacted>", "proven"),
        ("Basic ****", "proven"),
        ("Bearer [MASKED]", "proven"),
        ("<redacted>", "proven"),
        ("[Filtered]", "proven"),
        ("***", "proven"),
        ("Basic {redacted}", "proven"),
        ("Bearer xxxxxxxx", "possible"),
        (&format!("Basic {}...", &pair[..6]), "possible"),
        ("Bearer <token>", "possible"),
    ] {
        let story = Story {
            name: "",
            calls: vec![rest(field)],
        };
        let expected = [format!("401: redacted-record {certainty}")];
        assert_eq!(findings(har::plain(&story).as_bytes()), expected, "{field}");
        for format in FORMATS {
            // `--trace-ascii` has a dot for what is not ASCII.
            let text = (format.render)(&story);
            assert_eq!(
                findings(text.as_bytes()),
                expected,
                "{field}, {}",
                format.name
            );
            let (text, _) = written(FormatName::Text, text.as_bytes());
            assert!(
                text.contains("why401 diagnose"),
                "{field}, {}: {text}",
                format.name
            );
        }
    }
}
