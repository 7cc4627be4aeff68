//! The sandbox's credentials as JSON, as a table, as lines for a shell.

use super::credential::{Credential, State};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Arc;

/// An entry of `--credentials-file`: the credential, and how it would be right to send it.
#[derive(Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    credential: &'a Credential,
    /// For REST.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    git_username: Option<&'a str>,
}

/// Longer ones are cut in the table.
const SHOWN: usize = 36;

/// A JSON array, secrets included: they are good for nothing but this one start.
pub fn json(credentials: &[Arc<Credential>]) -> String {
    let all: Vec<_> = credentials.iter().map(|it| entry(it)).collect();
    let mut text = serde_json::to_string_pretty(&all).expect("names and texts have a JSON form");
    text.push('\n');
    text
}

fn entry(credential: &Credential) -> Entry<'_> {
    Entry {
        credential,
        scheme: credential.kind.rest_scheme(),
        git_username: credential.git_username(),
    }
}

/// What there is, one a line.
pub fn table(credentials: &[Arc<Credential>]) -> String {
    const HEAD: [&str; 5] = ["KIND", "STATE", "USER", "SECRET", "NOTE"];
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(credentials.iter().map(|credential| row(credential)));
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let widths: [usize; HEAD.len()] = std::array::from_fn(width);
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(widths);
        let cells: Vec<_> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn row(credential: &Credential) -> [String; 5] {
    let user = [&credential.email, &credential.username];
    let user = user.into_iter().find(|name| !name.is_empty());
    let secret = match credential.secret.char_indices().nth(SHOWN) {
        Some(_) => {
            let beginning: String = credential.secret.chars().take(SHOWN - 1).collect();
            format!("{beginning}\u{2026}")
        }
        None => credential.secret.clone(),
    };
    [
        name(credential.kind),
        name(credential.state),
        user.map_or("-", String::as_str).to_owned(),
        secret,
        credential.note.clone(),
    ]
}

/// The first of each kind and state: `SANDBOX_API_TOKEN='…'` with its `_USERNAME` and `_EMAIL`, and
/// `SANDBOX_API_TOKEN_EXPIRED='…'` for a state that is not good. Further ones are named by their notes:
/// `SANDBOX_API_TOKEN_READS_ONLY='…'`.
pub fn env(credentials: &[Arc<Credential>]) -> String {
    let mut seen = HashSet::new();
    let mut text = String::new();
    for credential in credentials {
        let state = match credential.state {
            State::Good => String::new(),
            state => format!("_{}", name(state)),
        };
        let variable = format!("sandbox_{}{state}", name(credential.kind)).to_uppercase();
        let noted = format!("{variable}_{}", in_capitals(&credential.note));
        let Some(variable) = [variable, noted]
            .into_iter()
            .find(|name| !name.ends_with('_') && seen.insert(name.clone()))
        else {
            continue;
        };
        let values = [
            ("", &credential.secret),
            ("_USERNAME", &credential.username),
            ("_EMAIL", &credential.email),
        ];
        for (part, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
            // A quote ends the text, stands for itself, and opens it again.
            let value = value.replace('\'', r"'\''");
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{variable}{part}='{value}'");
        }
    }
    text
}

/// `reads only` as a part of a variable's name.
fn in_capitals(note: &str) -> String {
    let words = note.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_ascii_uppercase()
}

/// As the JSON has it.
fn name(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::credential::Kind;
    use crate::sandbox::reading::Reading;
    use crate::sandbox::store::Store;
    use time::macros::utc_datetime;

    fn credential(kind: Kind, state: State, secret: &str) -> Arc<Credential> {
        Arc::new(Credential::new(kind, state, secret.to_owned()))
    }

    #[test]
    fn an_entry_has_the_members_of_the_contract() {
        let store = Store::minted(utc_datetime!(2026-11-24 9:00), &Reading::default());
        let all: Vec<Value> = serde_json::from_str(&json(&store.all())).unwrap();
        assert_eq!(all.len(), store.all().len());
        for entry in &all {
            for member in ["kind", "state", "username", "email", "secret"] {
                assert!(entry[member].is_string(), "{member} in {entry}");
            }
            assert!(entry["scopes"].is_array());
        }
        let first = &all[0];
        assert_eq!(first["kind"], "api_token");
        assert_eq!(first["scheme"], "Basic");
        assert_eq!(first["git_username"], "jdoe");
        let other = all.iter().find(|it| it["state"] == "other_account");
        assert_eq!(other.unwrap()["owner"]["email"], "s.roe@acme.example");
    }

    #[test]
    fn a_table_cuts_what_is_long_and_lines_the_rest_up() {
        let long = credential(Kind::ApiToken, State::Good, &"x".repeat(192));
        let short = credential(Kind::OauthConsumer, State::Public, "abc");
        let expected = format!(
            "KIND            STATE   USER                SECRET{}  NOTE\n\
             api_token       good    j.doe@acme.example  {}\u{2026}\n\
             oauth_consumer  public  -                   abc\n",
            " ".repeat(30),
            "x".repeat(35)
        );
        assert_eq!(table(&[long, short]), expected);
    }

    #[test]
    fn a_shell_reads_the_first_of_each_kind_and_state() {
        let all = [
            credential(Kind::ApiToken, State::Good, "it's"),
            credential(Kind::ApiToken, State::Good, "second"),
            Arc::new(Credential {
                note: "reads only".to_owned(),
                username: String::new(),
                email: String::new(),
                ..Credential::new(Kind::ApiToken, State::Good, "third".to_owned())
            }),
            credential(Kind::RepoAccessToken, State::Expired, "old"),
        ];
        assert_eq!(
            env(&all),
            "SANDBOX_API_TOKEN='it'\\''s'\n\
             SANDBOX_API_TOKEN_USERNAME='jdoe'\n\
             SANDBOX_API_TOKEN_EMAIL='j.doe@acme.example'\n\
             SANDBOX_API_TOKEN_READS_ONLY='third'\n\
             SANDBOX_REPO_ACCESS_TOKEN_EXPIRED='old'\n"
        );
    }
}
