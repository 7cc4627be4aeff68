//! The layers of `src/lib.rs`, held to by reading every import.

use crate::imports::{Import, Target, imports, module};
use crate::tree::{File, root, rust_files};
use std::fs;

/// Top-level modules that may know each other and those of the rows below.
struct Row {
    name: &'static str,
    modules: &'static [&'static str],
    /// Values in, values out: no runtime, socket, file, variable, clock or log.
    pure: bool,
}

const ROWS: [Row; 4] = [
    Row {
        name: "composition",
        modules: &["main", "cli", "config", "app", "demo", "exit_code"],
        pure: false,
    },
    Row {
        name: "the I/O shell",
        modules: &[
            "proxy",
            "tls",
            "admin",
            "ledger",
            "onboarding",
            "telemetry",
            "metrics",
            "sandbox",
            "child",
            "confinement",
            "doctor",
        ],
        pure: false,
    },
    Row {
        name: "the pure diagnosis",
        modules: &[
            "output",
            "history",
            "diagnosis",
            "evidence",
            "transcript",
            "observation",
        ],
        pure: true,
    },
    Row {
        name: "the words of the domain",
        modules: &["bitbucket", "challenge", "credentials", "secret", "host"],
        pure: true,
    },
];

/// The crates that the pure rows may use. Tests there may also use proptest.
const PURE_CRATES: &[&str] = &[
    "anstyle",
    "base64",
    "crc32fast",
    "flate2",
    "hmac",
    "http",
    "ipnet",
    "maud",
    "memchr",
    "proptest",
    "serde",
    "serde_json",
    "sfv",
    "sha2",
    "strsim",
    "thiserror",
    "time",
    "zeroize",
];

/// What of std is I/O, or another way to the clock.
const IMPURE_STD: &[&str] = &[
    "std::env",
    "std::fs",
    "std::process",
    "std::thread",
    "std::os",
    "std::net::TcpListener",
    "std::net::TcpStream",
    "std::net::UdpSocket",
    "std::time::Instant",
    "std::time::SystemTime",
];

#[test]
fn arrows_point_down_only() {
    report(&faults(upward));
}

#[test]
fn the_pure_half_knows_no_runtime_no_disk_and_no_clock() {
    let crates = dependencies();
    report(&faults(|file, import| impure(file, import, &crates)));
}

#[test]
fn clippy_denies_clock_and_disk_to_every_pure_module() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let lines: Vec<&str> = library.lines().collect();
    for pair in lines.windows(2) {
        let Some(module) = pair[1]
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
        else {
            continue;
        };
        let denied = pair[0] == "#[deny(clippy::disallowed_methods, clippy::disallowed_types)]";
        assert_eq!(
            denied,
            ROWS[row(module)].pure,
            "src/lib.rs: the pure modules, and only they, have the deny line: {module}"
        );
    }
}

fn report(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "\n{}\nThe layers are described in src/lib.rs.\n",
        faults.join("\n")
    );
}

fn faults(fault: impl Fn(&File, &Import) -> Option<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for file in rust_files("src")
        .iter()
        .filter(|file| file.path != "src/lib.rs")
    {
        let found = imports(file)
            .into_iter()
            .filter_map(|import| fault(file, &import).map(|text| (import.line, text)));
        faults.extend(found.map(|(line, text)| format!("{}:{line}: {text}", file.path)));
    }
    faults
}

fn upward(file: &File, import: &Import) -> Option<String> {
    let Target::Own(path) = &import.target else {
        return None;
    };
    let own = &module(&file.path)[0];
    let target = path.first()?;
    let (from, to) = (row(own), row(target));
    (to < from).then(|| {
        format!(
            "{own} ({}) may not import {target} ({}): arrows point down only",
            ROWS[from].name, ROWS[to].name
        )
    })
}

fn impure(file: &File, import: &Import, crates: &[String]) -> Option<String> {
    let Target::Other(path) = &import.target else {
        return None;
    };
    let own = &module(&file.path)[0];
    let allowed = |name: &String| PURE_CRATES.contains(&name.as_str());
    let foreign = crates.contains(&path[0]) && !allowed(&path[0]);
    let written = path.join("::");
    let io = IMPURE_STD.iter().any(|impure| is_below(&written, impure));
    (ROWS[row(own)].pure && (foreign || io)).then(|| {
        format!(
            "{own} is pure and may not use {written}: let the shell do it and pass the value in"
        )
    })
}

fn is_below(path: &str, ancestor: &str) -> bool {
    path.strip_prefix(ancestor)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn row(module: &str) -> usize {
    let found = ROWS.iter().position(|row| row.modules.contains(&module));
    found.unwrap_or_else(|| {
        panic!("{module} is in no row: add it to ROWS here and to the table in src/lib.rs")
    })
}

/// The names under which other crates can be imported.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut section = "";
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && line.starts_with(|c: char| c.is_ascii_lowercase())
        {
            let name = line.split([' ', '=', '.']).next().unwrap();
            names.push(name.replace('-', "_"));
        }
    }
    assert!(
        names.contains(&"tokio".to_owned()),
        "Cargo.toml is read wrongly: {names:?}"
    );
    names
}

fn file(path: &str, text: &str) -> File {
    File {
        path: path.into(),
        bytes: text.into(),
    }
}

#[test]
fn an_upward_import_is_said_in_one_sentence() {
    let file = file(
        "src/credentials/basic.rs",
        "use super::super::proxy::route;",
    );
    let fault = imports(&file)
        .iter()
        .find_map(|import| upward(&file, import));
    let sentence = "credentials (the words of the domain) may not import proxy (the I/O shell): arrows point down only";
    assert_eq!(fault.as_deref(), Some(sentence));
}

#[test]
fn own_row_and_rows_below_are_free() {
    let file = file(
        "src/output/field.rs",
        "use crate::{diagnosis::Report, secret::Secret};\nuse super::event;",
    );
    assert!(
        imports(&file)
            .iter()
            .all(|import| upward(&file, import).is_none())
    );
}

#[test]
fn runtime_disk_and_clock_are_found_in_a_pure_module() {
    let crates = dependencies();
    for text in [
        "use tokio::net;",
        "use std::{fmt, fs};",
        "let x = std::time::SystemTime::now();",
        "tracing::info!()",
    ] {
        let file = file("src/evidence.rs", text);
        assert!(
            imports(&file)
                .iter()
                .any(|import| impure(&file, import, &crates).is_some()),
            "{text}"
        );
    }
    let file = file(
        "src/evidence.rs",
        "use std::net::IpAddr;\nuse http::Method;\nuse std::time::Duration;",
    );
    assert!(
        imports(&file)
            .iter()
            .all(|import| impure(&file, import, &crates).is_none())
    );
}
