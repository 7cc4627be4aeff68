//! Whether the local CA can be used, for how long, and for which hosts.

use super::failed;
use crate::doctor::machine::{Answer, Machine};
use crate::output::checkup::Finding;
use crate::tls::authority::{notice, shell};

const CHECK: &str = "ca";

pub fn check(machine: &Machine) -> Vec<Finding> {
    if machine.is_for_run() {
        return vec![Finding::ok(
            CHECK,
            "why401 run makes one that only its command trusts",
        )];
    }
    let ca = &machine.ca;
    if ca.is_absent {
        return vec![absent(machine)];
    }
    if let Some(fault) = &ca.fault {
        return vec![failed(CHECK, fault)];
    }
    let mut findings: Vec<Finding> = ca.outside.iter().map(|line| failed(CHECK, line)).collect();
    if findings.is_empty() {
        findings.push(lasting(machine));
    }
    findings
}

/// Its folder is a setting: the proxy that answers may have been given another one.
fn absent(machine: &Machine) -> Finding {
    let (folder, place) = (shell(&machine.settings.ca_folder), machine.place());
    match machine.answer(&place) {
        Answer::Why401 => Finding::fail(
            CHECK,
            format!("the CA of the why401 at {place} is not in {folder}"),
            "name its folder, which why401 serve says at its start: why401 doctor --ca-dir DIR",
        ),
        _ => Finding::ok(
            CHECK,
            format!("none in {folder} yet: the first start of why401 serve makes it"),
        ),
    }
}

fn lasting(machine: &Machine) -> Finding {
    let folder = shell(&machine.settings.ca_folder);
    let Some(ends) = machine.ca.ends else {
        return Finding::ok(CHECK, format!("the CA in {folder} can be used"));
    };
    let (date, hosts) = (ends.date(), machine.settings.hosts.join(", "));
    let soon = notice(
        &machine.settings.ca_folder,
        ends,
        machine.ca.next,
        machine.now,
    );
    if let Some(soon) = soon {
        return Finding::warn(CHECK, soon.what, soon.command);
    }
    Finding::ok(
        CHECK,
        format!("the CA in {folder} is private, signs for {hosts}, and is good until {date}"),
    )
}
