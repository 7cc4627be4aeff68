//! Whether the local CA can be used, for how long, and for which hosts.

use super::failed;
use crate::doctor::machine::Machine;
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
    if let Some(fault) = &ca.fault {
        return vec![failed(CHECK, fault)];
    }
    let mut findings: Vec<Finding> = ca.outside.iter().map(|line| failed(CHECK, line)).collect();
    if findings.is_empty() {
        findings.push(lasting(machine));
    }
    findings
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
