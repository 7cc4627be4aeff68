//! Ruby's Net::HTTP: it reads the variable for plain HTTP, for HTTPS too.

use super::line::line;
use super::route::by_variables;
use super::trust::Trust;
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

pub fn check(machine: &Machine) -> Vec<Finding> {
    let route = by_variables(machine, &["http_proxy", "HTTP_PROXY"]);
    vec![line("ruby", machine, route, &Trust::of_openssl(machine))]
}
