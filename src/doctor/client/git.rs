//! git over HTTPS: its own settings win over the proxy variables, and OpenSSL's variables do not count.

use super::line::{line, past};
use super::route::{self, Route};
use super::trust::{Source, Trust, named};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

/// Where git calls.
const HOST: &str = "bitbucket.org";

pub fn check(machine: &Machine) -> Vec<Finding> {
    if !machine.settings.hosts.iter().any(|host| host == HOST) {
        let why =
            format!("{HOST} is not among the hosts that are opened, as far as these settings say");
        let remedy = format!(
            "start it with why401 serve --intercept {HOST}, and give doctor the same flags"
        );
        return vec![past("git", machine, &why, remedy)];
    }
    vec![line("git", machine, route(machine), &trust(machine))]
}

fn route(machine: &Machine) -> Route {
    let Some((setting, named)) = machine.git.proxies.first() else {
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
        return route::by_variables(machine, &names);
    };
    match route::to(machine, named.clone()) {
        Route::ToUs => route::unless_listed(machine, Route::ToUs),
        _ => Route::OnlyThis {
            why: format!("its setting {setting} names another proxy, and wins over the variables"),
            remedy: format!(
                "take it out: git config --unset {setting}, where `git config --show-origin {setting}` finds it"
            ),
        },
    }
}

/// A folder of roots adds to the file.
fn trust(machine: &Machine) -> Trust {
    let setting = |name, path: &Option<_>| Some(Source::Named(name, path.clone()?));
    let file = named(machine, "GIT_SSL_CAINFO")
        .or_else(|| setting("http.sslCAInfo", &machine.git.ca_info))
        .unwrap_or(Source::System);
    let folder = named(machine, "GIT_SSL_CAPATH")
        .or_else(|| setting("http.sslCAPath", &machine.git.ca_path));
    Trust {
        sources: [Some(file), folder].into_iter().flatten().collect(),
        variable: "GIT_SSL_CAINFO",
        adds: false,
    }
}
