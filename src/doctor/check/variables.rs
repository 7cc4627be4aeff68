//! The variables that name a proxy: whether they lead to ours, all of them.

use super::ENVIRONMENT;
use crate::doctor::client::Client;
use crate::doctor::machine::{Answer, Machine, Named};
use crate::output::checkup::Finding;
use crate::tls::authority::shell;
use std::fmt::Write as _;

/// Those that lead calls over TLS.
const NAMES: [&str; 2] = ["HTTPS_PROXY", "https_proxy"];

/// Where `why401 env` leads when nothing else is said.
const USUAL: u16 = 8401;

pub fn check(machine: &Machine) -> Vec<Finding> {
    let concerns = machine.client.is_none_or(Client::reads_proxy_variables);
    // `run` sets them itself, and what they named becomes its parent.
    if !concerns || machine.is_for_run() {
        return Vec::new();
    }
    let set: Vec<&str> = NAMES
        .into_iter()
        .filter(|name| machine.variables.get(name).is_some())
        .collect();
    if set.is_empty() {
        return vec![unset(machine)];
    }
    let mut findings: Vec<Finding> = set.iter().filter_map(|name| fault(machine, name)).collect();
    if findings.is_empty() {
        findings.push(Finding::ok(
            ENVIRONMENT,
            format!(
                "{} {} to it",
                set.join(" and "),
                if set.len() == 1 { "leads" } else { "lead" }
            ),
        ));
    }
    findings
}

fn unset(machine: &Machine) -> Finding {
    Finding::fail(
        ENVIRONMENT,
        "neither HTTPS_PROXY nor https_proxy is set, so that clients of this shell go past the proxy",
        lead(machine),
    )
}

/// What leads this shell's clients to the proxy, and has them trust it.
fn lead(machine: &Machine) -> String {
    let mut command = String::from("why401 env");
    let place = machine.place();
    if place.port != USUAL {
        let _ = write!(command, " --proxy http://{place}");
    }
    if machine.settings.is_other_folder {
        let _ = write!(command, " --ca-dir {}", shell(&machine.settings.ca_folder));
    }
    let fish = machine.variables.text("SHELL");
    match fish.is_some_and(|shell| shell.ends_with("/fish")) {
        true => format!("{command} | source"),
        false => format!("eval \"$({command})\""),
    }
}

fn fault(machine: &Machine, name: &str) -> Option<Finding> {
    let fail = |text| Some(Finding::fail(ENVIRONMENT, text, lead(machine)));
    let Some(Named { target, tls }) = machine.named(name) else {
        return fail(format!("{name} is not the address of an HTTP proxy"));
    };
    match (machine.is_ours(&target), tls) {
        (true, false) => None,
        (true, true) => fail(format!(
            "{name} begins with https://, which asks for TLS to the proxy itself; why401 speaks plain HTTP there"
        )),
        (false, _) if machine.answer(&target) == Answer::Nobody => {
            fail(format!("{name} names {target}, where nothing answers"))
        }
        (false, _) => fail(format!(
            "{name} leads to {target}, past why401{}",
            other(machine, name)
        )),
    }
}

/// The two spellings at odds: which client follows which.
fn other(machine: &Machine, name: &str) -> String {
    let is_ours = |other: &&&str| {
        let named = machine.named(other);
        **other != name && named.is_some_and(|named| machine.is_ours(&named.target))
    };
    let followers = match name {
        "https_proxy" => "curl, git, wget and Python follow it",
        _ => "Go follows it",
    };
    match NAMES.iter().find(is_ours) {
        Some(other) => format!(", while {other} leads to it: {followers}"),
        None => String::new(),
    }
}
