//! What runs on another machine, in a container, or is a browser.

use super::{PEM, ROOTS, Tool};
use crate::output::onboarding::{Facts, Visit, pac};

/// Of [`Facts::variables`], those that jobs and images of all kinds read.
const COMMON: [&str; 5] = [
    "HTTPS_PROXY",
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "GIT_SSL_CAINFO",
];

pub fn tools(facts: &Facts, visit: Visit) -> Vec<Tool> {
    vec![docker(visit), jenkins(visit), browser(facts, visit)]
}

fn docker(visit: Visit) -> Tool {
    let proxy = visit.proxy;
    let is_local = proxy.ip().is_loopback();
    let network = if is_local { " --network host" } else { "" };
    let [first, roots @ ..] = COMMON;
    let roots = roots
        .map(|name| format!(" \\\n  -e {name}=/{ROOTS}"))
        .concat();
    let lines = format!(
        "docker run --rm{network} -e {first}=http://{proxy}{roots} \\\n  -v \"$PWD/{ROOTS}:/{ROOTS}:ro\" IMAGE"
    );
    let note = match is_local {
        true => {
            "In a container 127.0.0.1 is the container. Without --network host it reaches me only when I am \
             started with --listen and --allow-client for its network."
        }
        false => "Set them when a container starts; in an image they would outlive the proxy.",
    };
    Tool::new("Docker", lines).note(note)
}

fn jenkins(visit: Visit) -> Tool {
    let (host, port) = (visit.proxy.ip(), visit.proxy.port());
    let [first, roots @ ..] = COMMON;
    let roots = roots
        .map(|name| format!("    {name} = \"${{WORKSPACE}}/{ROOTS}\"\n"))
        .concat();
    let lines = format!(
        "environment {{\n    {first} = 'http://{}'\n{roots}}}",
        visit.proxy
    );
    Tool::new("Jenkins", lines).note(format!(
        "In a declarative pipeline, with the two files in the workspace. The controller has a setting of its own: \
         Manage Jenkins, System, HTTP Proxy Configuration, server {host}, port {port}; its JVM trusts the CA by the \
         store for Java."
    ))
}

fn browser(facts: &Facts, visit: Visit) -> Tool {
    let lines = format!(
        "certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n why401 -i {PEM}\n\
         chromium --proxy-pac-url={}",
        pac::address(visit)
    );
    Tool::new("Browsers", lines).note(format!(
        "For Chromium on Linux. In all others the address in the second line is the automatic proxy configuration \
         (PAC) of their settings, which leads {} through me; the CA goes into their list of authorities.",
        facts.hosts()
    ))
}
