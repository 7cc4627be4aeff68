//! Variables that name a file of roots which cannot be read: their clients verify nothing at all.

use super::ENVIRONMENT;
use crate::doctor::client::Client::{self, *};
use crate::doctor::machine::{Bundle, Machine};
use crate::output::checkup::Finding;
use crate::tls::authority::shell;

/// Each with its readers; with those that only add to roots, a missing file is no more than missing.
pub const VARIABLES: [(&str, &[Client], bool); 14] = [
    (
        "SSL_CERT_FILE",
        &[Curl, Wget, Python, Deno, Go, Ruby, Cargo, Node],
        false,
    ),
    ("SSL_CERT_DIR", &[Curl, Python, Go, Ruby], false),
    ("CURL_CA_BUNDLE", &[Curl, Python], false),
    ("REQUESTS_CA_BUNDLE", &[Python], false),
    ("PIP_CERT", &[Python], false),
    ("AWS_CA_BUNDLE", &[], false),
    ("GIT_SSL_CAINFO", &[Git], false),
    ("GIT_SSL_CAPATH", &[Git], false),
    ("CARGO_HTTP_CAINFO", &[Cargo], false),
    ("PERL_LWP_SSL_CA_FILE", &[Perl], false),
    ("HTTPS_CA_FILE", &[Perl], false),
    ("npm_config_cafile", &[Node], false),
    ("NODE_EXTRA_CA_CERTS", &[Node, Deno], true),
    ("DENO_CERT", &[Deno], true),
];

pub fn check(machine: &Machine, concerned: impl Fn(&[Client]) -> bool) -> Vec<Finding> {
    let of_client = VARIABLES
        .into_iter()
        .filter(|(_, clients, _)| concerned(clients));
    of_client
        .filter_map(|(name, _, adds)| fault(machine, name, adds))
        .collect()
}

fn fault(machine: &Machine, name: &str, adds: bool) -> Option<Finding> {
    let path = machine.variables.path(name)?;
    let file = shell(path);
    let text = match machine.bundle(path) {
        Bundle::Read { .. } => return None,
        Bundle::Missing => format!("{name} names {file}, which does not exist"),
        Bundle::Unreadable(why) => format!("{name} names {file}, which cannot be read: {why}"),
    };
    let action = format!("name a file that is there, or unset {name}");
    // `run` warns of it and goes on without.
    Some(match adds || machine.is_for_run() {
        true => Finding::warn(ENVIRONMENT, text, action),
        false => Finding::fail(ENVIRONMENT, text, action),
    })
}
