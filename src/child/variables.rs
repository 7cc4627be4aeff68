//! The environment that the user gave us, as a value.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Variables by name; an empty one counts as unset, as nearly every program has it.
#[derive(Clone, Debug, Default)]
pub struct Variables(BTreeMap<OsString, OsString>);

impl Variables {
    pub fn of_this_process() -> Self {
        std::env::vars_os().collect()
    }

    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.0
            .get(OsStr::new(name))
            .map(OsString::as_os_str)
            .filter(|value| !value.is_empty())
    }

    /// As text; what is not UTF-8 keeps its readable part.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)
            .map(|value| value.to_string_lossy().into_owned())
    }

    pub fn path(&self, name: &str) -> Option<&Path> {
        self.get(name).map(Path::new)
    }

    /// Gives it this value, or none.
    pub fn set(&mut self, name: &str, value: Option<OsString>) {
        match value {
            Some(value) => self.0.insert(name.into(), value),
            None => self.0.remove(OsStr::new(name)),
        };
    }

    /// These, and no others.
    #[must_use]
    pub fn only(mut self, names: &[&str]) -> Self {
        self.0
            .retain(|name, _| names.iter().any(|wanted| name == *wanted));
        self
    }

    /// The program that this name means, as a shell would find it.
    pub fn find(&self, program: &OsStr) -> Option<PathBuf> {
        let named = Path::new(program);
        if named.components().count() > 1 {
            return Some(named.to_owned());
        }
        let folders = self.get("PATH")?;
        std::env::split_paths(folders)
            .map(|folder| folder.join(named))
            .find(|file| file.is_file())
    }
}

impl<K: Into<OsString>, V: Into<OsString>> FromIterator<(K, V)> for Variables {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        let owned = |(name, value): (K, V)| (name.into(), value.into());
        Self(variables.into_iter().map(owned).collect())
    }
}
