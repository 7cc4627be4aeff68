//! Perl's LWP: no proxy without its own switch.

use super::line::{line, past};
use super::route::by_variables;
use super::trust::{Source, Trust};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

pub fn check(machine: &Machine) -> Vec<Finding> {
    if !machine.runtimes.has_lwp {
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
    // OpenSSL's variables do not count: LWP names a file itself (measured with 6.68 on Debian).
    let own = ["PERL_LWP_SSL_CA_FILE", "HTTPS_CA_FILE"];
    let trust = Trust::replaced(machine, &own, Source::System);
    let route = by_variables(machine, &["https_proxy", "HTTPS_PROXY"]);
    vec![line("perl", machine, route, &trust)]
}
