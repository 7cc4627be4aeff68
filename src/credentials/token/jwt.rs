//! JSON Web Tokens, whole and cut (RFC 7519 3).

use super::{Claims, SecretKind, SecretShape};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Shorter text that happens to begin like a JWT is not taken for one.
const SHORTEST: usize = 16;

pub(super) fn classify(secret: &[u8]) -> Option<SecretShape> {
    if secret.len() < SHORTEST || !begins_with_header(secret) {
        return None;
    }
    let mut parts = 0;
    let mut decodes = true;
    for part in secret.split(|byte| *byte == b'.') {
        parts += 1;
        decodes &= is_base64url(part);
    }
    let kind = match parts {
        3 if decodes => SecretKind::Jwt,
        1..=3 => SecretKind::CutJwt,
        // Five parts are an encrypted token (RFC 7516 7.1), which nothing is known about.
        _ => return None,
    };
    let claims = secret.split(|byte| *byte == b'.').nth(1);
    let claims = claims.filter(|_| kind == SecretKind::Jwt).map(Claims::read);
    Some(SecretShape {
        claims: claims.unwrap_or_default(),
        ..SecretShape::with_length(kind, secret.len())
    })
}

/// The first eight characters decode to `{"` and more of a JSON member name.
fn begins_with_header(secret: &[u8]) -> bool {
    let mut start = [0; 6];
    let decoded = URL_SAFE_NO_PAD.decode_slice(&secret[..8], &mut start);
    decoded.is_ok() && start.starts_with(b"{\"") && start[2..].iter().all(u8::is_ascii_graphic)
}

fn is_base64url(part: &[u8]) -> bool {
    let in_alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !part.is_empty() && part.len() % 4 != 1 && part.iter().all(in_alphabet)
}
