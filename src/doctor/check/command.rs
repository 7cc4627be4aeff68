//! Why nothing of a command would be seen: the reasons that `why401 run` gives afterwards, beforehand.

use super::no_proxy;
use crate::child::unseen::{Ended, reasons};
use crate::doctor::machine::{Command, Machine};
use crate::output::checkup::Finding;
use crate::output::clean::clean;

const CHECK: &str = "command";
/// Of a program's name.
const LONGEST: usize = 60;

pub fn check(machine: &Machine) -> Vec<Finding> {
    let Some(command) = &machine.command else {
        return Vec::new();
    };
    let program = clean(&command.program, LONGEST);
    if !command.is_found {
        return vec![missing(&program)];
    }
    let ended = ended(machine, command);
    let mut findings: Vec<Finding> = reasons(&ended).iter().map(|reason| warn(reason)).collect();
    if !machine.is_for_run() && no_proxy::leads_past(machine) {
        findings.push(Finding::warn(
            CHECK,
            format!("NO_PROXY may lead {program} past the proxy"),
            "start it by why401 run -- CMD, which takes out what does",
        ));
    }
    if findings.is_empty() {
        let text = format!("nothing is known that would keep {program} from being seen");
        findings.push(Finding::ok(CHECK, text));
    }
    findings
}

fn missing(program: &str) -> Finding {
    // What a whole line holds may be a secret, so it is not repeated.
    if program.contains(|c: char| c.is_whitespace() || ";&|<>$`=".contains(c)) {
        let text = "no program has that name; it looks like a line for a shell";
        return Finding::fail(CHECK, text, "write it so: why401 doctor -- sh -c 'LINE'");
    }
    let text = format!("there is no program {program} here");
    Finding::fail(CHECK, text, "look for a slip, or set PATH")
}

/// As if it had ended unseen.
fn ended(machine: &Machine, command: &Command) -> Ended {
    Ended {
        words: command.words.clone(),
        connects: 0,
        node: machine.runtimes.node.clone(),
        git_proxy: other_proxy(machine),
        remotes: machine.git.remotes.clone(),
    }
}

/// The setting of git that would lead it past: under `run` any does.
fn other_proxy(machine: &Machine) -> Option<String> {
    let is_other = |named: &Option<_>| {
        let named: Option<&crate::doctor::machine::Named> = named.as_ref();
        machine.is_for_run() || named.is_none_or(|named| !machine.is_ours(&named.target))
    };
    let proxies = machine.git.proxies.iter();
    let other = proxies.into_iter().find(|(_, named)| is_other(named));
    other.map(|(setting, _)| setting.clone())
}

/// A reason is `why: what to do`, or with a semicolon; one that begins with a condition is both in one.
fn warn(reason: &str) -> Finding {
    let is_conditional = reason.starts_with("if ");
    let parted = reason.split_once("; ").or_else(|| reason.split_once(": "));
    match parted.filter(|_| !is_conditional) {
        Some((why, action)) => Finding::warn(CHECK, why, action),
        None => Finding::warn(
            CHECK,
            reason,
            "start it by why401 run -- CMD, which says what went past it",
        ),
    }
}
