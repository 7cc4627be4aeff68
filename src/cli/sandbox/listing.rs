//! The sandbox's credentials as a table, as JSON, as variables.

use super::Format;
use crate::sandbox::credential::{Credential, State};
use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Arc;

/// Secrets included: they are good for nothing but this one start of the sandbox.
pub fn render(credentials: &[Arc<Credential>], format: Format) -> String {
    match format {
        Format::Table => table(credentials),
        Format::Json => json(credentials),
        Format::Env => env(credentials),
    }
}

fn json(credentials: &[Arc<Credential>]) -> String {
    let all: Vec<&Credential> = credentials.iter().map(AsRef::as_ref).collect();
    let mut text = serde_json::to_string_pretty(&all).expect("names and texts have a JSON form");
    text.push('\n');
    text
}

/// The secret last: it is by far the longest.
fn table(credentials: &[Arc<Credential>]) -> String {
    let rows = credentials.iter().map(|credential| {
        let user = [&credential.email, &credential.username]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or("-", String::as_str);
        [
            name(credential.kind),
            name(credential.state),
            user.to_owned(),
            credential.secret.clone(),
        ]
    });
    let head = ["KIND", "STATE", "USER", "SECRET"].map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (kinds, states, users) = (width(0), width(1), width(2));
    rows.iter()
        .map(|[kind, state, user, secret]| {
            format!("{kind:kinds$}  {state:states$}  {user:users$}  {secret}\n")
        })
        .collect()
}

/// The first good one of each kind: `SANDBOX_API_TOKEN=…`, with its user name and email beside it.
fn env(credentials: &[Arc<Credential>]) -> String {
    let mut seen = HashSet::new();
    let mut text = String::new();
    for credential in credentials {
        if credential.state != State::Good || !seen.insert(credential.kind) {
            continue;
        }
        let kind = name(credential.kind).to_uppercase();
        let values = [
            ("", &credential.secret),
            ("_USERNAME", &credential.username),
            ("_EMAIL", &credential.email),
        ];
        for (part, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "SANDBOX_{kind}{part}='{value}'");
        }
    }
    text
}

/// As the JSON has it.
fn name<T: serde::Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
