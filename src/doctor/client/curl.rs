//! curl, and cargo, which calls by libcurl.

use super::line::line;
use super::route::by_variables;
use super::trust::{Source, Trust, named};
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;
use crate::tls::authority::shell;
use std::path::Path;

/// Lower case wins.
const PROXY: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

pub fn check(machine: &Machine) -> Vec<Finding> {
    let route = by_variables(machine, &PROXY);
    let line = line("curl", machine, route, &trust(machine));
    let settings = machine.curlrc.as_ref();
    let settings = settings.map(|(file, names)| settings_win(file, names));
    [Some(line), settings].into_iter().flatten().collect()
}

fn settings_win(file: &Path, names: &[String]) -> Finding {
    let file = shell(file);
    Finding::warn(
        "curl",
        format!(
            "{file} has {}, which wins over what is said here of variables",
            names.join(", ")
        ),
        format!("take it out of {file}, or start curl with -q"),
    )
}

/// The first that is set counts, and the folder does so before the file (measured with 7.88).
fn trust(machine: &Machine) -> Trust {
    let bundle = named(machine, "CURL_CA_BUNDLE");
    let folder = || named(machine, "SSL_CERT_DIR");
    let file = || named(machine, "SSL_CERT_FILE");
    Trust {
        sources: vec![
            bundle
                .or_else(folder)
                .or_else(file)
                .unwrap_or(Source::System),
        ],
        variable: "CURL_CA_BUNDLE",
        adds: false,
    }
}

pub fn cargo(machine: &Machine) -> Vec<Finding> {
    let proxy = ["CARGO_HTTP_PROXY", PROXY[0], PROXY[1], PROXY[2], PROXY[3]];
    let trust = Trust::replaced(
        machine,
        &["CARGO_HTTP_CAINFO", "SSL_CERT_FILE"],
        Source::System,
    );
    vec![line(
        "cargo",
        machine,
        by_variables(machine, &proxy),
        &trust,
    )]
}
