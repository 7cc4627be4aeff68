//! Secrets that cannot be printed, and the keyed ids that stand for them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of a credential. Never printed, wiped when dropped.
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes themselves, for classification only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The per-install key of [`Fingerprint`]s: 32 random bytes, kept in `fingerprint.key` (0600).
pub struct FingerprintKey(Zeroizing<[u8; 32]>);

impl FingerprintKey {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The id of a secret: the same for the same bytes in one install, unrelated in another (H-K5).
    pub fn secret(&self, bytes: &[u8]) -> Fingerprint {
        self.keyed(b"secret\0", bytes)
    }

    /// The id of a user-id, in a space of its own.
    pub fn user_id(&self, bytes: &[u8]) -> Fingerprint {
        self.keyed(b"user-id\0", bytes)
    }

    fn keyed(&self, domain: &[u8], bytes: &[u8]) -> Fingerprint {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&*self.0).expect("HMAC takes keys of any length");
        mac.update(domain);
        mac.update(bytes);
        let digest = mac.finalize().into_bytes();
        let mut short = [0; 10];
        short.copy_from_slice(&digest[..10]);
        Fingerprint(short)
    }
}

impl fmt::Debug for FingerprintKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// 80 bits of HMAC-SHA-256: stands for a secret or a user-id in logs, shown as 16 base32 characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 10]);

impl Fingerprint {
    /// 64 of its bits, for tables that hold many.
    pub fn short(self) -> u64 {
        let (short, _) = self.0.split_first_chunk().expect("ten bytes hold eight");
        u64::from_be_bytes(*short)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut bits = 0u128;
        for byte in self.0 {
            bits = bits << 8 | u128::from(byte);
        }
        for place in (0..16).rev() {
            let index = (bits >> (place * 5)) as usize & 31;
            write!(f, "{}", ALPHABET[index] as char)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H-K5: under another key the same secret has another id.
    #[test]
    fn a_fingerprint_is_stable_in_one_install_and_unrelated_in_another() {
        let (one, other) = (FingerprintKey::new([1; 32]), FingerprintKey::new([2; 32]));
        assert_eq!(one.secret(b"hunter2"), one.secret(b"hunter2"));
        assert_ne!(one.secret(b"hunter2"), one.secret(b"hunter3"));
        assert_ne!(one.secret(b"hunter2"), other.secret(b"hunter2"));
        assert_ne!(one.secret(b"jane"), one.user_id(b"jane"));
    }

    #[test]
    fn a_fingerprint_shows_80_bits_as_base32() {
        let shown = FingerprintKey::new([1; 32]).secret(b"hunter2").to_string();
        assert_eq!(shown.len(), 16);
        assert!(
            shown
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'))
        );
        assert_eq!(Fingerprint([0; 10]).to_string(), "a".repeat(16));
        assert_eq!(Fingerprint([0xff; 10]).to_string(), "7".repeat(16));
    }

    /// H-K12: Debug.
    #[test]
    fn nothing_secret_is_printed() {
        let secret = Secret::new(b"hunter2".to_vec());
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(format!("{:?}", FingerprintKey::new([7; 32])), "***");
        assert_eq!(secret.expose(), b"hunter2");
    }
}
