//! docs/event.schema.json, held against every event that a test sees.
//!
//! Knows the keywords that the schema uses and refuses others, so that none is passed over in silence.

use serde_json::{Map, Value};
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../docs/event.schema.json");
    serde_json::from_str(text).expect("the schema is JSON")
});

/// Fails when `event` is not what the schema says.
pub fn assert_valid(event: &Value) {
    if let Err(why) = check(&SCHEMA, event) {
        panic!("{why}: {event}");
    }
}

/// Why `event` is not what the schema says.
pub fn fault(event: &Value) -> Option<String> {
    check(&SCHEMA, event).err()
}

fn check(schema: &Value, value: &Value) -> Result<(), String> {
    let keywords = schema.as_object().expect("a schema is an object");
    keywords
        .iter()
        .try_for_each(|(keyword, wanted)| held(keyword, wanted, keywords, value))
}

fn held(
    keyword: &str,
    wanted: &Value,
    schema: &Map<String, Value>,
    value: &Value,
) -> Result<(), String> {
    let number = |value: &Value| value.as_f64().expect("a number");
    let is_held = match keyword {
        "$schema" | "title" | "description" => true,
        "type" => is_of(wanted, value),
        "enum" => wanted.as_array().expect("values").contains(value),
        "minLength" => characters(value).is_none_or(|length| length >= number(wanted)),
        "maxLength" => characters(value).is_none_or(|length| length <= number(wanted)),
        "minimum" => value.as_f64().is_none_or(|value| value >= number(wanted)),
        "maximum" => value.as_f64().is_none_or(|value| value <= number(wanted)),
        "required" => {
            let mut names = wanted.as_array().expect("names").iter();
            names.all(|name| value.get(name.as_str().expect("a name")).is_some())
        }
        "additionalProperties" => return nothing_more(schema, value),
        "properties" => return members_hold(wanted, value),
        "items" => {
            let items = value.as_array().into_iter().flatten();
            return items.into_iter().try_for_each(|item| check(wanted, item));
        }
        "oneOf" => return one_holds(wanted.as_array().expect("branches"), value),
        other => panic!("the schema uses {other:?}, which is not checked here"),
    };
    match is_held {
        true => Ok(()),
        false => Err(format!("not {keyword} {wanted}")),
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("one type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("the schema uses the type {other:?}, which is not checked here"),
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "no value has 2 to the 53 characters"
)]
fn characters(value: &Value) -> Option<f64> {
    value.as_str().map(|text| text.chars().count() as f64)
}

fn nothing_more(schema: &Map<String, Value>, value: &Value) -> Result<(), String> {
    assert_eq!(
        schema["additionalProperties"], false,
        "only false is checked here"
    );
    let known = schema["properties"].as_object().expect("members");
    let mut names = value.as_object().into_iter().flat_map(Map::keys);
    match names.find(|name| !known.contains_key(*name)) {
        Some(name) => Err(format!("unknown member {name:?}")),
        None => Ok(()),
    }
}

fn members_hold(schemas: &Value, value: &Value) -> Result<(), String> {
    let members = value.as_object().into_iter().flatten();
    members
        .into_iter()
        .filter_map(|(name, member)| Some((name, schemas.get(name)?, member)))
        .try_for_each(|(name, schema, member)| {
            check(schema, member).map_err(|why| format!("{name}: {why}"))
        })
}

/// Of the branch that says the event's name, the fault is told.
fn one_holds(branches: &[Value], value: &Value) -> Result<(), String> {
    let results: Vec<_> = branches.iter().map(|branch| check(branch, value)).collect();
    if results.iter().filter(|result| result.is_ok()).count() == 1 {
        return Ok(());
    }
    let named = branches
        .iter()
        .position(|branch| branch["title"] == value["event"]);
    named.map_or_else(
        || Err("no event of the schema".to_owned()),
        |at| results[at].clone(),
    )
}
