//! The Basic scheme (RFC 7617) as people send it: encoded well, badly, twice, or not at all.

use super::fault::{Fault, Place};
use super::opened::Opened;
use super::text::Text;
use super::{disguise, repair, stand_in, token};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// Takes what real decoders take: any padding, stray bits in the last character.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Lengths at which Ruby, openssl and GNU base64 break lines (E7).
const LINE_LENGTHS: [usize; 3] = [60, 64, 76];

/// May be the first of several lines: base64 has its padding at its very end only.
pub(super) fn is_line(value: &[u8]) -> bool {
    LINE_LENGTHS.contains(&value.len()) && value.last() != Some(&b'=')
}

/// Finds the pair in what follows the scheme.
pub(super) fn open<'a>(mut rest: Text<'a>, faults: &mut Vec<Fault>) -> Opened<'a> {
    repair::unquote(&mut rest, Place::Value, faults);
    if rest.is_empty() {
        faults.push(Fault::Empty(Place::Value));
        return Opened::Nothing;
    }
    if let Some(fault) = stand_in::recognise(&rest, Place::Value) {
        faults.push(fault);
        return Opened::StandIn;
    }
    if is_cut_short(&rest) {
        faults.push(Fault::Masked(Place::Value));
        return Opened::StandIn;
    }
    if repair::is_token(&rest) {
        faults.push(Fault::NoUser);
        return Opened::Secret(rest);
    }
    match decode(&rest, faults) {
        Some(decoded) => pair(decoded, faults),
        None => match position_of_colon(&rest) {
            Some(colon) => {
                faults.push(Fault::NotEncoded);
                Opened::Pair { text: rest, colon }
            }
            None => {
                faults.push(Fault::NotBase64);
                Opened::Unreadable(rest)
            }
        },
    }
}

/// `amFuZTpBVEFUVDN4...`: base64 of which somebody shows the beginning.
fn is_cut_short(rest: &[u8]) -> bool {
    let shown = [&b"..."[..], "\u{2026}".as_bytes()]
        .into_iter()
        .find_map(|end| rest.strip_suffix(end));
    shown.is_some_and(|shown| {
        !shown.is_empty()
            && shown
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte))
    })
}

fn decode(rest: &[u8], faults: &mut Vec<Fault>) -> Option<Zeroizing<Vec<u8>>> {
    if let Some(decoded) = token::decode(rest) {
        return Some(decoded);
    }
    let (tidy, fault) = tidy(rest)?;
    let mut decoded = Zeroizing::new(vec![0; tidy.len() / 4 * 3 + 3]);
    let length = LENIENT.decode_slice(&*tidy, &mut decoded).ok()?;
    decoded.truncate(length);
    faults.push(fault);
    Some(decoded)
}

/// The value in the standard alphabet, without blanks and padding, and the fault that made this necessary.
fn tidy(rest: &[u8]) -> Option<(Zeroizing<Vec<u8>>, Fault)> {
    let unescaped = disguise::unescaped(rest);
    let first_line = rest
        .iter()
        .take_while(|byte| !repair::is_blank(**byte))
        .count();
    let fault = if first_line < rest.len() && LINE_LENGTHS.contains(&first_line) {
        Fault::LineWrapped
    } else if unescaped.is_some() {
        Fault::Escaped(Place::Value)
    } else {
        Fault::LenientBase64
    };
    let rest = unescaped.as_deref().unwrap_or(rest);
    let end = rest.len() - rest.iter().rev().take_while(|byte| **byte == b'=').count();
    let mut tidy = Zeroizing::new(Vec::with_capacity(end));
    for byte in rest[..end].iter().filter(|byte| !repair::is_blank(**byte)) {
        tidy.push(match byte {
            b'-' => b'+',
            b'_' => b'/',
            b'+' | b'/' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => *byte,
            _ => return None,
        });
    }
    Some((tidy, fault))
}

/// The pair in decoded text, or what else it is.
fn pair(mut decoded: Zeroizing<Vec<u8>>, faults: &mut Vec<Fault>) -> Opened<'static> {
    if decoded.len() > 3 && decoded[1] == 0 && decoded[3] == 0 {
        // UTF-16, as PowerShell's Unicode encoding writes it.
        decoded.retain(|byte| *byte != 0);
        faults.push(Fault::Invisible(Place::Value));
    }
    if let Some(colon) = plausible_colon(&decoded) {
        if let Some((twice, colon)) = encoded_as_user(&decoded, colon) {
            faults.push(Fault::DoubleEncoded);
            return Opened::Pair {
                text: Text::Owned(twice),
                colon,
            };
        }
        return Opened::Pair {
            text: Text::Owned(decoded),
            colon,
        };
    }
    let bare = decoded.trim_ascii_end();
    if let Some((twice, colon)) = encoded_pair(bare) {
        faults.push(Fault::DoubleEncoded);
        return Opened::Pair {
            text: Text::Owned(twice),
            colon,
        };
    }
    if let Some(fault) = stand_in::recognise(bare, Place::Value) {
        faults.push(fault);
        return Opened::StandIn;
    }
    if bare.is_empty() {
        faults.push(Fault::Empty(Place::Value));
        return Opened::Nothing;
    }
    let known = token::SecretShape::classify(bare, None).kind.is_known();
    if known || token::embedded(bare).is_some() {
        faults.push(Fault::NoUser);
        return Opened::Secret(Text::Owned(decoded));
    }
    faults.push(Fault::NoColon);
    Opened::Unreadable(Text::Owned(decoded))
}

/// The pair that this is the base64 of, itself perhaps in lines.
fn encoded_pair(text: &[u8]) -> Option<(Zeroizing<Vec<u8>>, usize)> {
    let pair = token::decode_lines(text)?;
    let colon = position_of_colon(&pair)?;
    // Noise often holds a colon, and hardly ever is text to its end.
    let text = std::str::from_utf8(pair.trim_ascii_end()).ok()?;
    let is_text = !text.chars().any(char::is_control);
    is_text.then_some((pair, colon))
}

/// The pair of which the base64 stands as the user-id before an empty secret, proven by its token.
fn encoded_as_user(pair: &[u8], colon: usize) -> Option<(Zeroizing<Vec<u8>>, usize)> {
    let (user_id, secret) = (&pair[..colon], &pair[colon + 1..]);
    if !secret.trim_ascii().is_empty() {
        return None;
    }
    let (twice, token) = token::decoded_once_more(user_id)?;
    Some((twice, token.start.checked_sub(1)?))
}

/// The first colon, if what stands before it is text: decoded noise often holds a colon too.
fn plausible_colon(decoded: &[u8]) -> Option<usize> {
    let colon = position_of_colon(decoded)?;
    let user_id = &decoded[..colon];
    let controls = user_id
        .iter()
        .filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
        .count();
    let latin = user_id.iter().all(|byte| !(0x80..0xa0).contains(byte))
        && user_id.iter().filter(|byte| byte.is_ascii()).count() * 2 >= user_id.len();
    let text = std::str::from_utf8(user_id).is_ok() || latin;
    (text && controls * 4 <= user_id.len()).then_some(colon)
}

fn position_of_colon(text: &[u8]) -> Option<usize> {
    text.iter().position(|byte| *byte == b':')
}
