//! `fingerprint.key`: the per-install key of the ids that stand for secrets (H-K5).

use crate::app::StartError;
use crate::secret::FingerprintKey;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

const NAME: &str = "fingerprint.key";
const LENGTH: usize = 32;

/// The key of this install, made on the first start; without a state directory a key for this run only.
///
/// # Errors
/// A directory or file that cannot be used, and a key that others may read.
pub fn load_or_create(state_dir: Option<&Path>) -> Result<FingerprintKey, StartError> {
    let Some(dir) = state_dir else {
        return for_this_run();
    };
    let path = dir.join(NAME);
    match read(&path) {
        Ok(key) => Ok(key),
        Err(Fault::Absent) => create(dir, &path),
        Err(Fault::Wide) => Err(StartError(format!(
            "{} may be read by others: chmod 600 {}",
            path.display(),
            path.display()
        ))),
        Err(Fault::Other(error)) => Err(StartError(format!(
            "cannot read {}: {error}",
            path.display()
        ))),
    }
}

enum Fault {
    Absent,
    Wide,
    Other(io::Error),
}

fn read(path: &Path) -> Result<FingerprintKey, Fault> {
    let mut file = fs::File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Fault::Absent,
        _ => Fault::Other(error),
    })?;
    let metadata = file.metadata().map_err(Fault::Other)?;
    if is_wide(&metadata) {
        return Err(Fault::Wide);
    }
    let mut bytes = Zeroizing::new([0; LENGTH]);
    file.read_exact(&mut *bytes).map_err(Fault::Other)?;
    Ok(FingerprintKey::new(*bytes))
}

/// Made beside and linked into place: of two first starts one wins, and the other reads the winner's key.
fn create(dir: &Path, path: &Path) -> Result<FingerprintKey, StartError> {
    let failed = |error: &dyn std::fmt::Display| {
        StartError(format!(
            "cannot write {}: {error}; choose a writable directory with --state-dir",
            path.display()
        ))
    };
    fs::create_dir_all(dir).map_err(|error| failed(&error))?;
    // Its error names the temporary file, which is nobody's business.
    let mut file = NamedTempFile::new_in(dir).map_err(|error| failed(&error.kind()))?;
    let key = fill()?;
    file.write_all(&*key).map_err(|error| failed(&error))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(FingerprintKey::new(*key)),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            read(path).map_err(|_| failed(&"it appeared and cannot be read"))
        }
        Err(error) => Err(failed(&error.error)),
    }
}

/// A key that nothing else will know.
pub fn for_this_run() -> Result<FingerprintKey, StartError> {
    fill().map(|bytes| FingerprintKey::new(*bytes))
}

fn fill() -> Result<Zeroizing<[u8; LENGTH]>, StartError> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(&mut *bytes)
        .map_err(|error| StartError(format!("the system gives no random bytes: {error}")))?;
    Ok(bytes)
}

#[cfg(unix)]
fn is_wide(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_wide(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// H-K5: the key is the install's.
    #[test]
    fn one_install_keeps_its_key_and_another_has_another() {
        let dir = tempfile::tempdir().unwrap();
        let id = |dir: &Path| load_or_create(Some(dir)).unwrap().secret(b"s").to_string();
        let first = id(&dir.path().join("state"));
        assert_eq!(id(&dir.path().join("state")), first);
        assert_ne!(id(&dir.path().join("other")), first);
        let mode = fs::metadata(dir.path().join("state").join(NAME))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    /// H-K5: and closed to others.
    #[test]
    fn a_key_that_others_may_read_is_refused_with_the_cure() {
        let dir = tempfile::tempdir().unwrap();
        load_or_create(Some(dir.path())).unwrap();
        let path = dir.path().join(NAME);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let error = load_or_create(Some(dir.path())).unwrap_err().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }
}
