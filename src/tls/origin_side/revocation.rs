//! Lists of revoked certificates (`--crl`), read once, at start.

use super::RootsError;
use super::explain::days;
use crate::tls::authority::shell;
use crate::tls::provider;
use rustls::client::{VerifierBuilderError, WebPkiServerVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateRevocationListDer, UnixTime};
use rustls::{CertRevocationListError, RootCertStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;

pub(super) type Lists = Vec<CertificateRevocationListDer<'static>>;

/// The lists of `files`, and a line for the log about each that is out of date: it is kept, so that what it speaks for
/// is refused, and not silently believed.
pub(super) fn load(
    files: &[PathBuf],
    roots: &Arc<RootCertStore>,
    now: UnixTime,
) -> Result<(Lists, Vec<String>), RootsError> {
    let (mut lists, mut warnings) = (Lists::new(), Vec::new());
    for file in files {
        let error = |reason: String| RootsError::Crl {
            file: shell(file),
            reason,
        };
        let found = read(file).map_err(error)?;
        for list in &found {
            check(list, roots).map_err(error)?;
            warnings.extend(outdated(file, list, now));
        }
        lists.extend(found);
    }
    Ok((lists, warnings))
}

/// PEM, where it looks like that, else DER.
fn read(file: &Path) -> Result<Lists, String> {
    const NONE: &str = "holds no certificate revocation list (-----BEGIN X509 CRL-----, or DER)";
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let is_pem = bytes.windows(11).any(|window| window == b"-----BEGIN ");
    if !is_pem {
        return match CertificateRevocationList::from_der(&bytes) {
            Ok(_) => Ok(vec![bytes.into()]),
            Err(_) => Err(NONE.into()),
        };
    }
    let found: Result<Lists, _> = CertificateRevocationListDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(lists) if lists.is_empty() => Err(NONE.into()),
        Ok(lists) => Ok(lists),
        Err(_) => Err("holds a damaged PEM section".into()),
    }
}

/// Asks the verifier itself, so that none fails later.
fn check(
    list: &CertificateRevocationListDer<'static>,
    roots: &Arc<RootCertStore>,
) -> Result<(), String> {
    let built = WebPkiServerVerifier::builder_with_provider(roots.clone(), provider())
        .with_crls([list.clone()])
        .build();
    match built {
        Err(VerifierBuilderError::InvalidCrl(error)) => Err(words(&error).into()),
        // Missing roots are told where they are looked for.
        _ => Ok(()),
    }
}

fn words(error: &CertRevocationListError) -> &'static str {
    use CertRevocationListError as E;
    match error {
        E::UnsupportedDeltaCrl => "is a delta list, and only whole ones can be used",
        E::UnsupportedIndirectCrl => {
            "is an indirect list, and only those of the CA itself can be used"
        }
        _ => "holds a certificate revocation list that cannot be read",
    }
}

fn outdated(file: &Path, list: &[u8], now: UnixTime) -> Option<String> {
    let (_, parsed) = CertificateRevocationList::from_der(list).ok()?;
    let until = u64::try_from(parsed.next_update()?.timestamp()).ok()?;
    (until < now.as_secs()).then(|| {
        format!(
            "the list of --crl {} expired {} ago: certificates of its CA are refused until a new one is there and \
             why401 is started again",
            shell(file),
            days(now.as_secs(), until)
        )
    })
}
