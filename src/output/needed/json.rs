//! The machine's forms: an object a call, or one object about all of them.

use super::{Needed, Total};
use crate::bitbucket::scope::Scope;
use serde::Serialize;

#[derive(Serialize)]
struct Row<'a> {
    method: &'a str,
    path: &'a str,
    operation: Option<&'static str>,
    classic: Vec<&'static str>,
    api_token: Vec<&'static str>,
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct Both {
    classic: Vec<&'static str>,
    api_token: Vec<&'static str>,
}

#[derive(Serialize)]
struct Compared<'a> {
    credential: &'a str,
    granted: Vec<&'static str>,
    least: Vec<&'static str>,
    excess: Vec<&'static str>,
    lacking: Vec<&'static str>,
}

/// One call, without a line end; its fields are public API.
pub fn row(needed: &Needed) -> String {
    let needs = needed.needs.as_ref();
    render(&Row {
        method: &needed.call.method,
        path: &needed.call.path,
        operation: needed.call.operation(),
        classic: needs.map_or_else(Vec::new, |needs| names(needs.classic)),
        api_token: needs.map_or_else(Vec::new, |needs| names(needs.granular)),
        status: needs.map(|_| match needed.removed {
            Some(_) => "removed",
            None => "current",
        }),
    })
}

/// What stands before the rows of the one object.
pub const BEGIN: &str = "{\"calls\":[";

/// What stands after them.
pub fn end(total: &Total) -> String {
    let least = Both {
        classic: names(&total.classic()),
        api_token: names(&total.granular()),
    };
    let credentials: Vec<_> = total
        .grants()
        .map(|grant| Compared {
            credential: grant.credential,
            granted: names(grant.granted),
            least: names(&grant.least),
            excess: names(&grant.excess),
            lacking: names(&grant.lacking),
        })
        .collect();
    format!(
        "\n],\"least\":{},\"credentials\":{}}}\n",
        render(&least),
        render(&credentials)
    )
}

fn names(scopes: &[Scope]) -> Vec<&'static str> {
    scopes.iter().map(|scope| scope.as_str()).collect()
}

fn render(value: &impl Serialize) -> String {
    // Strings and lists of them always serialize.
    serde_json::to_string(value).unwrap_or_default()
}
