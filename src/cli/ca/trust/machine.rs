//! What there is on this machine: its stores and the tools that change them.

use super::place::{Place, Store};
use super::{anchors, java, keychain, nss, windows};
use crate::config::Environment;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Tools of the administrator are not on everybody's PATH.
const ALSO: [&str; 3] = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/// Where to look. Every path is below `root`, which is `/` but in tests.
pub struct Machine {
    pub root: PathBuf,
    /// As `std::env::consts::OS` has it.
    pub system: &'static str,
    pub is_root: bool,
    pub home: Option<PathBuf>,
    pub java_home: Option<PathBuf>,
    pub path: Vec<PathBuf>,
}

impl Machine {
    pub fn this(environment: &Environment) -> Self {
        let folders = environment.folders("PATH");
        Self {
            root: PathBuf::from("/"),
            system: std::env::consts::OS,
            is_root: rustix::process::geteuid().is_root(),
            home: environment.folder("HOME"),
            java_home: environment.folder("JAVA_HOME"),
            path: folders.into_iter().chain(ALSO.map(PathBuf::from)).collect(),
        }
    }

    /// The places of a store, in the order in which they are to be changed.
    pub fn places(&self, store: Store) -> Vec<Box<dyn Place>> {
        match (store, self.system) {
            (Store::System, "macos") => keychain::places(self),
            (Store::System, "windows") => windows::places(self),
            (Store::System, _) => anchors::places(self),
            (Store::Nss, _) => nss::places(self),
            (Store::Java, _) => java::places(self),
        }
    }

    /// Where to find `name` on the PATH.
    pub fn tool(&self, name: &str) -> Option<PathBuf> {
        let candidates = self.path.iter().map(|folder| self.below(folder).join(name));
        candidates.into_iter().find(|file| is_program(file))
    }

    /// `path`, below the root.
    pub fn below(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        match path.starts_with(&self.root) {
            true => path.to_owned(),
            false => self.root.join(path.strip_prefix("/").unwrap_or(path)),
        }
    }
}

pub(super) fn is_program(file: &Path) -> bool {
    file.metadata()
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// The folders in `parent`, sorted.
pub(super) fn folders_in(parent: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}
