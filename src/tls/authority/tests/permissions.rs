//! What is refused because others could read or change it, each with the command that mends it.

use super::*;
use crate::tls::authority::privacy::{Facts, judge_folder, judge_key, user};
use std::fs::Permissions;
use std::os::unix::fs::{chown, symlink};

fn ca() -> (TempDir, PathBuf) {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("ca");
    create(&dir);
    (parent, dir)
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Runs the command that an error ends with.
fn mend(error: &AuthorityError) {
    let text = error.to_string();
    let command = text.rsplit_once(": ").unwrap().1;
    let status = Command::new("sh").args(["-c", command]).status().unwrap();
    assert!(status.success(), "{command}");
}

#[track_caller]
fn refused(dir: &Path) -> AuthorityError {
    let error = Authority::open_or_create(dir, &Constraint::default(), None, NOW).unwrap_err();
    let text = error.to_string();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains(dir.to_str().unwrap()), "{text}");
    error
}

/// H-A2: with the command that mends it, which works.
#[test]
fn a_wide_key_is_refused_and_mended() {
    let (_parent, dir) = ca();
    for mode in [0o640, 0o604, 0o644, 0o620, 0o666] {
        chmod(&dir.join("issuing.key"), mode);
        let error = refused(&dir);
        assert!(
            matches!(error, AuthorityError::KeyMode(_, seen) if seen == mode),
            "{error}"
        );
        mend(&error);
        Authority::open(&dir, None, NOW).unwrap();
    }
}

/// H-A2: a folder that others write to.
#[test]
fn a_wide_folder_is_refused_and_mended() {
    let (_parent, dir) = ca();
    for mode in [0o750, 0o705, 0o755, 0o777] {
        chmod(&dir, mode);
        let error = refused(&dir);
        assert!(matches!(error, AuthorityError::FolderMode(..)), "{error}");
        mend(&error);
        Authority::open(&dir, None, NOW).unwrap();
    }
}

/// H-A2.
#[test]
fn a_linked_key_is_refused_and_mended() {
    let (parent, dir) = ca();
    for target in [parent.path().join("elsewhere.key"), dir.join("within.key")] {
        fs::rename(dir.join("issuing.key"), &target).unwrap();
        symlink(&target, dir.join("issuing.key")).unwrap();
        let error = refused(&dir);
        assert!(matches!(error, AuthorityError::KeyIsALink(_)), "{error}");
        mend(&error);
        Authority::open(&dir, None, NOW).unwrap();
    }
}

#[test]
fn a_key_that_is_no_file_does_not_hang_us() {
    let (_parent, dir) = ca();
    let key = dir.join("issuing.key");
    fs::remove_file(&key).unwrap();
    fs::create_dir(&key).unwrap();
    let error = refused(&dir);
    assert!(matches!(error, AuthorityError::KeyIsNoFile(_)), "{error}");
    fs::remove_dir(&key).unwrap();
    if tool(Command::new("mkfifo").arg(&key)).is_some() {
        let error = refused(&dir);
        assert!(matches!(error, AuthorityError::KeyIsNoFile(_)), "{error}");
    }
}

/// H-A2.
#[test]
fn a_folder_of_somebody_else_is_refused() {
    let (_parent, dir) = ca();
    if chown(&dir, Some(user() + 4711), None).is_err() {
        eprintln!("SKIPPED: only root can give a folder away");
        return;
    }
    let error = refused(&dir);
    assert!(matches!(error, AuthorityError::Owner { .. }), "{error}");
    assert!(error.to_string().contains("sudo chown -R"), "{error}");
    chown(&dir, Some(user()), None).unwrap();
    chown(dir.join("issuing.key"), Some(user() + 4711), None).unwrap();
    assert!(matches!(refused(&dir), AuthorityError::Owner { .. }));
}

/// Only the resolved folder counts: what is above it may be as open as /tmp.
#[test]
fn a_linked_folder_below_an_open_one_is_fine() {
    let (parent, dir) = ca();
    chmod(parent.path(), 0o1777);
    let link = parent.path().join("link");
    symlink(&dir, &link).unwrap();
    Authority::open(&link, None, NOW).unwrap();
    chmod(&dir, 0o755);
    assert!(matches!(refused(&link), AuthorityError::FolderMode(..)));
}

/// A volume is often made 0755: an empty folder of ours is closed, one with content is not touched.
#[test]
fn an_empty_folder_is_closed_and_used() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("volume");
    fs::create_dir(&dir).unwrap();
    chmod(&dir, 0o755);
    create(&dir);
    assert_eq!(mode(&dir), 0o700);

    let home = parent.path().join("home");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("notes"), "x").unwrap();
    chmod(&home, 0o755);
    assert!(matches!(refused(&home), AuthorityError::FolderMode(..)));
    assert_eq!(mode(&home), 0o755);
}

#[test]
fn a_place_that_cannot_be_written_says_what_to_choose() {
    let parent = TempDir::new().unwrap();
    let file = parent.path().join("file");
    fs::write(&file, "x").unwrap();
    let below = file.join("ca");
    for dir in [&file, &below] {
        let error = refused(dir);
        assert!(error.to_string().contains("--ca-dir DIR"), "{error}");
    }
    let closed = parent.path().join("closed");
    fs::create_dir(&closed).unwrap();
    chmod(&closed, 0o500);
    if tempfile::tempfile_in(&closed).is_ok() {
        eprintln!("SKIPPED: this user may write everywhere");
        return;
    }
    let error = refused(&closed.join("ca"));
    assert!(matches!(error, AuthorityError::NotWritable(..)), "{error}");
    assert!(
        error
            .to_string()
            .contains("permission denied; choose a writable place with --state-dir"),
        "{error}"
    );
}

/// As Kubernetes mounts secrets: root's, group-readable, each file a link within the mount.
#[test]
fn a_read_only_mount_may_let_its_group_read() {
    let (dir, key) = (Path::new("/ca"), Path::new("/ca/issuing.key"));
    let mounted = |mode| Facts {
        owner: 0,
        mode,
        read_only: true,
    };
    judge_folder(dir, mounted(0o1777), 1000).unwrap();
    judge_key(key, mounted(0o440), 1000).unwrap();
    judge_key(key, mounted(0o640), 1000).unwrap();
    for mode in [0o444, 0o644, 0o460] {
        let error = judge_key(key, mounted(mode), 1000).unwrap_err();
        assert!(error.to_string().contains("defaultMode: 0440"), "{error}");
    }
    let writable = Facts {
        read_only: false,
        ..mounted(0o440)
    };
    assert!(judge_key(key, writable, 0).is_err());
    assert!(
        judge_key(
            key,
            Facts {
                mode: 0o400,
                ..writable
            },
            1000
        )
        .is_err()
    );
}
