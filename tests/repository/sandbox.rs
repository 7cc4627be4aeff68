//! The sandbox is a second reading of the facts: it must not lean on the first one, the diagnosis.

use crate::imports::{Import, Target, imports};
use crate::tree::{File, rust_files};

/// All that the sandbox may use of the rest of the crate.
const SHARED: &[&[&str]] = &[&["sandbox"], &["credentials", "mint"]];

#[test]
fn the_sandbox_uses_nothing_of_the_diagnosis() {
    let mut faults = Vec::new();
    for file in rust_files("src") {
        if file.path != "src/sandbox.rs" && !file.path.starts_with("src/sandbox/") {
            continue;
        }
        let found = imports(&file)
            .into_iter()
            .filter_map(|import| fault(&import));
        faults.extend(found.map(|text| format!("{}:{text}", file.path)));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_diagnosis_uses_nothing_of_the_sandbox() {
    let users = ["app", "cli", "demo", "lib", "sandbox"];
    for file in rust_files("src") {
        let name = file.path.strip_prefix("src/").expect("a source");
        let module = name.split(['/', '.']).next().expect("a name");
        let uses = |import: &Import| matches!(&import.target, Target::Own(path) if path.first().is_some_and(|first| first == "sandbox"));
        let found = imports(&file).iter().any(uses);
        assert!(
            !found || users.contains(&module),
            "{} uses the sandbox",
            file.path
        );
    }
}

fn fault(import: &Import) -> Option<String> {
    let Target::Own(path) = &import.target else {
        return None;
    };
    let is_shared = SHARED.iter().any(|shared| {
        path.len() >= shared.len() && path.iter().zip(*shared).all(|(one, other)| one == other)
    });
    (!is_shared).then(|| {
        format!(
            "{}: the sandbox may not use {}: it reads the facts for itself",
            import.line,
            path.join("::")
        )
    })
}

#[test]
fn a_rule_in_the_sandbox_is_found() {
    let file = File {
        path: "src/sandbox/judge.rs".into(),
        bytes:
            "use crate::bitbucket::scope;\nuse super::store::Store;\nuse crate::credentials::mint;"
                .into(),
    };
    let faults: Vec<_> = imports(&file).iter().filter_map(fault).collect();
    assert_eq!(
        faults,
        ["1: the sandbox may not use bitbucket::scope: it reads the facts for itself"]
    );
}
