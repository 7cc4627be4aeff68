//! The total parse of an `Authorization` value: malformed input is evidence, never an error.
//!
//! A value goes through four steps: the scheme is split off, the pair is decoded, each half is freed from what
//! does not belong to it (every such repair is a [`Fault`]), and what remains is classified.

use crate::secret::{Fingerprint, FingerprintKey};

mod basic;
mod fault;
#[doc(hidden)]
pub mod mint;
mod scheme;
mod token;
mod user_id;

pub use fault::{Fault, Place};
pub use scheme::Scheme;
pub use token::{Checksum, SecretKind, SecretShape, Vendor};
pub use user_id::{UserId, UserIdKind};

/// What one `Authorization` value shows, without the secret: small, owned, safe to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub scheme: Scheme,
    /// Form faults in the order in which they were undone; the rest describes the repaired value.
    pub faults: Vec<Fault>,
    /// The user-id of Basic (RFC 7617); `None` for other schemes or without a colon.
    pub user_id: Option<UserId>,
    pub secret: SecretShape,
    /// Keyed id of the secret as sent; `None` when there is none.
    pub fingerprint: Option<Fingerprint>,
}

impl Credentials {
    /// Parses any bytes in one linear pass over at most 64 KiB.
    pub fn parse(_value: &[u8], _key: &FingerprintKey) -> Self {
        todo!()
    }
}
