//! What the lines do not do, on standard error.

use super::lines::{JVM_OPTIONS, Request};
use super::place::Place;
use crate::child::environment::{Plan, no_proxy};
use crate::child::variables::Variables;
use crate::cli::output::say;
use std::ffi::OsStr;

pub fn tell(request: &Request<'_>, user: &Variables, plan: &Plan) {
    let notes = [
        no_proxy::said(&plan.taken_out, "these lines"),
        own_proxy(request, user),
        wget(user, plan),
        own_options(request, user, plan),
    ];
    for note in notes.into_iter().flatten() {
        say(&note);
    }
}

/// Its value may hold a password.
fn own_proxy(request: &Request<'_>, user: &Variables) -> Option<String> {
    let names = ["https_proxy", "HTTPS_PROXY"];
    let name = names.into_iter().find(|name| user.get(name).is_some())?;
    if user.text(name)?.trim_end_matches('/') == request.address.to_string() {
        return None;
    }
    Some(format!(
        "{name}: the proxy that was set there is asked by why401 serve alone, if that was started with the same variable or with --parent-proxy"
    ))
}

fn wget(user: &Variables, plan: &Plan) -> Option<String> {
    if is_set(plan, "WGETRC") {
        return None;
    }
    user.find(OsStr::new("wget"))?;
    let (_, roots) = plan.set.iter().find(|(name, _)| *name == "SSL_CERT_FILE")?;
    Some(format!(
        "wget reads its own settings file; add to it: ca_certificate = {}",
        roots.display()
    ))
}

fn own_options(request: &Request<'_>, user: &Variables, plan: &Plan) -> Option<String> {
    let are_lost = user.get(JVM_OPTIONS).is_some() && is_set(plan, JVM_OPTIONS);
    let is_shell = !matches!(request.place, Place::Asking) || request.format.refers();
    (are_lost && !is_shell).then(|| {
        format!("{JVM_OPTIONS}: its own options are left out, for they may hold a password; add them where the lines go")
    })
}

fn is_set(plan: &Plan, name: &str) -> bool {
    plan.set.iter().any(|(set, _)| *set == name)
}
