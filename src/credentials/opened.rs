//! What a credential holds before its halves are repaired and classified.

use super::fault::{Fault, Place};
use super::scheme::Scheme;
use super::text::Text;
use super::user_id::UserIdKind;
use super::{repair, stand_in, token};

pub(super) enum Opened<'a> {
    /// `user-id ":" secret`, parted at `colon`.
    Pair {
        text: Text<'a>,
        colon: usize,
    },
    Secret(Text<'a>),
    /// Something that is no pair and holds no token: what is secret in it cannot be told.
    Unreadable(Text<'a>),
    /// Text that stands for a secret.
    StandIn,
    /// Nothing, or nothing that is a secret in itself (a Digest response).
    Nothing,
}

impl Opened<'_> {
    /// A line that was broken off ends within a token, not in a quote or at the end of a line.
    pub(super) fn ends_in_a_word(&self) -> bool {
        match self {
            Self::Pair { text, .. } | Self::Secret(text) => text
                .last()
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(byte)),
            Self::Unreadable(_) | Self::StandIn | Self::Nothing => false,
        }
    }
}

/// Finds the secret in what follows a scheme other than Basic, and the pair that does not belong there (E16).
pub(super) fn other<'a>(scheme: Scheme, rest: Text<'a>, faults: &mut Vec<Fault>) -> Opened<'a> {
    if matches!(scheme, Scheme::Digest | Scheme::Negotiate)
        || scheme == Scheme::OAuth && is_signature(&rest)
    {
        return Opened::Nothing;
    }
    if rest.is_empty() {
        faults.push(Fault::Empty(Place::Value));
        return Opened::Nothing;
    }
    if repair::is_token(&rest) || scheme == Scheme::Other {
        return Opened::Secret(rest);
    }
    if stand_in::recognise(&rest, Place::Secret).is_none()
        && let Some(colon) = clear_colon(&rest)
    {
        faults.push(Fault::PairWithoutBasic);
        return Opened::Pair { text: rest, colon };
    }
    match token::decode(&rest).and_then(|decoded| Some((encoded_colon(&decoded)?, decoded))) {
        Some((colon, decoded)) => {
            faults.push(Fault::PairWithoutBasic);
            Opened::Pair {
                text: Text::Owned(decoded),
                colon,
            }
        }
        None => Opened::Secret(rest),
    }
}

/// The parameters of OAuth 1; a token of OAuth 2 may hold `=`, too.
fn is_signature(text: &[u8]) -> bool {
    token::position(text, b"oauth_").is_some() || text.starts_with(b"realm=")
}

/// `user:secret` in clear; a URL is none.
fn clear_colon(text: &[u8]) -> Option<usize> {
    let colon = text.iter().position(|byte| *byte == b':')?;
    let is_url = text[colon..].starts_with(b"://");
    (!is_url && colon + 1 < text.len() && is_name(&text[..colon])).then_some(colon)
}

/// The same behind base64, where noise must not pass for a pair.
fn encoded_colon(decoded: &[u8]) -> Option<usize> {
    let printable = |byte: &u8| *byte == b' ' || byte.is_ascii_graphic();
    let text = decoded.trim_ascii_end();
    clear_colon(text).filter(|_| text.iter().all(printable))
}

fn is_name(text: &[u8]) -> bool {
    use UserIdKind::*;
    matches!(
        UserIdKind::of(text),
        Email | Username | XTokenAuth | XBitbucketApiTokenAuth | Token | Uuid
    )
}
