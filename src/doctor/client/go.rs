//! Programs written in Go, on a machine that has its tools.

use super::line::line;
use super::route::by_variables;
use super::trust::Trust;
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

pub fn check(machine: &Machine) -> Vec<Finding> {
    // Upper case wins.
    let route = by_variables(machine, &["HTTPS_PROXY", "https_proxy"]);
    vec![line("go", machine, route, &Trust::of_openssl(machine))]
}
