//! Putting a new CA on disk so that others see all of it or nothing, and only one of two makers wins.

use super::error::AuthorityError;
use super::folder::{FILES, ISSUING_CERTIFICATE, ISSUING_KEY, ROOT_CERTIFICATE, any_part};
use super::made::Made;
use super::privacy::{Facts, judge_folder, user};
use super::sealed;
use crate::secret::Secret;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Begins the name of what is not complete yet.
pub(super) const DRAFT: &str = ".why401-ca-";

/// Writes `made` into `dir`; [`AuthorityError::Exists`] when another CA is there already.
pub(super) fn publish(
    dir: &Path,
    made: &Made,
    passphrase: Option<&Secret>,
) -> Result<(), AuthorityError> {
    let key = sealed::write(&made.issuing_key, passphrase).ok_or(AuthorityError::NotSealed)?;
    match fs::metadata(dir) {
        Ok(metadata) if metadata.is_dir() => fill(dir, &metadata, made, &key),
        Ok(_) => Err(AuthorityError::NotAFolder(dir.into())),
        Err(error) if error.kind() == ErrorKind::NotFound => beside(dir, made, &key),
        Err(error) => Err(AuthorityError::NotWritable(dir.into(), error)),
    }
}

/// The usual way: a private folder beside `dir`, complete, renamed. A rename onto a folder that is
/// not empty fails, which decides between two makers without a lock in a folder that may be shared.
fn beside(dir: &Path, made: &Made, key: &str) -> Result<(), AuthorityError> {
    let not_writable = |error| AuthorityError::NotWritable(dir.into(), error);
    let parent = match dir.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let mut private = DirBuilder::new();
    private
        .recursive(true)
        .mode(0o700)
        .create(parent)
        .map_err(not_writable)?;
    let draft = tempfile::Builder::new()
        .prefix(DRAFT)
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(parent)
        .map_err(not_writable)?;
    write_all(draft.path(), made, key).map_err(not_writable)?;
    match fs::rename(draft.path(), dir) {
        Ok(()) => {
            let _gone = draft.keep();
            sync(parent).map_err(not_writable)
        }
        Err(error) if is_taken(&error) => Err(AuthorityError::Exists(dir.into())),
        Err(error) => Err(not_writable(error)),
    }
}

/// A folder that exists cannot always be replaced: it may be a mounted volume. It is filled under
/// its own lock, which nobody else can hold, for it is private.
fn fill(dir: &Path, metadata: &Metadata, made: &Made, key: &str) -> Result<(), AuthorityError> {
    let not_writable = |error| AuthorityError::NotWritable(dir.into(), error);
    if Facts::of(metadata, false).owner == user() {
        close_if_empty(dir).map_err(not_writable)?;
    }
    // Asked again: where it is not empty, another maker may have closed it just now.
    let closed = fs::metadata(dir).map_err(not_writable)?;
    judge_folder(dir, Facts::of(&closed, false), user())?;
    let lock = File::open(dir).map_err(not_writable)?;
    lock.lock().map_err(not_writable)?;
    if any_part(dir) {
        return Err(AuthorityError::Exists(dir.into()));
    }
    write_all(dir, made, key).map_err(|error| {
        for file in FILES {
            // Under the lock these are ours; what cannot be removed will be called incomplete.
            let _ = fs::remove_file(dir.join(file));
        }
        not_writable(error)
    })
}

/// An empty folder of ours is closed to others first: volumes are made 0755. Any other must be
/// private already.
fn close_if_empty(dir: &Path) -> io::Result<()> {
    if fs::read_dir(dir)?.next().is_none() {
        fs::set_permissions(dir, Permissions::from_mode(0o700))?;
    }
    Ok(())
}

pub(super) fn write_all(dir: &Path, made: &Made, key: &str) -> io::Result<()> {
    write_new(
        &dir.join(ROOT_CERTIFICATE),
        made.root.pem().as_bytes(),
        0o644,
    )?;
    write_new(
        &dir.join(ISSUING_CERTIFICATE),
        made.issuing.pem().as_bytes(),
        0o644,
    )?;
    write_new(&dir.join(ISSUING_KEY), key.as_bytes(), 0o600)?;
    sync(dir)
}

/// `create_new` neither overwrites nor follows a link; the mode is right from the first moment,
/// whatever the umask.
pub(super) fn write_new(file: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut open = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(file)?;
    open.write_all(bytes)?;
    open.sync_all()
}

pub(super) fn sync(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

fn is_taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists
    )
}
