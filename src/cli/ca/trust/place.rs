//! A store of trusted roots on this machine: how to see what it holds, and what changes it.

use super::mark::{Mark, Root};
use super::plan::{Action, Call};
use std::path::{Path, PathBuf};

/// `--store` of `why401 ca trust` and `untrust`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Store {
    System,
    Nss,
    Java,
}

impl Store {
    pub const ALL: [Self; 3] = [Self::System, Self::Nss, Self::Java];

    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Nss => "nss",
            Self::Java => "java",
        }
    }
}

/// How to see what a place holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Listing {
    /// A folder of certificates, a file each.
    Folder(PathBuf),
    /// What a tool prints, for [`Place::ours`] to read.
    Output(Call),
}

/// What keeps us from changing a place, as far as can be seen without trying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The tool, and how to get it.
    Missing(&'static str, &'static str),
    /// Another user owns it. The variables are those that sudo must be given along.
    Root(Vec<(&'static str, PathBuf)>),
}

/// One place of trust: all that is known of its tool, as values. What is done with them, `perform` does.
pub trait Place {
    fn store(&self) -> Store;
    /// The file or folder that is changed.
    fn path(&self) -> &Path;
    fn hindrance(&self) -> Option<Hindrance>;
    fn listing(&self) -> Listing;
    /// The names of our entries in what [`Listing::Output`] printed.
    fn ours(&self, printed: &str, mark: &Mark) -> Vec<String>;
    /// Whether one of our entries is this root, and not one from before the CA was made anew.
    fn is_current(&self, name: &str, root: &Root) -> bool {
        name.contains(&root.name)
    }
    fn add(&self, root: &Root) -> Vec<Action>;
    /// Takes out the entries of these names.
    fn remove(&self, names: &[String]) -> Vec<Action>;
    /// The file by which to see whether the system took it up.
    fn bundle(&self) -> Option<&Path> {
        None
    }
    /// Whether the tool of the system's store writes this place as well.
    fn is_written_by_system(&self) -> bool {
        false
    }
}
