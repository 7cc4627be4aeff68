//! The query of a call.

use crate::sandbox::call::Call;
use crate::sandbox::operations;

/// The first value of a name, decoded; empty where it has none.
pub(super) fn value(call: &Call, name: &str) -> Option<String> {
    values(call, name).into_iter().next()
}

/// All values of a name: some may be given more than once.
pub(super) fn values(call: &Call, name: &str) -> Vec<String> {
    let query = call.query.as_deref().unwrap_or_default();
    let found = pairs(query).filter(|(found, _)| *found == name);
    found
        .map(|(_, value)| operations::decode(&value.replace('+', " ")).unwrap_or_default())
        .collect()
}

/// The query without some names, as it came.
pub(super) fn without(call: &Call, names: &[&str]) -> String {
    let query = call.query.as_deref().unwrap_or_default();
    let kept = pairs(query).filter(|(found, _)| !names.contains(found) && !found.is_empty());
    let kept: Vec<_> = kept
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    kept.join("&")
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}
