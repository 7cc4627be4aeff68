//! The small print of `why401 ca` that scripts rely on.

use crate::run::{Outcome, why401};
use std::path::Path;

fn ca(home: &Path, arguments: &[&str]) -> Outcome {
    why401(home)
        .arg("ca")
        .args(arguments)
        .output()
        .unwrap()
        .into()
}

#[test]
fn the_first_line_of_path_is_the_root_certificate() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(ca(home.path(), &["init"]).code, Some(0));
    let path = ca(home.path(), &["path"]);
    let root = home.path().join(".local/state/why401/ca/root.pem");
    assert_eq!(path.out.lines().next(), root.to_str());
    assert!(root.is_file());
}

#[test]
fn an_export_to_standard_output_is_the_certificate_alone() {
    let home = tempfile::tempdir().unwrap();
    ca(home.path(), &["init"]);
    let export = ca(home.path(), &["export"]);
    assert!(
        export.out.starts_with("-----BEGIN CERTIFICATE-----\n"),
        "{}",
        export.out
    );
    assert_eq!((export.code, export.err.as_str()), (Some(0), ""));
}

#[test]
fn without_a_ca_the_command_that_makes_one_is_named() {
    let home = tempfile::tempdir().unwrap();
    let path = ca(home.path(), &["path"]);
    assert_eq!((path.code, path.out.as_str()), (Some(1), ""));
    assert!(path.err.contains("run: why401 ca init"), "{}", path.err);
}

#[test]
fn a_fault_elsewhere_in_the_configuration_does_not_hide_the_ca() {
    let home = tempfile::tempdir().unwrap();
    ca(home.path(), &["init"]);
    let path = why401(home.path())
        .args(["ca", "path"])
        .env("WHY401_LISTEN", "x")
        .output()
        .unwrap();
    assert_eq!(Outcome::from(path).code, Some(0));
}
