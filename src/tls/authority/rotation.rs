//! A second root, and later its taking over (H-A10). Every step is a rename, and what was cut off is finished by the next call.

use super::certificate::{CaCertificate, pem_of};
use super::error::{AuthorityError, shell};
use super::folder::{
    self, ACTIVE, ISSUING_CERTIFICATE, ISSUING_KEY, NEXT, PREVIOUS, Public, ROOT_CERTIFICATE,
    has_next, public,
};
use super::made::Made;
use super::publish::{DRAFT, sync, write_all, write_new};
use super::{NOTICE, TAKEOVER, sealed};
use crate::secret::Secret;
use crate::tls::constraint::Constraint;
use std::fmt;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::NamedTempFile;
use time::{Date, UtcDateTime};
use zeroize::Zeroizing;

/// What came of [`rotate`].
pub struct Rotation {
    /// False when the next root had been made before, by an earlier call or one at the same time.
    pub is_new: bool,
    /// Whether the new root signs.
    pub is_active: bool,
    pub constraint: Constraint,
    pub signs_from: Date,
    pub ends: Date,
}

/// Makes a second root in `dir` for what the first may sign for and `hosts`, unless there is one; with `activate`
/// it signs, and the other is only trusted from then on.
///
/// # Errors
/// A folder that holds no CA or cannot be written, a passphrase that does not open it, a second root that is narrower.
pub fn rotate(
    dir: &Path,
    hosts: &[String],
    activate: bool,
    passphrase: Option<&Secret>,
    now: UtcDateTime,
) -> Result<Rotation, AuthorityError> {
    let before = public(dir)?.root;
    let not_writable = |error| AuthorityError::NotWritable(dir.into(), error);
    let lock = File::open(dir).map_err(not_writable)?;
    lock.lock().map_err(not_writable)?;
    tidy(dir).map_err(not_writable)?;
    // Whoever held the lock has activated the root that this call is for.
    let is_done = public(dir)?.root.der() != before.der();
    // Judges the folder, and opens the key: one passphrase opens both.
    folder::read(dir, passphrase)?;
    if activate && is_done {
        return Ok(outcome(&public(dir)?, false, now));
    }
    let is_new = !has_next(dir);
    if is_new {
        make_next(dir, &public(dir)?, hosts, passphrase, now)?;
    }
    let found = public(dir)?;
    covers(dir, &found, hosts)?;
    put(dir, ROOT_CERTIFICATE, &bundle(&found.roots, now), 0o644).map_err(not_writable)?;
    if activate {
        write_new(&dir.join(NEXT).join(ACTIVE), b"", 0o600)
            .and_then(|()| sync(&dir.join(NEXT)))
            .and_then(|()| move_up(dir))
            .map_err(not_writable)?;
    }
    Ok(outcome(&public(dir)?, is_new, now))
}

/// That a CA ends soon, and the command that begins to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub what: String,
    pub command: String,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; run: {}", self.what, self.command)
    }
}

/// What a person should hear of a CA that ends at `ends`, if it is time.
pub fn notice(
    dir: &Path,
    ends: UtcDateTime,
    next: Option<UtcDateTime>,
    now: UtcDateTime,
) -> Option<Notice> {
    if ends - now >= NOTICE {
        return None;
    }
    let (folder, date) = (shell(dir), ends.date());
    match next {
        Some(_) if now < ends - TAKEOVER => Some(Notice {
            what: format!(
                "the CA in {folder} ends on {date}, and the next one signs from {} on; every client must trust its root by then",
                (ends - TAKEOVER).date()
            ),
            command: format!("why401 ca trust --ca-dir {folder}"),
        }),
        Some(_) => None,
        None => Some(Notice {
            what: format!(
                "the CA in {folder} ends on {date}; the key of its root was destroyed, so that a next root is a new step of trust for every client"
            ),
            command: format!("why401 ca rotate --ca-dir {folder}"),
        }),
    }
}

fn make_next(
    dir: &Path,
    now_signing: &Public,
    hosts: &[String],
    passphrase: Option<&Secret>,
    now: UtcDateTime,
) -> Result<(), AuthorityError> {
    let known = now_signing.issuing.constraint.domains();
    let wanted: Vec<&String> = known.iter().chain(hosts).collect();
    let constraint = Constraint::widened(&wanted).map_err(AuthorityError::Constraint)?;
    let made = Made::new(&constraint, now)?;
    // Whoever protects the first with a passphrase opens it with that; the second gets the same.
    let key = sealed::write(&made.issuing_key, passphrase).ok_or(AuthorityError::NotSealed)?;
    let publish = || {
        let draft = tempfile::Builder::new()
            .prefix(DRAFT)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(dir)?;
        write_all(draft.path(), &made, &key)?;
        fs::rename(draft.path(), dir.join(NEXT))?;
        let _gone = draft.keep();
        sync(dir)
    };
    publish().map_err(|error: io::Error| AuthorityError::NotWritable(dir.into(), error))
}

fn covers(dir: &Path, found: &Public, hosts: &[String]) -> Result<(), AuthorityError> {
    let Some((_, issuing)) = &found.next else {
        return Ok(());
    };
    let asked = Constraint::widened(hosts).map_err(AuthorityError::Constraint)?;
    let missing = asked
        .domains()
        .iter()
        .find(|host| !issuing.constraint.covers(host));
    match missing {
        None => Ok(()),
        Some(host) => Err(AuthorityError::NextIsNarrower {
            dir: dir.into(),
            constraint: issuing.constraint.clone(),
            host: host.clone(),
        }),
    }
}

/// Finishes an activation that was cut off, and takes away drafts.
fn tidy(dir: &Path) -> io::Result<()> {
    if fs::symlink_metadata(dir.join(NEXT).join(ACTIVE)).is_ok() {
        move_up(dir)?;
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(DRAFT.as_bytes())
        {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Puts the next CA, which signs already, in the place of the one before, whose key is gone then.
fn move_up(dir: &Path) -> io::Result<()> {
    let next = dir.join(NEXT);
    let found = public(dir).map_err(io::Error::other)?;
    // Further ones are of rotations shortly before: clients may not have moved on yet.
    let roots = &found.roots;
    if let Some(previous) = roots.get(1) {
        put(dir, PREVIOUS, previous.pem().as_bytes(), 0o644)?;
    }
    put(dir, ROOT_CERTIFICATE, pem_of(roots).as_bytes(), 0o644)?;
    put(
        dir,
        ISSUING_CERTIFICATE,
        found.issuing.pem().as_bytes(),
        0o644,
    )?;
    let key = Zeroizing::new(fs::read(next.join(ISSUING_KEY))?);
    put(dir, ISSUING_KEY, &key, 0o600)?;
    let draft = dir.join(format!("{DRAFT}done"));
    remove(&draft)?;
    fs::rename(&next, &draft)?;
    sync(dir)?;
    remove(&draft)
}

/// Those that are valid; all when none is.
fn bundle(roots: &[CaCertificate], now: UtcDateTime) -> Vec<u8> {
    let valid: Vec<_> = roots
        .iter()
        .filter(|root| now <= root.not_after)
        .cloned()
        .collect();
    pem_of(&valid).into_bytes()
}

/// Whole or not at all, and never through a link.
fn put(dir: &Path, name: &str, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(DRAFT).tempfile_in(dir)?;
    file.write_all(bytes)?;
    file.as_file()
        .set_permissions(Permissions::from_mode(mode))?;
    file.as_file().sync_all()?;
    let kept: Result<_, _> = NamedTempFile::persist(file, dir.join(name));
    kept.map_err(|error| error.error)?;
    sync(dir)
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn outcome(found: &Public, is_new: bool, now: UtcDateTime) -> Rotation {
    let ends = |pair: (&CaCertificate, &CaCertificate)| pair.0.not_after.min(pair.1.not_after);
    let first = ends((&found.root, &found.issuing));
    match &found.next {
        Some((root, issuing)) => Rotation {
            is_new,
            is_active: now >= first - TAKEOVER,
            constraint: issuing.constraint.clone(),
            signs_from: (first - TAKEOVER).date(),
            ends: ends((root, issuing)).date(),
        },
        None => Rotation {
            is_new,
            is_active: true,
            constraint: found.issuing.constraint.clone(),
            signs_from: now.date(),
            ends: first.date(),
        },
    }
}
