//! Entries of `NO_PROXY` that lead past the proxy, as any client reads them.

use super::ENVIRONMENT;
use crate::child::environment::no_proxy::split;
use crate::doctor::client::Client;
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;
use crate::tls::authority::shell;
use std::path::Path;

const NAMES: [&str; 3] = ["NO_PROXY", "no_proxy", "npm_config_noproxy"];
/// More of them are counted, not named.
const SHOWN: usize = 3;
/// A list longer than this is not repeated.
const LONGEST: usize = 200;

pub fn check(machine: &Machine) -> Vec<Finding> {
    let concerns = machine.client.is_none_or(Client::reads_proxy_variables);
    // `run` takes them out itself.
    if !concerns || machine.is_for_run() {
        return Vec::new();
    }
    NAMES
        .into_iter()
        .filter_map(|name| fault(machine, name))
        .collect()
}

/// Whether a list that every client reads leads some of them past the proxy.
pub fn leads_past(machine: &Machine) -> bool {
    ["NO_PROXY", "no_proxy"].into_iter().any(|name| {
        let list = machine.variables.text(name);
        list.is_some_and(|list| {
            !split([&*list], &machine.settings.hosts)
                .taken_out
                .is_empty()
        })
    })
}

fn fault(machine: &Machine, name: &str) -> Option<Finding> {
    let list = machine.variables.text(name)?;
    let hosts = &machine.settings.hosts;
    let list = split([&*list], hosts);
    let more = match list.taken_out.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown: Vec<&str> = list
        .taken_out
        .iter()
        .map(String::as_str)
        .take(SHOWN)
        .collect();
    (!shown.is_empty()).then(|| {
        Finding::fail(
            ENVIRONMENT,
            format!(
                "{name} has {}{more}, by which some clients at least go past the proxy",
                shown.join(", ")
            ),
            without(name, &list.kept),
        )
    })
}

/// Sets the variable to what may stay.
fn without(name: &str, kept: &[String]) -> String {
    let kept = kept.join(",");
    match kept.len() {
        0..=LONGEST => format!("export {name}={}", shell(Path::new(&kept))),
        _ => format!("take it out of {name}"),
    }
}
