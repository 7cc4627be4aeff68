//! The files that `serve` needs once its configuration is read.

use super::{CaStore, Config, Environment, ExtraRoots};
use crate::confinement::Folders;
use std::path::{Path, PathBuf};

/// Where the settings and the certificate variables of `environment` lead; `exists` tells of a folder.
pub(super) fn folders(
    config: &Config,
    environment: &Environment,
    exists: impl Fn(&Path) -> bool,
) -> Folders {
    let roots = config.origin_ca.iter().filter_map(|roots| match roots {
        ExtraRoots::File(file) => Some(file.clone()),
        ExtraRoots::Memory(_) => None,
    });
    let ca = match &config.ca {
        CaStore::Directory(folder) => Some(folder),
        CaStore::Memory => None,
    };
    // A CA is made beside its folder, and renamed into place.
    let ca = ca.map(|folder| match folder.parent() {
        Some(parent) if !exists(folder) => own(parent),
        _ => folder.clone(),
    });
    Folders {
        read: roots
            .chain(config.crl.clone())
            .chain(environment.certificates())
            .collect(),
        write: ca.into_iter().chain(config.state_dir.clone()).collect(),
    }
}

/// The parent of a bare name is empty.
fn own(folder: &Path) -> PathBuf {
    if folder == Path::new("") {
        PathBuf::from(".")
    } else {
        folder.into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::layers::{Layer, Layers};
    use super::super::{resolve, setting};
    use super::*;
    use std::io;

    #[test]
    fn what_is_named_is_reached() {
        let environment = Environment::from_iter([("SSL_CERT_DIR", "/a:/b"), ("HOME", "/h")]);
        let flags = Layer::of(&[
            (&setting::ORIGIN_CA, "/c/r.pem"),
            (&setting::CRL, "/l/r.crl"),
            (&setting::CA_DIR, "/d/ca"),
            (&setting::STATE_DIR, "/s"),
        ]);
        let none = |_: &Path| Err(io::ErrorKind::NotFound.into());
        let layers = Layers::read(flags, &environment, none).unwrap();
        let config = resolve::config(&layers, &environment).unwrap();
        let folders = |exists| folders(&config, &environment, move |_| exists);
        assert_eq!(
            folders(true).read,
            ["/c/r.pem", "/l/r.crl", "/a", "/b"].map(PathBuf::from)
        );
        assert_eq!(folders(true).write, ["/d/ca", "/s"].map(PathBuf::from));
        assert_eq!(folders(false).write, ["/d", "/s"].map(PathBuf::from));
    }
}
