//! What the things of the API look like: a table of JSON with places for names.
//!
//! In a text, `$name` stands for a name's value. A text that is nothing but `#name`, `?name` or `@shape` becomes a
//! number, a truth value, another shape.

use super::names::Names;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One type of thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shape {
    /// Which ones there are, in a list of them.
    pub keys: Option<Keys>,
    /// One that is not among the keys does not exist; otherwise any is taken for one.
    #[serde(default)]
    pub strict: bool,
    #[serde(rename = "shape")]
    template: Value,
}

/// The names of all things of a type.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Keys {
    /// 1 to this.
    Numbers(usize),
    Names(Vec<String>),
    Identifiers(Identifiers),
}

/// So many of a kind.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Identifiers {
    Uuids(usize),
    Hashes(usize),
}

static ALL: LazyLock<HashMap<String, Shape>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("shapes.json")).expect("a test fills every shape")
});

pub(super) fn named(name: &str) -> &'static Shape {
    ALL.get(name).expect("a test looks up every name")
}

impl Shape {
    pub(super) fn fill(&self, names: &Names) -> Value {
        fill(&self.template, names)
    }
}

fn fill(value: &Value, names: &Names) -> Value {
    match value {
        Value::String(text) => fill_text(text, names),
        Value::Array(values) => values.iter().map(|value| fill(value, names)).collect(),
        Value::Object(members) => {
            let filled = members
                .iter()
                .map(|(name, value)| (name.clone(), fill(value, names)));
            Value::Object(filled.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn fill_text(text: &str, names: &Names) -> Value {
    let value = |name| names.get(name).unwrap_or_default();
    match text.split_at_checked(1) {
        Some(("@", shape)) => named(shape).fill(names),
        Some(("?", name)) => (value(name) == "true").into(),
        Some(("#", name)) if !name.contains('$') => value(name).parse::<u64>().unwrap_or(1).into(),
        _ => insert(text, names).into(),
    }
}

/// The text with every `$name` replaced; a name that has no value here leaves nothing.
pub(super) fn insert(text: &str, names: &Names) -> String {
    let mut parts = text.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|letter: char| !letter.is_ascii_lowercase() && letter != '_')
            .unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        filled.push_str(names.get(name).unwrap_or_default());
        filled.push_str(rest);
    }
    filled
}
