//! The PAC file: which hosts a browser asks through the proxy.

use super::{Facts, HOST, Visit};
use std::fmt::Write;

/// Where every client of the proxy can read it, without going through the proxy.
pub(super) fn address(visit: Visit) -> String {
    format!("http://{}/proxy.pac", visit.proxy)
}

/// The hosts that the proxy opens, and its own, whatever the port; everything else goes its own way.
///
/// In the JavaScript of the first engines, and without a second choice for these hosts: when the proxy is gone, that
/// must not look as if there was nothing to say.
pub fn render(facts: &Facts, visit: Visit) -> String {
    let mut hosts: Vec<&str> = facts
        .hosts
        .iter()
        .map(|pattern| pattern.host.as_str())
        .collect();
    hosts.push(HOST);
    hosts.dedup();
    let mut text = "// why401: only these hosts go through the proxy.\n\
                    function FindProxyForURL(url, host) {\n\
                    \x20 var name = host.toLowerCase().replace(/\\.$/, \"\");\n"
        .to_owned();
    for host in hosts {
        let _ = writeln!(
            text,
            "  if (name === \"{host}\") return \"PROXY {}\";",
            visit.proxy
        );
    }
    text + "  return \"DIRECT\";\n}\n"
}
