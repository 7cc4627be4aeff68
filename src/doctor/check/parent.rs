//! The proxy between ours and the origins.

use super::failed;
use crate::doctor::machine::{Answer, Machine, Parent, is_same};
use crate::output::checkup::Finding;

const CHECK: &str = "parent";
/// RFC 9110 15.5.8.
const WANTS_CREDENTIALS: u16 = 407;

pub fn check(machine: &Machine) -> Vec<Finding> {
    if let Some(fault) = &machine.settings.bad_parent {
        return vec![failed(CHECK, fault)];
    }
    machine
        .parent
        .iter()
        // What `why401 env` gave this shell is no parent of the proxy that it leads to.
        .filter(|parent| {
            !(parent.answer == Answer::Why401 && is_same(&parent.named.target, &machine.place()))
        })
        .map(|parent| judge(machine, parent))
        .collect()
}

fn judge(machine: &Machine, parent: &Parent) -> Finding {
    let place = &parent.named.target;
    let listen = &machine.settings.listen;
    match parent.answer {
        Answer::Nobody => Finding::fail(
            CHECK,
            format!("nothing answers at {place}, the parent proxy"),
            "name the right one with --parent-proxy URL, or --parent-proxy none",
        ),
        Answer::Why401 if place.port == listen.port => Finding::warn(
            CHECK,
            format!(
                "{place} may be this very proxy under another name: its calls would go in a circle"
            ),
            "--parent-proxy none, or the URL of the real one",
        ),
        Answer::Other(WANTS_CREDENTIALS) if !parent.has_credentials => Finding::fail(
            CHECK,
            format!("{place} asks for credentials of its own, and none are named (407)"),
            "--parent-proxy http://USER:PASSWORD@HOST:PORT",
        ),
        Answer::Other(WANTS_CREDENTIALS) => Finding::ok(
            CHECK,
            format!("{place} answers and asks for credentials, which are named (not tried)"),
        ),
        Answer::Why401 | Answer::Other(_) | Answer::Mute => Finding::ok(
            CHECK,
            format!("{place} answers, and origins are reached through it"),
        ),
    }
}
