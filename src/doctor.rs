//! `why401 doctor`: whether calls would reach the proxy and trust it, before one is made.
//!
//! [`gather`] reads this machine into a [`machine::Machine`]; every check is a function from that value to findings. Nothing is
//! changed, no credential is tried, and only proxies that the user named are spoken to.

mod check;
pub mod client;
pub mod gather;
pub mod machine;

use crate::output::checkup::Finding;
use client::Client;
use machine::Machine;

/// What one kind of thing has to say about a machine.
type Check = fn(&Machine) -> Vec<Finding>;

/// What does not depend on the client.
const GENERAL: &[Check] = &[
    check::proxy::check,
    check::ca::check,
    check::clock::check,
    check::parent::check,
];

/// In the order in which a call meets them; only what concerns `machine.client`, where one was asked for.
pub fn examine(machine: &Machine) -> Vec<Finding> {
    let general = GENERAL.iter().flat_map(|check| check(machine));
    let concerned = |client: &[Client]| machine.client.is_none_or(|asked| client.contains(&asked));
    let findings = general
        .chain(check::variables::check(machine))
        .chain(check::no_proxy::check(machine))
        .chain(check::roots::check(machine, concerned))
        .chain(check::verification::check(machine, concerned))
        .chain(check::netrc::check(machine, concerned))
        .chain(check::git::check(machine, concerned))
        .chain(client::check(machine))
        .chain(check::command::check(machine));
    let home = machine.variables.text("HOME");
    findings
        .map(|finding| finding.for_pasting(home.as_deref()))
        .collect()
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
