//! JVMs: they know neither proxy variables nor PEM files, only options and a store of their own format.

use super::line::past;
use crate::child::environment::no_proxy;
use crate::child::java::property;
use crate::doctor::machine::{Bundle, Java, Machine, Named};
use crate::host;
use crate::host::target::{Host, Target};
use crate::output::checkup::Finding;
use crate::tls::authority::shell;

/// Where JVMs find options, the later ones winning.
const OPTIONS: [&str; 3] = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"];

pub fn check(machine: &Machine) -> Vec<Finding> {
    let options = options(machine);
    let finding = route(machine, &options).unwrap_or_else(|| trust(machine, &options));
    vec![finding]
}

/// All options, as one text.
pub fn options(machine: &Machine) -> String {
    let set = OPTIONS
        .iter()
        .filter_map(|name| machine.variables.text(name));
    set.collect::<Vec<_>>().join(" ")
}

/// The proxy that options name.
pub fn proxy(options: &str) -> Option<Named> {
    let host = Host::parse(&property(options, "https.proxyHost")?).ok()?;
    let port = property(options, "https.proxyPort");
    let port = port.map_or(Some(443), |port| host::port(&port))?;
    let target = Target { host, port };
    Some(Named { target, tls: false })
}

/// Why it would not come to us.
fn route(machine: &Machine, options: &str) -> Option<Finding> {
    let Target { host, port } = machine.place();
    let lead =
        format!("export JAVA_TOOL_OPTIONS='-Dhttps.proxyHost={host} -Dhttps.proxyPort={port}'");
    let Some(named) = proxy(options) else {
        let why = "JVMs read no proxy variables, and no option names one (-Dhttps.proxyHost)";
        return Some(past("java", machine, why, lead));
    };
    if !machine.is_ours(&named.target) {
        let why = format!(
            "-Dhttps.proxyHost and -Dhttps.proxyPort name {}",
            named.target
        );
        return Some(Finding::fail(
            "java",
            format!("goes past the proxy: {why}"),
            lead,
        ));
    }
    let direct = property(options, "http.nonProxyHosts").unwrap_or_default();
    let leads_past = |entry: &&str| {
        let mut hosts = machine.settings.hosts.iter();
        !entry.is_empty() && hosts.any(|host| no_proxy::matches(entry, host))
    };
    let entry = direct.split('|').find(leads_past)?;
    Some(Finding::fail(
        "java",
        format!("goes past the proxy: -Dhttp.nonProxyHosts has {entry}"),
        "take that entry out",
    ))
}

fn trust(machine: &Machine, options: &str) -> Finding {
    let Some(java) = &machine.java else {
        return Finding::warn(
            "java",
            "goes through the proxy; its trust store was not found",
            "set JAVA_HOME",
        );
    };
    if machine.ca.root.is_none() {
        return Finding::ok("java", "goes through the proxy");
    }
    let store = shell(&java.store);
    let has_password = property(options, "javax.net.ssl.trustStorePassword").is_some();
    match &java.holds {
        Bundle::Read { ours: true, .. }
            if java.is_named && java.needs_password && !has_password =>
        {
            Finding::fail(
                "java",
                format!(
                    "goes through the proxy and sees no root in {store}: no option names its password"
                ),
                "add -Djavax.net.ssl.trustStorePassword=changeit",
            )
        }
        Bundle::Read { ours: true, .. } => Finding::ok(
            "java",
            format!("goes through the proxy and trusts the CA ({store})"),
        ),
        Bundle::Read { ours: false, .. } => Finding::fail(
            "java",
            format!("goes through the proxy and does not trust the CA: its root is not in {store}"),
            remedy(machine, java),
        ),
        Bundle::Missing | Bundle::Unreadable(_) => Finding::fail(
            "java",
            format!("goes through the proxy, but its trust store {store} cannot be read"),
            "name one that is made by why401 ca export --format p12 --out why401.p12",
        ),
    }
}

fn remedy(machine: &Machine, java: &Java) -> String {
    match java.is_named {
        false => machine.trust_in("java"),
        true => format!(
            "keytool -importcert -alias why401 -file {} -keystore {}",
            machine.root(),
            shell(&java.store)
        ),
    }
}
