//! The files that variables name: whoever reads them while they are written anew sees the old or the new.

use super::EnvError;
use crate::child::environment::File;
use crate::child::files::assemble;
use crate::child::java::store;
use crate::child::variables::Variables;
use crate::cli::write::{Access, Draft};
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Writes into one folder.
pub struct Files<'a> {
    folder: &'a Path,
    /// PEM.
    root: &'a str,
    /// The system's roots, PEM.
    system: Vec<u8>,
    /// Sentences for the user.
    pub warnings: Vec<String>,
}

impl<'a> Files<'a> {
    /// Makes the folder. Nothing in it is secret, and services of other users read it.
    pub fn new(folder: &'a Path, root: &'a str, system: Vec<u8>) -> Result<Self, EnvError> {
        let failed = |source: io::Error| EnvError::Folder {
            folder: folder.to_owned(),
            source,
        };
        fs::create_dir_all(folder).map_err(failed)?;
        fs::set_permissions(folder, Permissions::from_mode(0o755)).map_err(failed)?;
        Ok(Self {
            folder,
            root,
            system,
            warnings: Vec::new(),
        })
    }

    pub fn write(&mut self, files: &[File]) -> Result<(), EnvError> {
        for file in files {
            let bytes = assemble(file, &self.system, self.root, &mut self.warnings);
            self.put(&file.name, &bytes)?;
        }
        self.warnings.sort();
        self.warnings.dedup();
        Ok(())
    }

    /// The name of the trust store for JVMs; `None` when theirs cannot be read.
    pub fn store(&mut self, user: &Variables) -> Result<Option<String>, EnvError> {
        let merged = store::merge(user, &self.system, self.root);
        self.warnings.extend(merged.warning);
        let Some(bytes) = merged.bytes else {
            return Ok(None);
        };
        // Two shells may have two JDKs.
        let name = store::source(user).map_or_else(
            || "java.p12".to_owned(),
            |source| {
                let source = crc32fast::hash(source.as_os_str().as_encoded_bytes());
                format!("java-{source:08x}.p12")
            },
        );
        self.put(&name, &bytes)?;
        Ok(Some(name))
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), EnvError> {
        let path = self.folder.join(name);
        Ok(Draft::of(&path, Access::Everybody)?.finish(bytes)?)
    }
}
