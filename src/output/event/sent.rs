//! What an event says about the credentials that were sent.

use super::{VALUE_LIMIT, names};
use crate::credentials::{Checksum, Credentials};
use crate::output::clean::clean;

/// The part of an event that the credentials give.
#[derive(Default)]
pub struct Sent {
    pub scheme: Option<&'static str>,
    pub user_id: Option<String>,
    pub user_id_kind: Option<&'static str>,
    pub secret_kind: Option<&'static str>,
    pub secret_length: Option<usize>,
    pub secret_checksum: Option<&'static str>,
    pub fingerprint: Option<String>,
}

impl Sent {
    pub fn of(credentials: Option<&Credentials>, show_user_ids: bool) -> Self {
        let Some(sent) = credentials else {
            return Self::default();
        };
        let user = sent.user_id.as_ref();
        let shown = user.map(|user| {
            if show_user_ids {
                user.expose().to_owned()
            } else {
                user.masked()
            }
        });
        Self {
            scheme: Some(names::scheme(sent.scheme)),
            user_id: shown.map(|text| clean(&text, VALUE_LIMIT)),
            user_id_kind: user.map(|user| names::user_id_kind(user.kind)),
            secret_kind: names::secret_kind(sent.secret.kind),
            secret_length: sent.secret.length,
            secret_checksum: match sent.secret.checksum {
                Checksum::Fits => Some("fits"),
                Checksum::Fails => Some("fails"),
                Checksum::Absent => None,
            },
            fingerprint: sent.fingerprint.map(|fingerprint| fingerprint.to_string()),
        }
    }
}
