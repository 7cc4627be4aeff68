//! Whether a client would trust the CA, by the files that it reads.

use crate::doctor::machine::{Bundle, Machine};
use crate::tls::authority::shell;
use std::path::{Path, PathBuf};

/// One place where a client looks for roots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A variable or setting, and the file or folder that it names.
    Named(&'static str, PathBuf),
    System,
    /// Roots that come with the client: a description, and where they lie, if in a file.
    OwnFile(&'static str, PathBuf),
    BuiltIn(&'static str),
}

impl Source {
    fn holds_ours(&self, machine: &Machine) -> bool {
        match self {
            Self::Named(_, path) | Self::OwnFile(_, path) => machine.bundle(path).holds_ours(),
            Self::System => machine.system.holds_ours(),
            Self::BuiltIn(_) => false,
        }
    }

    pub fn words(&self) -> &'static str {
        match self {
            Self::Named(name, _) => name,
            Self::System => "the system's roots",
            Self::OwnFile(words, _) | Self::BuiltIn(words) => words,
        }
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Self::Named(_, path) | Self::OwnFile(_, path) => Some(path),
            Self::System | Self::BuiltIn(_) => None,
        }
    }
}

/// The places that count, all of them, and the variable by which to add a root.
#[derive(Clone, Debug)]
pub struct Trust {
    pub sources: Vec<Source>,
    pub variable: &'static str,
    /// The variable adds to the roots; else it stands in their place.
    pub adds: bool,
}

impl Trust {
    /// The client reads the file of the first of these variables that is set, else these.
    pub fn replaced(machine: &Machine, variables: &[&'static str], otherwise: Source) -> Self {
        let named = variables.iter().find_map(|name| named(machine, name));
        Self {
            sources: vec![named.unwrap_or(otherwise)],
            variable: variables.first().copied().unwrap_or_default(),
            adds: false,
        }
    }

    /// By OpenSSL's own variables: a file and a folder, each with a default of its own.
    pub fn of_openssl(machine: &Machine) -> Self {
        let file = named(machine, "SSL_CERT_FILE");
        let folder = named(machine, "SSL_CERT_DIR");
        let system = (file.is_none() || folder.is_none()).then_some(Source::System);
        Self {
            sources: file.into_iter().chain(folder).chain(system).collect(),
            variable: "SSL_CERT_FILE",
            adds: false,
        }
    }

    /// The source that makes the client trust the CA.
    pub fn by(&self, machine: &Machine) -> Option<&Source> {
        let ours = |source: &&Source| source.holds_ours(machine);
        self.sources.iter().find(ours)
    }

    /// What makes it trust the CA, in one command.
    pub fn remedy(&self, machine: &Machine) -> String {
        let (root, variable) = (machine.root(), self.variable);
        let first = self.sources.first();
        let roots = first.and_then(Source::path).and_then(|path| {
            let file = shell(path);
            match machine.bundle(path) {
                // A folder cannot be joined, its files can.
                Bundle::Read {
                    is_folder: true, ..
                } => Some(format!("{file}/*.pem")),
                Bundle::Read { .. } => Some(file),
                Bundle::Missing | Bundle::Unreadable(_) => None,
            }
        });
        match roots {
            Some(roots) => {
                format!("cat {roots} {root} > ~/both.pem; export {variable}=~/both.pem")
            }
            None if !self.adds && first == Some(&Source::System) => machine.trust_in("system"),
            None => format!("export {variable}={root}"),
        }
    }
}

/// What a variable names, if it is set.
pub fn named(machine: &Machine, variable: &'static str) -> Option<Source> {
    let path = machine.variables.path(variable)?;
    Some(Source::Named(variable, path.to_owned()))
}
