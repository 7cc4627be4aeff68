//! Files and folders of roots: whether ours is among them.

use crate::child::files::{read_certificates, system_roots};
use crate::doctor::check::roots::VARIABLES;
use crate::doctor::machine::{Asked, Bundle, Machine};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Every file that something names.
pub fn read(machine: &Machine) -> BTreeMap<PathBuf, Bundle> {
    let named = VARIABLES
        .iter()
        .filter_map(|(name, _, _)| machine.variables.path(name).map(Path::to_owned));
    let git = &machine.git;
    let of_settings = [&git.ca_info, &git.ca_path, &machine.wgetrc.certificate];
    let mut paths: Vec<PathBuf> = named
        .chain(of_settings.into_iter().flatten().cloned())
        .collect();
    if let Asked::Told(python) = &machine.runtimes.python {
        let files = [&python.cafile, &python.capath, &python.certifi];
        paths.extend(files.into_iter().flatten().cloned());
    }
    if let Asked::Told(php) = &machine.runtimes.php {
        paths.extend(php.cainfo.clone());
    }
    let own = own(machine.ca.root.as_deref());
    let read = |path: PathBuf| {
        let bundle = bundle(&path, own.as_ref());
        (path, bundle)
    };
    paths.into_iter().map(read).collect()
}

pub fn system(root: Option<&Path>) -> Bundle {
    Bundle::Read {
        ours: is_among(&system_roots(), own(root).as_ref()),
        is_folder: false,
    }
}

/// Our root.
pub fn own(root: Option<&Path>) -> Option<CertificateDer<'static>> {
    CertificateDer::from_pem_file(root?).ok()
}

fn bundle(path: &Path, own: Option<&CertificateDer<'_>>) -> Bundle {
    match read_certificates(path) {
        Ok(pem) => Bundle::Read {
            ours: is_among(&pem, own),
            is_folder: path.is_dir(),
        },
        // An empty folder of roots is what it says: a client reads it without complaint.
        Err(error) if error.kind() == ErrorKind::InvalidData && path.is_dir() => Bundle::Read {
            ours: false,
            is_folder: true,
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Bundle::Missing,
        Err(error) => Bundle::Unreadable(reason(&error)),
    }
}

fn is_among(pem: &[u8], own: Option<&CertificateDer<'_>>) -> bool {
    let mut certificates = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    own.is_some_and(|own| certificates.any(|certificate| certificate == *own))
}

/// Without the number of the system, and as a part of a sentence.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let words = text
        .split_once(" (os error")
        .map_or(&*text, |(words, _)| words);
    let (first, rest) = words.split_at_checked(1).unwrap_or(("", words));
    first.to_lowercase() + rest
}
