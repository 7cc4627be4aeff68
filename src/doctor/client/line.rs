//! One line about a client: where it goes, and whom it trusts.

use super::route::Route;
use super::trust::{Source, Trust};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

/// What is said of a client that goes this way and reads these roots.
pub fn line(check: &'static str, machine: &Machine, route: Route, trust: &Trust) -> Finding {
    let by = trust.by(machine).map(Source::words);
    // Without a CA nothing can trust it; its own check says so.
    let is_known = machine.ca.root.is_some();
    match (route, by) {
        (Route::OnlyThis { why, remedy }, _) => past(check, machine, &why, remedy),
        (Route::ToUs, Some(by)) => Finding::ok(
            check,
            format!("goes through the proxy and trusts the CA ({by})"),
        ),
        (Route::Past, Some(by)) => Finding::ok(check, format!("trusts the CA ({by})")),
        (Route::ToUs, None) if !is_known => Finding::ok(check, "goes through the proxy"),
        (Route::Past, None) if !is_known => Finding::warn(
            check,
            "its trust cannot be told before there is a CA, which the first start makes",
            "why401 serve",
        ),
        (Route::ToUs, None) => Finding::fail(
            check,
            format!(
                "goes through the proxy and does not trust the CA: its root is not in {}",
                places(trust)
            ),
            trust.remedy(machine),
        ),
        (Route::Past, None) => Finding::warn(
            check,
            format!(
                "does not trust the CA: its root is not in {}",
                places(trust)
            ),
            trust.remedy(machine),
        ),
    }
}

/// It matters to who asked for this client; else it may be one that nobody uses.
pub fn past(check: &'static str, machine: &Machine, why: &str, remedy: String) -> Finding {
    let text = format!("goes past the proxy: {why}");
    match machine.client {
        Some(_) => Finding::fail(check, text, remedy),
        None => Finding::warn(check, text, remedy),
    }
}

fn places(trust: &Trust) -> String {
    let words: Vec<&str> = trust.sources.iter().map(Source::words).collect();
    words.join(" or ")
}
