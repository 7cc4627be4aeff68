//! Entries of `~/.netrc` for Bitbucket, which some clients send in place of what a program says.

use super::credential::{fault, words};
use crate::doctor::client::Client::{self, Git, Python, Wget};
use crate::doctor::machine::{Machine, Place, Stored};
use crate::output::checkup::Finding;
use crate::tls::authority::shell;

const CHECK: &str = "netrc";

pub fn check(machine: &Machine, concerned: impl Fn(&[Client]) -> bool) -> Vec<Finding> {
    if !concerned(&[Python, Git, Wget]) {
        return Vec::new();
    }
    let stored = machine.stored.iter();
    stored
        .filter_map(|stored| match &stored.place {
            Place::Netrc(file) => Some(judge(machine, stored, &shell(file))),
            _ => None,
        })
        .collect()
}

fn judge(machine: &Machine, stored: &Stored, file: &str) -> Finding {
    let entry = match &stored.host {
        Some(host) => format!("{file} has an entry for {host}"),
        None => format!("{file} has a default entry, which is for every host"),
    };
    let words = words(&stored.credentials);
    match fault(stored, machine.now) {
        Some(fault) if fault.is_sure => Finding::fail(
            CHECK,
            format!("{entry} ({words}): {}", fault.text),
            fault.action,
        ),
        Some(fault) => Finding::warn(
            CHECK,
            format!("{entry} ({words}): {}", fault.text),
            fault.action,
        ),
        None => Finding::warn(
            CHECK,
            format!(
                "{entry} ({words}): git and wget send it, and Python's requests even in place of an Authorization that its program sets"
            ),
            "if a program sets its own, let it set Session.trust_env = False, or take the entry out",
        ),
    }
}
