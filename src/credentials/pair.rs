//! User-id and secret of one credential, repaired and classified together: each tells about the other.

use super::fault::{Fault, Place};
use super::text::Text;
use super::token::{self, SecretShape};
use super::user_id::{self, UserId, UserIdKind};
use super::{disguise, repair, stand_in};
use crate::secret::{Fingerprint, FingerprintKey};

/// What is known of the two halves; of a bare secret there is no user-id.
pub(super) struct Halves {
    pub(super) user_id: Option<UserId>,
    pub(super) secret: SecretShape,
    pub(super) fingerprint: Option<Fingerprint>,
}

impl Halves {
    pub(super) const NOTHING: Self = Self {
        user_id: None,
        secret: SecretShape::NONE,
        fingerprint: None,
    };
    pub(super) const STAND_IN: Self = Self {
        secret: SecretShape::PLACEHOLDER,
        ..Self::NOTHING
    };

    /// A value that could not be parted; all of it counts as the secret.
    pub(super) fn unreadable(sent: &[u8], key: &FingerprintKey) -> Self {
        Self {
            secret: SecretShape::UNKNOWN,
            fingerprint: Some(key.secret(sent)),
            ..Self::NOTHING
        }
    }

    /// A secret without a user-id.
    pub(super) fn of_secret(sent: &[u8], key: &FingerprintKey, faults: &mut Vec<Fault>) -> Self {
        let secret = repair::half(sent, Place::Secret, faults);
        if secret.is_empty() {
            faults.push(Fault::Empty(Place::Value));
            return Self::NOTHING;
        }
        if let Some(fault) = stand_in::recognise(&secret, Place::Secret) {
            faults.push(fault);
            return Self::STAND_IN;
        }
        let secret = disguise::lift(secret, Place::Secret, faults);
        Self {
            user_id: None,
            secret: SecretShape::classify(&secret, None),
            fingerprint: Some(key.secret(sent)),
        }
    }

    /// `user-id ":" secret`, parted at `colon`.
    pub(super) fn of_pair(
        text: &[u8],
        colon: usize,
        key: &FingerprintKey,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let (user_sent, secret_sent) = (&text[..colon], &text[colon + 1..]);
        let mut user_id = repair::half(user_sent, Place::UserId, faults);
        let rest = after_account_id(&user_id, secret_sent);
        let secret_sent = &secret_sent[rest.unwrap_or(0)..];
        let mut secret = repair::half(secret_sent, Place::Secret, faults);
        note_empty(&user_id, &secret, faults);

        let mut kind = user_kind(&mut user_id, faults);
        if rest.is_some() {
            kind = UserIdKind::AccountId;
        }
        if let Some(fault) = stand_in::recognise(&secret, Place::Secret) {
            faults.push(fault);
            let user_id = Some(UserId::new(kind, &user_id, key));
            return Self {
                user_id,
                ..Self::STAND_IN
            };
        }
        secret = disguise::lift_half(secret, Place::Secret, faults);
        if faults.contains(&Fault::DoubleEncoded)
            && let Some(name) = decoded_name(kind, &user_id)
        {
            kind = UserIdKind::of(&name);
            user_id = name;
        }
        let mut sent = secret_sent;
        if is_swapped(kind, &user_id, &secret) {
            faults.push(Fault::SwappedHalves);
            std::mem::swap(&mut user_id, &mut secret);
            kind = kind_after_swap(&user_id);
            secret = disguise::lift(secret, Place::Secret, faults);
            sent = user_sent;
        }
        if holds_secret(kind, &user_id, &secret) {
            kind = UserIdKind::Token;
        }
        let shape = SecretShape::classify(&secret, Some(&user_id));
        Self {
            user_id: Some(UserId::new(kind, &user_id, key)),
            secret: shape,
            fingerprint: (!sent.is_empty()).then(|| key.secret(sent)),
        }
    }

    /// Drops a user-id that may be part of an opaque secret.
    pub(super) fn without_doubtful_user_id(mut self) -> Self {
        let plain = |user: &UserId| user.kind == UserIdKind::Email || user.kind.is_literal();
        if !self.secret.kind.is_token() {
            self.user_id = self.user_id.filter(plain);
        }
        self
    }
}

fn note_empty(user_id: &[u8], secret: &[u8], faults: &mut Vec<Fault>) {
    match (user_id.is_empty(), secret.is_empty()) {
        (true, true) => faults.push(Fault::Empty(Place::Value)),
        (true, false) => faults.push(Fault::Empty(Place::UserId)),
        (false, true) => faults.push(Fault::Empty(Place::Secret)),
        (false, false) => {}
    }
}

/// The kind of the user-id; `%40` is undone when an email address comes out of it (E13).
fn user_kind(user_id: &mut Text<'_>, faults: &mut Vec<Fault>) -> UserIdKind {
    if let Some(fault) = stand_in::recognise(user_id, Place::UserId) {
        faults.push(fault);
        return UserIdKind::Placeholder;
    }
    if let Some(email) = disguise::unescaped(user_id).filter(|text| user_id::is_email(text)) {
        faults.push(Fault::Escaped(Place::UserId));
        *user_id = email;
    }
    UserIdKind::of(user_id)
}

/// Who encodes the secret once too often often does it to the user name as well.
fn decoded_name(kind: UserIdKind, user_id: &[u8]) -> Option<Text<'static>> {
    let text = matches!(kind, UserIdKind::Username | UserIdKind::Label)
        .then(|| token::decode(user_id))
        .flatten()?;
    let end = text.trim_ascii_end().len();
    is_name(&text[..end]).then(|| {
        let mut name = Text::Owned(text);
        name.narrow(0..end);
        name
    })
}

/// Where the secret begins behind `<uuid>:`, when the user-id is the digits of an account id (A25).
fn after_account_id(user_id: &[u8], secret: &[u8]) -> Option<usize> {
    const UUID_LENGTH: usize = 36;
    let digits = !user_id.is_empty() && user_id.iter().all(u8::is_ascii_digit);
    let uuid = secret.get(..UUID_LENGTH).is_some_and(token::is_uuid);
    (digits && uuid && secret.get(UUID_LENGTH) == Some(&b':')).then_some(UUID_LENGTH + 1)
}

/// The secret stands as the user-id as well.
fn holds_secret(kind: UserIdKind, user_id: &[u8], secret: &[u8]) -> bool {
    const SHORTEST: usize = 8;
    matches!(kind, UserIdKind::Username | UserIdKind::Label)
        && secret.len() >= SHORTEST
        && token::position(user_id, secret).is_some()
}

/// What stands as the secret is none, and what stands as the user-id may be: nothing secret is kept as a user-id.
fn is_swapped(kind: UserIdKind, user_id: &[u8], secret: &[u8]) -> bool {
    match kind {
        // Whatever stands in the place of the secret, often a dummy: unless that is a token as well.
        UserIdKind::Token => repair::is_token(user_id) && !repair::is_token(secret),
        UserIdKind::Username | UserIdKind::Label => is_name(secret),
        _ => false,
    }
}

/// What stood as the secret and is no name may be secret after all: it is not kept.
fn kind_after_swap(user_id: &[u8]) -> UserIdKind {
    if user_id.is_empty() || is_name(user_id) {
        UserIdKind::of(user_id)
    } else {
        UserIdKind::Token
    }
}

fn is_name(text: &[u8]) -> bool {
    user_id::is_email(text) || UserIdKind::of(text).is_literal()
}
