//! Whether a client would come to the proxy, by what leads it.

use crate::doctor::check::no_proxy;
use crate::doctor::machine::{Machine, Named};

/// Where the calls of a client go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    ToUs,
    /// Past us, for a reason that another check names already.
    Past,
    /// Past us, for a reason of this client alone: why, and what leads it here.
    OnlyThis {
        why: String,
        remedy: String,
    },
}

/// The client follows the first of these variables that is set.
pub fn by_variables(machine: &Machine, names: &[&str]) -> Route {
    let set = names
        .iter()
        .find(|name| machine.variables.get(name).is_some());
    match set {
        Some(name) => unless_listed(machine, to(machine, machine.named(name))),
        // Where none at all is set, one line says so for all clients.
        None if is_unset(machine) => Route::Past,
        None => only_this(machine, names),
    }
}

/// A list that leads some clients past us may lead this one.
pub fn unless_listed(machine: &Machine, route: Route) -> Route {
    match route {
        Route::ToUs if no_proxy::leads_past(machine) => Route::Past,
        route => route,
    }
}

/// The client goes to this proxy.
pub fn to(machine: &Machine, named: Option<Named>) -> Route {
    match named {
        Some(named) if machine.is_ours(&named.target) && !named.tls => Route::ToUs,
        _ => Route::Past,
    }
}

/// Neither spelling of the usual variable.
pub fn is_unset(machine: &Machine) -> bool {
    let is_set = |name| machine.variables.get(name).is_some();
    !is_set("HTTPS_PROXY") && !is_set("https_proxy")
}

fn only_this(machine: &Machine, names: &[&str]) -> Route {
    let name = names.first().copied().unwrap_or_default();
    Route::OnlyThis {
        why: match names {
            [one] => format!("{one}, the one that it reads, is not set"),
            all => format!("none is set of those that it reads: {}", all.join(", ")),
        },
        remedy: format!("export {name}=http://{}", machine.place()),
    }
}
