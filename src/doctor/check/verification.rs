//! Switches that turn the verification of certificates off: calls work, and tokens go to whoever answers.

use super::ENVIRONMENT;
use crate::doctor::client::Client::{self, *};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;

/// A variable, its reader, and the value that does it; `None` for any.
const SWITCHES: [(&str, Client, Option<&str>); 4] = [
    ("NODE_TLS_REJECT_UNAUTHORIZED", Node, Some("0")),
    ("GIT_SSL_NO_VERIFY", Git, None),
    ("PYTHONHTTPSVERIFY", Python, Some("0")),
    ("PERL_LWP_SSL_VERIFY_HOSTNAME", Perl, Some("0")),
];

pub fn check(machine: &Machine, concerned: impl Fn(&[Client]) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, client, value) in SWITCHES {
        let set = machine.variables.text(name);
        let is_on = set.is_some_and(|set| value.is_none_or(|value| set == value));
        if is_on && concerned(&[client]) {
            findings.push(off(ENVIRONMENT, client, name, format!("unset {name}")));
        }
    }
    if let Some(setting) = machine
        .git
        .unverified
        .as_deref()
        .filter(|_| concerned(&[Git]))
    {
        findings.push(off(
            "git",
            Git,
            setting,
            format!("git config --global --unset {setting}"),
        ));
    }
    findings
}

fn off(check: &'static str, client: Client, name: &str, action: String) -> Finding {
    let client = client.name();
    let text =
        format!("{name} lets {client} trust every certificate: tokens go to whoever answers");
    Finding::warn(check, text, action)
}
