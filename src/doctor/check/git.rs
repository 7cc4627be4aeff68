//! What git has stored for Bitbucket, and settings that lead it elsewhere.

use super::credential::{fault, words};
use crate::doctor::client::Client;
use crate::doctor::machine::{Machine, Place, Stored};
use crate::output::checkup::Finding;
use crate::tls::authority::shell;

const CHECK: &str = "git";

pub fn check(machine: &Machine, concerned: impl Fn(&[Client]) -> bool) -> Vec<Finding> {
    if !concerned(&[Client::Git]) {
        return Vec::new();
    }
    let stored = machine
        .stored
        .iter()
        .filter_map(|stored| judge(machine, stored));
    let to_ssh = machine.git.to_ssh.iter().map(|setting| over_ssh(setting));
    let unasked = machine.git.unasked.iter().map(|helper| unasked(helper));
    stored.chain(to_ssh).chain(unasked).collect()
}

fn judge(machine: &Machine, stored: &Stored) -> Option<Finding> {
    let place = match &stored.place {
        Place::Netrc(_) => return None,
        Place::GitFile(file) => shell(file),
        Place::Helper(name) => format!("its credential helper {name}"),
        Place::GitSetting(name) => format!("its setting {name}"),
    };
    let host = match &stored.host {
        Some(host) => format!(" for {host}"),
        None => " for every host".to_owned(),
    };
    let text = format!(
        "{place} gives credentials{host} ({})",
        words(&stored.credentials)
    );
    Some(match fault(stored, machine.now) {
        Some(fault) if fault.is_sure => {
            Finding::fail(CHECK, format!("{text}: {}", fault.text), fault.action)
        }
        Some(fault) => Finding::warn(CHECK, format!("{text}: {}", fault.text), fault.action),
        None => Finding::ok(CHECK, text),
    })
}

fn over_ssh(setting: &str) -> Finding {
    Finding::fail(
        CHECK,
        format!(
            "its setting {setting} turns https:// addresses of Bitbucket into SSH, which uses keys and no proxy"
        ),
        "take it out, where `git config --show-origin --get-regexp insteadof` finds it",
    )
}

fn unasked(helper: &str) -> Finding {
    Finding::ok(
        CHECK,
        format!("its credential helper {helper} was not asked: it can open a window"),
    )
}
