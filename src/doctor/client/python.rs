//! Python: what verifies by OpenSSL's roots, and the libraries with roots of their own.

use super::line::line;
use super::route::by_variables;
use super::trust::{Source, Trust, named};
use crate::doctor::machine::{Asked, Machine, Python};
use crate::output::checkup::Finding;
use std::path::Path;

const ROOTS_OF_CERTIFI: &str = "the roots of certifi";

pub fn check(machine: &Machine) -> Vec<Finding> {
    let python = match &machine.runtimes.python {
        Asked::Told(python) => python,
        Asked::Silent => {
            return vec![Finding::warn(
                "python",
                "python3 did not say in time which roots it reads",
                "python3 -c 'import ssl; print(ssl.get_default_verify_paths())'",
            )];
        }
        Asked::Nothing => return Vec::new(),
    };
    let route = || by_variables(machine, &["https_proxy", "HTTPS_PROXY"]);
    let mut lines = vec![line("python", machine, route(), &own(machine, python))];
    if python.requests {
        lines.push(line(
            "python requests",
            machine,
            route(),
            &requests(machine, python),
        ));
    }
    if python.httpx {
        lines.push(line(
            "python httpx",
            machine,
            route(),
            &httpx(machine, python),
        ));
    }
    lines
}

/// urllib, http.client, aiohttp: the file and the folder, each with its default.
fn own(machine: &Machine, python: &Python) -> Trust {
    let default = |path: &Option<_>| Some(own_file("OpenSSL's roots", path.as_deref()?));
    let file = named(machine, "SSL_CERT_FILE").or_else(|| default(&python.cafile));
    let folder = named(machine, "SSL_CERT_DIR").or_else(|| default(&python.capath));
    let mut sources: Vec<Source> = file.into_iter().chain(folder).collect();
    sources.dedup();
    Trust {
        sources,
        variable: "SSL_CERT_FILE",
        adds: false,
    }
}

fn requests(machine: &Machine, python: &Python) -> Trust {
    let variables = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];
    Trust::replaced(machine, &variables, certifi(python))
}

fn httpx(machine: &Machine, python: &Python) -> Trust {
    let variables = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
    Trust::replaced(machine, &variables, certifi(python))
}

fn certifi(python: &Python) -> Source {
    match &python.certifi {
        Some(path) => own_file(ROOTS_OF_CERTIFI, path),
        None => Source::BuiltIn(ROOTS_OF_CERTIFI),
    }
}

/// Distributions lead their own builds to the system's roots.
fn own_file(words: &'static str, path: &Path) -> Source {
    match path.starts_with("/etc") {
        true => Source::System,
        false => Source::OwnFile(words, path.to_owned()),
    }
}
