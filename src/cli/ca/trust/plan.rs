//! What is to be done to a store, as values that can be shown instead.

use crate::tls::authority::shell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// One change of the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Copy the root certificate, readable by all.
    Install {
        root: PathBuf,
        to: PathBuf,
    },
    Remove(PathBuf),
    Run(Call),
}

/// A program and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub program: PathBuf,
    pub arguments: Vec<OsString>,
}

impl Call {
    pub fn new<A: Into<OsString>>(program: &Path, arguments: impl IntoIterator<Item = A>) -> Self {
        Self {
            program: program.to_owned(),
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }

    pub fn and(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// As a line for a shell.
    pub fn line(&self) -> String {
        let arguments = self.arguments.iter().map(|word| shell(Path::new(word)));
        let words: Vec<String> = std::iter::once(shell(&self.program))
            .chain(arguments)
            .collect();
        words.join(" ")
    }
}

impl Action {
    /// As a line for a shell, which does the same.
    pub fn line(&self) -> String {
        match self {
            Self::Install { root, to } => {
                format!("install -m 644 {} {}", shell(root), shell(to))
            }
            Self::Remove(file) => format!("rm {}", shell(file)),
            Self::Run(call) => call.line(),
        }
    }
}
