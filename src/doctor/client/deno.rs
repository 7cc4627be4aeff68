//! Deno: roots of its own, and two variables that add to them.

use super::line::line;
use super::route::by_variables;
use super::trust::{Source, Trust, named};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

pub fn check(machine: &Machine) -> Vec<Finding> {
    let stores = machine.variables.text("DENO_TLS_CA_STORE");
    let uses_system = stores.is_some_and(|stores| stores.split(',').any(|store| store == "system"));
    let others = match uses_system {
        true => Trust::of_openssl(machine).sources,
        false => vec![Source::BuiltIn("the roots that Deno comes with")],
    };
    let added = ["DENO_CERT", "NODE_EXTRA_CA_CERTS"];
    let added = added.into_iter().filter_map(|name| named(machine, name));
    let trust = Trust {
        sources: added.chain(others).collect(),
        variable: "DENO_CERT",
        adds: true,
    };
    let route = by_variables(machine, &["https_proxy", "HTTPS_PROXY"]);
    vec![line("deno", machine, route, &trust)]
}
