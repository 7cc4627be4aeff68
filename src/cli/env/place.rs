//! Who will use it, and where the files lie.

use crate::child::variables::Variables;
use crate::output::environment::{Format, Reader};
use std::path::{Path, PathBuf};

use super::Previous;

/// Who will use it.
#[derive(Debug)]
pub enum Place {
    /// Whoever asks, in this very environment.
    Asking,
    /// A service of this machine.
    Service,
    /// A machine that has the files in this folder.
    Other(String),
    /// A machine that makes them, in this folder or a new one.
    Script(Option<String>),
}

/// Where the files lie.
pub struct Folders {
    pub here: PathBuf,
    /// For those who read the text.
    pub there: PathBuf,
}

/// Stands for a folder that a script makes, and is nowhere in the text.
const MADE_BY_SCRIPT: &str = "/the-folder-that-the-script-makes";
/// What a service has in common with a shell.
const OF_SERVICES: [&str; 3] = ["PATH", "JAVA_HOME", "JAVA_TOOL_OPTIONS"];

impl Place {
    pub fn of(format: Format, folder: Option<String>) -> Self {
        match (format.reader(), folder) {
            (Reader::Script, folder) => Self::Script(folder),
            (Reader::Carried(usual), folder) => {
                Self::Other(folder.unwrap_or_else(|| usual.to_owned()))
            }
            (_, Some(folder)) => Self::Other(folder),
            (Reader::Asking, None) => Self::Asking,
            (Reader::Service, None) => Self::Service,
        }
    }

    pub fn is_elsewhere(&self) -> bool {
        matches!(self, Self::Other(_) | Self::Script(_))
    }

    pub fn folders(&self, state: &Path) -> Folders {
        let state = std::path::absolute(state).unwrap_or_else(|_| state.to_owned());
        let (name, there) = match self {
            Self::Asking | Self::Service => ("env", None),
            Self::Other(folder) => ("carried", Some(folder.as_str())),
            Self::Script(folder) => ("carried", folder.as_deref().or(Some(MADE_BY_SCRIPT))),
        };
        let here = state.join(name);
        Folders {
            there: there.map_or_else(|| here.clone(), PathBuf::from),
            here,
        }
    }

    /// What is known of the environment of those who will use it. Nothing of this one is told to another machine.
    pub fn variables(&self, user: &Variables, previous: &Previous, folder: &Path) -> Variables {
        match self {
            Self::Asking => previous.restored(user, folder),
            Self::Service => previous.restored(user, folder).only(&OF_SERVICES),
            Self::Other(_) | Self::Script(_) => Variables::default(),
        }
    }
}
