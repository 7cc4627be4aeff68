//! wget: lower case only, and a file of settings.

use super::line::line;
use super::route::{Route, by_variables};
use super::trust::{Source, Trust};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

pub fn check(machine: &Machine) -> Vec<Finding> {
    let route = match &machine.wgetrc.proxy {
        Some(named) if machine.is_ours(&named.target) => Route::ToUs,
        Some(_) => Route::OnlyThis {
            why: "its wgetrc names another proxy (https_proxy), which wins over the variable"
                .into(),
            remedy: "take that line out of the wgetrc".into(),
        },
        None => by_variables(machine, &["https_proxy"]),
    };
    let trust = trust(machine);
    let mut finding = line("wget", machine, route, &trust);
    let needs_setting = finding.action.as_deref() == Some(&*trust.remedy(machine));
    if needs_setting && machine.wgetrc.certificate.is_some() {
        let root = machine.root();
        finding.action = Some(format!("name {root} there instead"));
    }
    vec![finding]
}

fn trust(machine: &Machine) -> Trust {
    let own = machine.wgetrc.certificate.clone();
    let own = own.map(|path| Source::Named("ca_certificate of its wgetrc", path));
    match own {
        Some(own) => Trust {
            sources: vec![own],
            variable: "",
            adds: false,
        },
        None if machine.runtimes.wget_has_openssl => Trust::of_openssl(machine),
        // GnuTLS reads the system's roots and no variable.
        None => Trust {
            sources: vec![Source::System],
            variable: "",
            adds: false,
        },
    }
}
