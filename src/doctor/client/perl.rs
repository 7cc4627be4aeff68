//! Perl's LWP: no proxy without its own switch.

use super::line::{line, past};
use super::route::by_variables;
use super::trust::{Trust, named};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

pub fn check(machine: &Machine) -> Vec<Finding> {
    if !machine.has_lwp {
        return Vec::new();
    }
    if machine.variables.get("PERL_LWP_ENV_PROXY").is_none() {
        let why = "LWP reads proxy variables only with PERL_LWP_ENV_PROXY=1";
        return vec![past(
            "perl",
            machine,
            why,
            "export PERL_LWP_ENV_PROXY=1".into(),
        )];
    }
    let own = ["PERL_LWP_SSL_CA_FILE", "HTTPS_CA_FILE"];
    let trust = match own.into_iter().find_map(|name| named(machine, name)) {
        Some(own) => Trust {
            sources: vec![own],
            variable: "PERL_LWP_SSL_CA_FILE",
            adds: false,
        },
        None => Trust::of_openssl(machine),
    };
    let route = by_variables(machine, &["https_proxy", "HTTPS_PROXY"]);
    vec![line("perl", machine, route, &trust)]
}
