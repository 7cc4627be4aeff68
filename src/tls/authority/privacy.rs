//! Whether a CA folder and its key are private enough to be used (H-A1, H-A2).

use super::error::AuthorityError;
use super::folder::MOST_BYTES;
use rustix::fs::{OFlags, StatVfsMountFlags};
use std::fs::{self, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What decides whether a file or folder is private.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub(super) owner: u32,
    /// Permission bits only.
    pub(super) mode: u32,
    /// The file system is mounted read-only, as Kubernetes mounts secrets: nobody can change it,
    /// root owns it, and the group is how the process may read it.
    pub(super) read_only: bool,
}

impl Facts {
    pub(super) fn of(metadata: &Metadata, read_only: bool) -> Self {
        let (owner, mode) = (metadata.uid(), metadata.mode() & 0o7777);
        Self {
            owner,
            mode,
            read_only,
        }
    }
}

/// The folder must be ours and closed to others, unless nobody can write to it.
pub(super) fn judge_folder(dir: &Path, facts: Facts, user: u32) -> Result<(), AuthorityError> {
    if facts.read_only {
        return Ok(());
    }
    judge_owner(dir, facts, user)?;
    match facts.mode & 0o077 {
        0 => Ok(()),
        _ => Err(AuthorityError::FolderMode(dir.into(), facts.mode)),
    }
}

/// The key must be ours and ours alone; on a read-only mount its group may read it.
pub(super) fn judge_key(key: &Path, facts: Facts, user: u32) -> Result<(), AuthorityError> {
    if facts.read_only {
        return match facts.mode & 0o037 {
            0 => Ok(()),
            _ => Err(AuthorityError::MountedKeyMode(key.into(), facts.mode)),
        };
    }
    judge_owner(key, facts, user)?;
    match facts.mode & 0o077 {
        0 => Ok(()),
        _ => Err(AuthorityError::KeyMode(key.into(), facts.mode)),
    }
}

fn judge_owner(path: &Path, facts: Facts, user: u32) -> Result<(), AuthorityError> {
    let (path, owner) = (path.to_owned(), facts.owner);
    match owner == user {
        true => Ok(()),
        false => Err(AuthorityError::Owner { path, owner, user }),
    }
}

/// Reads the key of `dir`, judging the very file that is read.
pub(super) fn read_key(
    dir: &Path,
    key: &Path,
    read_only: bool,
) -> Result<Zeroizing<String>, AuthorityError> {
    let unreadable = |error| AuthorityError::Unreadable(key.into(), error);
    let is_link = fs::symlink_metadata(key).map_err(unreadable)?.is_symlink();
    let target = match is_link {
        false => Some(key.to_owned()),
        // Kubernetes links each file of a secret into a sibling folder of the same mount.
        true => within(dir, key).filter(|_| read_only),
    };
    let target = target.ok_or_else(|| AuthorityError::KeyIsALink(key.into()))?;
    // NOFOLLOW: the answer above may be old. NONBLOCK: a FIFO must not hang us.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(target)
        .map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(AuthorityError::KeyIsNoFile(key.into()));
    }
    judge_key(key, Facts::of(&metadata, read_only), user())?;
    let mut text = Zeroizing::new(String::with_capacity(1024));
    match file.take(MOST_BYTES).read_to_string(&mut text) {
        // Not even text: the parser says so.
        Err(error) if error.kind() == ErrorKind::InvalidData => Ok(text),
        read => read.map(|_| text).map_err(unreadable),
    }
}

/// `file`'s target, when it lies in `dir`.
fn within(dir: &Path, file: &Path) -> Option<PathBuf> {
    let target = fs::canonicalize(file).ok()?;
    target
        .starts_with(fs::canonicalize(dir).ok()?)
        .then_some(target)
}

pub(super) fn is_read_only(dir: &Path) -> bool {
    rustix::fs::statvfs(dir).is_ok_and(|fs| fs.f_flag.contains(StatVfsMountFlags::RDONLY))
}

pub(super) fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}
