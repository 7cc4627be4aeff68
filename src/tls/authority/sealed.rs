//! The issuing key as text: in the clear, or under a passphrase (H-A9): PBES2 with scrypt and AES-256-CBC, which OpenSSL reads too.

use super::AuthorityError;
use super::folder::{ISSUING_KEY, MOST_BYTES};
use crate::secret::Secret;
use pkcs8::der::SecretDocument;
use pkcs8::der::pem::PemLabel;
use pkcs8::{EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef};
use rcgen::KeyPair;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

const SEALED: &str = "-----BEGIN ENCRYPTED ";

/// Whether the key in `dir` asks for a passphrase. False where none can be read: whoever opens it says why.
pub fn is_sealed(dir: &Path) -> bool {
    let file = dir.join(ISSUING_KEY);
    // To open a FIFO would hang us.
    if !fs::metadata(&file).is_ok_and(|found| found.is_file()) {
        return false;
    }
    let mut text = Zeroizing::new(Vec::with_capacity(1024));
    let read = File::open(file).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut text));
    read.is_ok() && text.starts_with(SEALED.as_bytes())
}

/// `None` when it cannot be sealed: the system gives no random numbers.
pub(super) fn write(key: &KeyPair, passphrase: Option<&Secret>) -> Option<Zeroizing<String>> {
    let Some(passphrase) = passphrase else {
        return Some(Zeroizing::new(key.serialize_pem()));
    };
    let der = Zeroizing::new(key.serialize_der());
    let sealed = PrivateKeyInfoRef::try_from(&der[..])
        .ok()?
        .encrypt(passphrase.expose())
        .ok()?;
    let label = EncryptedPrivateKeyInfoRef::PEM_LABEL;
    sealed.to_pem(label, LineEnding::LF).ok()
}

pub(super) fn read(
    pem: &str,
    passphrase: Option<&Secret>,
    file: &Path,
) -> Result<KeyPair, AuthorityError> {
    let damaged = || AuthorityError::Damaged(file.into(), "PEM private key");
    if !pem.starts_with(SEALED) {
        return KeyPair::from_pem(pem).map_err(|_| damaged());
    }
    let (_, document) = SecretDocument::from_pem(pem).map_err(|_| damaged())?;
    let sealed: EncryptedPrivateKeyInfoRef<'_> =
        document.as_bytes().try_into().map_err(|_| damaged())?;
    let passphrase = passphrase.ok_or_else(|| AuthorityError::Locked(file.into()))?;
    let wrong = || AuthorityError::WrongPassphrase(file.into());
    let opened = sealed.decrypt(passphrase.expose()).map_err(|_| wrong())?;
    let der = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(opened.as_bytes()));
    KeyPair::try_from(&der).map_err(|_| wrong())
}
