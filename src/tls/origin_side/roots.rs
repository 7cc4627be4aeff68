//! The roots that origins are verified by.

use crate::tls::authority::{Authority, shell};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use std::path::PathBuf;

/// Roots that verify origins beside the platform's, PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtraRoots {
    File(PathBuf),
    /// Those of an origin in this process, which are in no file.
    Memory(String),
}

/// Why origins cannot be verified.
#[derive(Debug, thiserror::Error)]
pub enum RootsError {
    #[error("{}: {reason}", named(.from))]
    Extra { from: ExtraRoots, reason: String },
    #[error(
        "no root certificates to verify origins by: {0}; install the system's (Debian: apt install \
         ca-certificates) or add some with --origin-ca FILE"
    )]
    None(String),
    #[error("--crl {file}: {reason}")]
    Crl { file: String, reason: String },
    #[error("cannot verify origins: {0}")]
    Verifier(#[from] rustls::client::VerifierBuilderError),
}

pub(super) struct Roots {
    pub(super) store: RootCertStore,
    pub(super) warning: Option<String>,
}

impl Roots {
    pub(super) fn load(extra: &[ExtraRoots], own: &Authority) -> Result<Self, RootsError> {
        let mut store = RootCertStore::empty();
        let platform = rustls_native_certs::load_native_certs();
        let (ours, others): (Vec<_>, Vec<_>) = platform
            .certs
            .into_iter()
            .partition(|root| is_own(root, own));
        store.add_parsable_certificates(others);
        let lack = store
            .is_empty()
            .then(|| lack(!ours.is_empty(), platform.errors.first()));

        for roots in extra {
            add(&mut store, roots, own)?;
        }
        store.roots.shrink_to_fit();
        match lack {
            Some(lack) if store.is_empty() => Err(RootsError::None(lack)),
            lack => Ok(Self {
                store,
                warning: lack.map(|lack| format!("only --origin-ca roots verify origins: {lack}")),
            }),
        }
    }
}

/// Why the platform's store gave nothing. Somebody who exports our CA for clients easily starts
/// us under the same variables.
fn lack(ours: bool, error: Option<&rustls_native_certs::Error>) -> String {
    const REPLACED: &str = "SSL_CERT_FILE and SSL_CERT_DIR, when set, replace the system's store";
    match error {
        _ if ours => format!(
            "the only ones found are why401's own CA, which is never trusted towards an origin ({REPLACED})"
        ),
        Some(error) => format!(
            "{} ({REPLACED})",
            error.to_string().replace(char::is_control, "\u{fffd}")
        ),
        None => format!("the system's store is empty ({REPLACED})"),
    }
}

fn named(from: &ExtraRoots) -> String {
    match from {
        ExtraRoots::File(file) => format!("--origin-ca {}", shell(file)),
        ExtraRoots::Memory(_) => "the roots of an origin in this process".into(),
    }
}

fn add(store: &mut RootCertStore, from: &ExtraRoots, own: &Authority) -> Result<(), RootsError> {
    let error = |reason: String| RootsError::Extra {
        from: from.clone(),
        reason,
    };
    let roots = match from {
        ExtraRoots::File(file) => {
            CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>)
        }
        ExtraRoots::Memory(pem) => {
            CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<Vec<_>, _>>()
        }
    };
    let roots = roots.map_err(|cause| error(pem_reason(&cause)))?;
    if roots.is_empty() {
        return Err(error(
            "holds no PEM certificate (-----BEGIN CERTIFICATE-----)".into(),
        ));
    }
    let before = store.len();
    for (index, root) in roots
        .into_iter()
        .enumerate()
        .filter(|(_, root)| !is_own(root, own))
    {
        store
            .add(root)
            .map_err(|_| error(format!("certificate {} cannot be read", index + 1)))?;
    }
    match store.len() > before {
        true => Ok(()),
        false => Err(error(
            "is why401's own CA, which is never trusted towards an origin".into(),
        )),
    }
}

fn pem_reason(error: &pem::Error) -> String {
    match error {
        pem::Error::Io(error) => error.to_string(),
        _ => "holds a damaged PEM section".into(),
    }
}

/// Whether a certificate carries a name or a key of our CA, in whatever role: its encoded name and
/// its public key are unique, so their bytes are enough, even in what does not parse (H-U40).
pub(super) fn is_own(certificate: &[u8], own: &Authority) -> bool {
    own.marks().any(|mark| contains(certificate, mark))
}

/// Compares the first byte before the rest: the platform's store is some 300 KB.
pub(super) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window.first() == needle.first() && window == needle)
}
