//! The private folder of one run: written before the child starts, removed when it has ended, and, where a run was
//! killed, by the next one.

mod certificates;
mod sweep;
mod system;
#[cfg(test)]
mod tests;

pub use certificates::read as read_certificates;
pub use system::roots as system_roots;

use super::environment::{File, Part};
use super::variables::Variables;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempDir};

/// How the folders of all runs begin.
const PREFIX: &str = "why401-run-";
/// Locked as long as its run lives; the system lets go of it however that ends.
const LOCK: &str = "lock";

/// A folder of this run alone. Dropping it removes it.
#[derive(Debug)]
pub struct Folder {
    dir: TempDir,
    _lock: fs::File,
}

/// There is no place for the folder.
#[derive(Debug, thiserror::Error)]
#[error("no place for temporary files in {}: {source}; name a writable folder with TMPDIR", .base.display())]
pub struct NoFolder {
    base: PathBuf,
    source: io::Error,
}

impl Folder {
    /// Makes one, and removes those that killed runs of this user left.
    ///
    /// # Errors
    /// None of the usual places can be written to.
    pub fn new(user: &Variables) -> Result<Self, NoFolder> {
        let mut failed = None;
        for base in bases(user) {
            sweep::sweep(&base);
            match Self::made_in(&base) {
                Ok(folder) => return Ok(folder),
                Err(source) => failed = Some(NoFolder { base, source }),
            }
        }
        Err(failed.expect("there is at least one base"))
    }

    fn made_in(base: &Path) -> io::Result<Self> {
        let dir = Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(base)
            .map_err(|error| io::Error::from(error.kind()))?;
        // Locked before it gets its name: who sees the name sees the lock.
        let unnamed = dir.path().join("making");
        let lock = fs::File::create(&unnamed)?;
        lock.try_lock()?;
        fs::rename(&unnamed, dir.path().join(LOCK))?;
        Ok(Self { dir, _lock: lock })
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes the planned files; the sentences are about what the user named and could not be read.
    ///
    /// # Errors
    /// The disk is full, or the folder gone.
    pub fn write(&self, files: &[File], system: &[u8], own: &str) -> io::Result<Vec<String>> {
        let mut warnings = Vec::new();
        for file in files {
            self.put(&file.name, &assemble(file, system, own, &mut warnings))?;
        }
        warnings.sort();
        warnings.dedup();
        Ok(warnings)
    }

    /// Writes one file.
    ///
    /// # Errors
    /// As [`Folder::write`].
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.path().join(name), bytes)
    }
}

/// What a planned file holds; `warnings` gets a sentence about what the user named and could not be read.
pub fn assemble(file: &File, system: &[u8], own: &str, warnings: &mut Vec<String>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in &file.parts {
        match part {
            Part::System => bytes.extend_from_slice(system),
            Part::Own => bytes.extend_from_slice(own.as_bytes()),
            Part::Text(text) => bytes.extend_from_slice(text.as_bytes()),
            Part::Named { place, path } => match certificates::read(path) {
                // On many machines the variables name the system's own bundle.
                Ok(found) if bytes == found => {}
                Ok(found) => bytes.extend(found),
                Err(error) => warnings.push(format!(
                    "{place}: cannot read {}: {error}; going on without it",
                    path.display()
                )),
            },
        }
    }
    bytes
}

/// Where temporary files go, the most private place first.
fn bases(user: &Variables) -> Vec<PathBuf> {
    let named = ["XDG_RUNTIME_DIR", "TMPDIR"].map(|name| user.path(name));
    let absolute = named
        .into_iter()
        .flatten()
        .filter(|path| path.is_absolute());
    absolute
        .chain([Path::new("/tmp")])
        .map(Path::to_owned)
        .collect()
}
