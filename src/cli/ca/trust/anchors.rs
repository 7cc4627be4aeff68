//! The store of a Linux system: a folder of anchors, and a tool that makes the bundle from it.

use super::machine::Machine;
use super::mark::{Mark, Root};
use super::place::{Hindrance, Listing, Place, Store};
use super::plan::{Action, Call};
use std::path::{Path, PathBuf};

/// How a family of systems does it.
struct Way {
    folder: &'static str,
    extension: &'static str,
    tool: &'static str,
    /// With which the tool also forgets what is no longer in the folder.
    on_removal: &'static [&'static str],
    bundle: &'static str,
}

const WAYS: [Way; 2] = [
    // Debian, Ubuntu, Alpine. Without --fresh, Debian leaves links to what is gone.
    Way {
        folder: "/usr/local/share/ca-certificates",
        extension: "crt",
        tool: "update-ca-certificates",
        on_removal: &["--fresh"],
        bundle: "/etc/ssl/certs/ca-certificates.crt",
    },
    // Fedora, RHEL, Amazon Linux.
    Way {
        folder: "/etc/pki/ca-trust/source/anchors",
        extension: "pem",
        tool: "update-ca-trust",
        on_removal: &[],
        bundle: "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    },
];

struct Anchors {
    way: &'static Way,
    folder: PathBuf,
    tool: PathBuf,
    bundle: PathBuf,
    is_root: bool,
}

pub(super) fn places(machine: &Machine) -> Vec<Box<dyn Place>> {
    let found = WAYS.iter().find_map(|way| {
        Some(Box::new(Anchors {
            way,
            folder: Some(machine.below(way.folder)).filter(|folder| folder.is_dir())?,
            tool: machine.tool(way.tool)?,
            bundle: machine.below(way.bundle),
            is_root: machine.is_root,
        }) as Box<dyn Place>)
    });
    found.into_iter().collect()
}

impl Place for Anchors {
    fn store(&self) -> Store {
        Store::System
    }

    fn path(&self) -> &Path {
        &self.folder
    }

    fn hindrance(&self) -> Option<Hindrance> {
        (!self.is_root).then(|| Hindrance::Root(Vec::new()))
    }

    fn listing(&self) -> Listing {
        Listing::Folder(self.folder.clone())
    }

    fn ours(&self, _printed: &str, _mark: &Mark) -> Vec<String> {
        Vec::new()
    }

    fn add(&self, root: &Root) -> Vec<Action> {
        let file = format!("{}.{}", root.name, self.way.extension);
        vec![
            Action::Install {
                root: root.file.clone(),
                to: self.folder.join(file),
            },
            Action::Run(Call::new(&self.tool, [""; 0])),
        ]
    }

    fn remove(&self, names: &[String]) -> Vec<Action> {
        let files = names
            .iter()
            .map(|name| Action::Remove(self.folder.join(name)));
        let update = Call::new(&self.tool, self.way.on_removal.iter().copied());
        files.chain([Action::Run(update)]).collect()
    }

    fn bundle(&self) -> Option<&Path> {
        Some(&self.bundle)
    }
}
