//! The folder, from its making to its end.

use super::*;
use std::os::unix::fs::MetadataExt;

fn base() -> (TempDir, Variables) {
    let base = tempfile::tempdir().unwrap();
    let user = [("XDG_RUNTIME_DIR", base.path())].into_iter().collect();
    (base, user)
}

fn names(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn it_is_private_and_gone_with_its_run() {
    let (base, user) = base();
    let folder = Folder::new(&user).unwrap();
    assert!(folder.path().starts_with(base.path()));
    let mode = fs::metadata(folder.path()).unwrap().mode();
    assert_eq!(mode & 0o777, 0o700);
    drop(folder);
    assert_eq!(names(base.path()), 0);
}

#[test]
fn the_folder_of_a_killed_run_goes_and_that_of_a_living_one_stays() {
    let (base, user) = base();
    let living = Folder::new(&user).unwrap();
    // As the kernel does it for a process that was killed: the lock is let go of, and nothing else happens.
    let Folder { dir, .. } = Folder::new(&user).unwrap();
    let left = dir.keep();
    let in_the_making = base.path().join(format!("{PREFIX}new"));
    fs::create_dir(&in_the_making).unwrap();
    let _next = Folder::new(&user).unwrap();
    assert!(!left.exists());
    assert!(living.path().exists() && in_the_making.exists());
}

#[test]
fn a_place_that_does_not_exist_is_passed_over() {
    let other = tempfile::tempdir().unwrap();
    let user: Variables = [
        ("XDG_RUNTIME_DIR", Path::new("/nowhere")),
        ("TMPDIR", other.path()),
    ]
    .into_iter()
    .collect();
    assert!(Folder::new(&user).unwrap().path().starts_with(other.path()));
}

#[test]
fn what_cannot_be_read_is_named_once_and_the_rest_is_written() {
    let (_base, user) = base();
    let folder = Folder::new(&user).unwrap();
    let missing = Part::Named {
        place: "SSL_CERT_FILE",
        path: "/nowhere.pem".into(),
    };
    let file = |name: &str| File {
        name: name.into(),
        parts: vec![Part::System, missing.clone(), Part::Own],
    };
    let warnings = folder
        .write(&[file("a.pem"), file("b.pem")], b"system\n", "own\n")
        .unwrap();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].starts_with("SSL_CERT_FILE: cannot read /nowhere.pem: "));
    let text = fs::read_to_string(folder.path().join("b.pem")).unwrap();
    assert_eq!(text, "system\nown\n");
}
