//! Entries of `NO_PROXY` that lead past the proxy, as any client reads them.

use super::ENVIRONMENT;
use crate::child::environment::no_proxy::matches;
use crate::doctor::client::Client;
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

const NAMES: [&str; 3] = ["NO_PROXY", "no_proxy", "npm_config_noproxy"];
/// More of them are counted, not named.
const SHOWN: usize = 3;

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

fn fault(machine: &Machine, name: &str) -> Option<Finding> {
    let list = machine.variables.text(name)?;
    let hosts = &machine.settings.hosts;
    let leads_past = |entry: &&str| hosts.iter().any(|host| matches(entry, host));
    let entries: Vec<&str> = list
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(leads_past)
        .collect();
    let more = match entries.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown: Vec<&str> = entries.iter().copied().take(SHOWN).collect();
    (!entries.is_empty()).then(|| {
        Finding::fail(
            ENVIRONMENT,
            format!(
                "{name} has {}{more}, by which some clients at least go past the proxy",
                shown.join(", ")
            ),
            format!("take it out of {name}"),
        )
    })
}
