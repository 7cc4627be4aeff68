//! Node: no proxy without its own switch, roots of its own, and a variable that adds to them.

use super::line::{line, past};
use super::route::by_variables;
use super::trust::{Source, Trust, named};
use crate::child::unseen::runtime::node_reads_proxies;
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

const SWITCH: &str = "--use-env-proxy";

pub fn check(machine: &Machine) -> Vec<Finding> {
    let Some(version) = machine.runtimes.node.as_deref() else {
        return Vec::new();
    };
    let options = machine.variables.text("NODE_OPTIONS").unwrap_or_default();
    let has_option = |name: &str| options.split_whitespace().any(|option| option == name);
    let knows_proxy = node_reads_proxies(version).unwrap_or_default();
    if has_option(SWITCH) && !knows_proxy {
        return vec![Finding::fail(
            "node",
            format!(
                "Node {version} does not start at all: NODE_OPTIONS has {SWITCH}, which it does not know"
            ),
            "unset NODE_OPTIONS",
        )];
    }
    if !knows_proxy {
        let why =
            format!("Node {version} reads no proxy variables, only libraries such as axios do");
        let remedy = "use Node 24, with NODE_USE_ENV_PROXY=1".to_owned();
        return vec![past("node", machine, &why, remedy)];
    }
    let is_on = machine.variables.text("NODE_USE_ENV_PROXY").as_deref() == Some("1");
    if !is_on && !has_option(SWITCH) {
        let why = "it reads proxy variables only with NODE_USE_ENV_PROXY=1";
        return vec![past(
            "node",
            machine,
            why,
            "export NODE_USE_ENV_PROXY=1".into(),
        )];
    }
    let route = by_variables(machine, &["https_proxy", "HTTPS_PROXY"]);
    let uses_system = has_option("--use-system-ca")
        || machine.variables.text("NODE_USE_SYSTEM_CA").as_deref() == Some("1");
    let trust = trust(machine, has_option("--use-openssl-ca"), uses_system);
    vec![line("node", machine, route, &trust)]
}

fn trust(machine: &Machine, uses_openssl: bool, uses_system: bool) -> Trust {
    let added = named(machine, "NODE_EXTRA_CA_CERTS");
    let others = match (uses_openssl, uses_system) {
        (true, _) => Trust::of_openssl(machine).sources,
        (false, true) => vec![Source::System],
        (false, false) => vec![Source::BuiltIn("the roots that Node comes with")],
    };
    Trust {
        sources: added.into_iter().chain(others).collect(),
        variable: "NODE_EXTRA_CA_CERTS",
        adds: true,
    }
}
