//! The trust store for JVMs: what they trusted before, and our root.

use super::{STORE_PASSWORD, jks, property};
use crate::child::variables::Variables;
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Where JDKs and older JREs keep the roots that they come with.
const CACERTS: [&str; 2] = ["lib/security/cacerts", "jre/lib/security/cacerts"];
/// How often a password is hashed. This one is known to everybody.
const ITERATIONS: u32 = 1;

/// A store, and what went wrong on the way to it.
pub struct Merged {
    /// PKCS#12; `None` when JVMs are better left alone: they would not trust our CA.
    pub bytes: Option<Vec<u8>>,
    pub warning: Option<String>,
}

/// The store that a JVM uses without us, with our root in it.
///
/// `system` are the system's roots, PEM: they stand in for a JDK's own that cannot be found or read.
pub fn merge(user: &Variables, system: &[u8], own: &str) -> Merged {
    let options = user.text("JAVA_TOOL_OPTIONS").unwrap_or_default();
    if let Some(path) = property(&options, "javax.net.ssl.trustStore") {
        return with_own(Path::new(&path), &options, own);
    }
    let mut warning = None;
    let roots = home(user)
        .and_then(|home| {
            CACERTS
                .iter()
                .map(|part| home.join(part))
                .find(|file| file.is_file())
        })
        .and_then(|file| {
            let roots = read(&file, STORE_PASSWORD);
            if roots.is_none() {
                warning = Some(format!(
                    "Java's trust store {} cannot be read; JVMs get the system's roots instead",
                    file.display()
                ));
            }
            roots
        })
        .unwrap_or_else(|| pem(system));
    Merged {
        bytes: written(&roots, own),
        warning,
    }
}

/// The user chose a store: ours is a copy of it, or there is none.
fn with_own(path: &Path, options: &str, own: &str) -> Merged {
    let password = property(options, "javax.net.ssl.trustStorePassword");
    let roots = read(path, password.as_deref().unwrap_or(STORE_PASSWORD));
    let bytes = roots.and_then(|roots| written(&roots, own));
    let warning = bytes.is_none().then(|| {
        format!(
            "JAVA_TOOL_OPTIONS: the trust store {} cannot be read, so JVMs go their own way, past why401",
            path.display()
        )
    });
    Merged { bytes, warning }
}

/// The certificates that a store trusts, DER; `None` when it cannot be read with this password.
pub fn read(file: &Path, password: &str) -> Option<Vec<Vec<u8>>> {
    let bytes = fs::read(file).ok()?;
    if jks::is_jks(&bytes) {
        let trusted = jks::trusted(&bytes)?;
        return Some(trusted.into_iter().map(<[u8]>::to_vec).collect());
    }
    let store = KeyStore::from_pkcs12(&bytes, password, Pkcs12ImportPolicy::Strict).ok()?;
    let certificates = store.entries().filter_map(|(_, entry)| match entry {
        KeyStoreEntry::Certificate(certificate) => Some(certificate.as_der().to_vec()),
        _ => None,
    });
    Some(certificates.collect())
}

fn pem(bytes: &[u8]) -> Vec<Vec<u8>> {
    CertificateDer::pem_slice_iter(bytes)
        .filter_map(Result::ok)
        .map(|certificate| certificate.to_vec())
        .collect()
}

fn written(roots: &[Vec<u8>], own: &str) -> Option<Vec<u8>> {
    let mut store = KeyStore::new();
    let own = pem(own.as_bytes());
    for (number, der) in own.iter().chain(roots).enumerate() {
        // One that this library cannot read is missed by nobody but its own sites.
        if let Ok(certificate) = Certificate::from_der(der) {
            store.add_entry(
                &format!("root-{number}"),
                KeyStoreEntry::Certificate(certificate),
            );
        }
    }
    store
        .writer(STORE_PASSWORD)
        .encryption_iterations(ITERATIONS)
        .mac_iterations(ITERATIONS)
        .write()
        .ok()
}

/// What the roots of [`merge`] come from; one store for each will do.
pub fn source(user: &Variables) -> Option<PathBuf> {
    let options = user.text("JAVA_TOOL_OPTIONS").unwrap_or_default();
    let chosen = property(&options, "javax.net.ssl.trustStore").map(PathBuf::from);
    chosen.or_else(|| home(user))
}

/// Where a JDK is.
pub fn home(user: &Variables) -> Option<PathBuf> {
    if let Some(home) = user.path("JAVA_HOME") {
        return Some(home.to_owned());
    }
    let java = user.find(OsStr::new("java"))?;
    let java = fs::canonicalize(java).ok()?;
    Some(java.parent()?.parent()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::authority::Authority;
    use crate::tls::constraint::Constraint;
    use time::UtcDateTime;

    fn root() -> String {
        let now = UtcDateTime::now();
        let authority = Authority::in_memory(&Constraint::default(), now).unwrap();
        authority.root_pem().to_owned()
    }

    fn count(store: Option<Vec<u8>>) -> usize {
        let store =
            KeyStore::from_pkcs12(&store.unwrap(), STORE_PASSWORD, Pkcs12ImportPolicy::Strict);
        store.unwrap().entries_len()
    }

    fn user(options: &str) -> Variables {
        [("JAVA_TOOL_OPTIONS", options), ("JAVA_HOME", "/nowhere")]
            .into_iter()
            .collect()
    }

    #[test]
    fn without_a_jdk_the_systems_roots_are_taken() {
        let merged = merge(&user(""), root().as_bytes(), &root());
        assert_eq!(merged.warning, None);
        assert_eq!(count(merged.bytes), 2);
    }

    #[test]
    fn the_users_own_store_is_copied_whatever_its_format() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("corp.p12");
        fs::write(&file, written(&pem(root().as_bytes()), &root()).unwrap()).unwrap();
        let options = format!("-Djavax.net.ssl.trustStore={}", file.display());
        assert_eq!(count(merge(&user(&options), b"", &root()).bytes), 3);
    }

    #[test]
    fn a_broken_store_of_the_users_stays_and_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("corp.jks");
        fs::write(&file, b"\xfe\xed\xfe\xed\x00\x00\x00\x02\x00").unwrap();
        let options = format!("-Djavax.net.ssl.trustStore={}", file.display());
        let merged = merge(&user(&options), b"", &root());
        assert!(merged.bytes.is_none());
        assert!(merged.warning.unwrap().contains("corp.jks cannot be read"));
    }

    #[test]
    fn a_broken_store_of_the_jdk_is_replaced_and_named() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("lib/security")).unwrap();
        fs::write(home.path().join(CACERTS[0]), b"\xfe\xed\xfe\xed").unwrap();
        let user: Variables = [("JAVA_HOME", home.path())].into_iter().collect();
        let merged = merge(&user, root().as_bytes(), &root());
        assert!(merged.warning.unwrap().contains("instead"));
        assert_eq!(count(merged.bytes), 2);
    }
}
