//! A file that others see whole or not at all.

use crate::tls::authority::shell;
use std::fs::Permissions;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// 0644.
    Everybody,
    /// 0600: it holds secrets.
    Owner,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {}", shell(.file), advice(.source))]
pub struct WriteError {
    file: PathBuf,
    source: io::Error,
}

/// A file that is not there yet, in the folder where it will be. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct Draft<'a> {
    file: &'a Path,
    draft: NamedTempFile,
}

impl<'a> Draft<'a> {
    /// Finds out whether the file can be written before anything is said about it.
    ///
    /// # Errors
    /// A folder that is not there, or where nothing may be written.
    pub fn of(file: &'a Path, access: Access) -> Result<Self, WriteError> {
        match begin(file, access) {
            Ok(draft) => Ok(Self { file, draft }),
            Err(source) => Err(WriteError::of(file, source)),
        }
    }

    /// Replaces what was there.
    ///
    /// # Errors
    /// A disk that is full.
    pub fn finish(mut self, bytes: &[u8]) -> Result<(), WriteError> {
        let written = self.draft.write_all(bytes);
        written
            .and_then(|()| Ok(self.draft.persist(self.file).map(drop)?))
            .map_err(|source| WriteError::of(self.file, source))
    }
}

impl WriteError {
    fn of(file: &Path, source: io::Error) -> Self {
        let file = file.to_owned();
        Self { file, source }
    }
}

fn begin(file: &Path, access: Access) -> io::Result<NamedTempFile> {
    if file.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mode = match access {
        Access::Everybody => 0o644,
        Access::Owner => 0o600,
    };
    let draft = tempfile::Builder::new()
        .prefix(".why401-")
        .tempfile_in(folder)?;
    // As it says, whatever the umask would take away.
    draft
        .as_file()
        .set_permissions(Permissions::from_mode(mode))?;
    Ok(draft)
}

fn advice(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "its folder does not exist; make it first".into(),
        ErrorKind::IsADirectory => "it is a folder; name a file in it".into(),
        ErrorKind::NotADirectory => "part of its path is a file; name another place".into(),
        ErrorKind::PermissionDenied => "this user may not write there; name another place".into(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only; name another place".into(),
        _ => format!("{error}; name another place"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_secret_is_for_its_owner_alone_also_where_a_file_was_open_to_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("credentials.json");
        fs::write(&file, "old").unwrap();
        let draft = Draft::of(&file, Access::Owner).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"old");
        draft.finish(b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a draft");
    }

    #[test]
    fn a_missing_folder_and_a_folder_in_its_place_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no/ca.pem");
        let error = Draft::of(&missing, Access::Everybody).unwrap_err();
        assert!(error.to_string().ends_with("make it first"), "{error}");
        let error = Draft::of(folder.path(), Access::Everybody).unwrap_err();
        assert!(error.to_string().contains("it is a folder"), "{error}");
    }
}
