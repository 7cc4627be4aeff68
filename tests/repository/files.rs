//! Where files may be, and how they begin.

use crate::tree::{File, files, root, rust_files};
use std::collections::BTreeSet;
use std::fs;

/// What the user fixed, and what a tool looks for at the top level.
const TOP_LEVEL: &[&str] = &[
    ".cargo",
    ".ci",
    ".dockerignore",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "Dockerfile",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "benches",
    "certs",
    "clippy.toml",
    "deny.toml",
    "deploy",
    "docker-compose.yml",
    "docs",
    "fuzz",
    "scripts",
    "src",
    "tests",
];

#[test]
fn the_top_level_holds_only_what_a_reader_or_a_tool_looks_for_there() {
    let top = |path: String| path.split('/').next().unwrap().to_owned();
    let names: BTreeSet<String> = files().into_iter().map(|file| top(file.path)).collect();
    for name in names {
        assert!(
            TOP_LEVEL.contains(&name.as_str()),
            "{name} does not belong at the top level: move it below src, tests, docs, deploy or scripts"
        );
    }
}

#[test]
fn every_source_file_opens_with_a_sentence_about_itself() {
    let opens = |file: &File| {
        let first = file.text().lines().next().unwrap_or_default();
        first.starts_with("//! ") && first != "//! To be written."
    };
    let files = rust_files("src").into_iter().chain(rust_files("tests"));
    let silent: Vec<String> = files
        .filter(|file| !opens(file))
        .map(|file| file.path)
        .collect();
    assert!(
        silent.is_empty(),
        "these must open with a `//! ` sentence that says what they are: {silent:#?}"
    );
}

#[test]
fn modules_are_files_beside_their_folder() {
    for file in rust_files("src") {
        assert!(
            !file.path.ends_with("/mod.rs"),
            "{}: write foo.rs beside foo/ instead",
            file.path
        );
    }
}

#[test]
fn certs_holds_nothing_but_its_description() {
    for file in files() {
        let Some(name) = file.path.strip_prefix("certs/") else {
            continue;
        };
        assert!(
            ["README.md", ".gitignore"].contains(&name),
            "certs/{name} must not be committed: certificates are made on the machine that uses them"
        );
    }
}

#[test]
fn the_changelog_knows_the_version() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let heading = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(
        changelog.contains(&heading),
        "CHANGELOG.md has no heading {heading}"
    );
}
