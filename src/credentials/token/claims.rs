//! What the claims of a JWT tell about it, unverified (RFC 7519 4): nobody here holds the key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use zeroize::Zeroizing;

/// Longer claims are not read.
const MAX_BYTES: usize = 16 * 1024;

/// Facts of a closed list; none for what is no JWT, or one whose claims cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Signed by an app of Atlassian Connect for one request: there is a `qsh`, the hash of that request (A16).
    pub connect: bool,
    /// `exp`, in whole seconds since 1970: from then on it is refused (A13).
    pub expires: Option<i64>,
}

#[derive(Deserialize)]
struct Named {
    qsh: Option<IgnoredAny>,
    exp: Option<Value>,
}

impl Claims {
    /// Of what is no JWT.
    pub(super) const NONE: Self = Self {
        connect: false,
        expires: None,
    };

    /// Reads the second part of a JWT.
    pub(super) fn read(part: &[u8]) -> Self {
        let part = &part[..part.len().min(MAX_BYTES)];
        let mut text = Zeroizing::new(vec![0; part.len() / 4 * 3 + 3]);
        let length = URL_SAFE_NO_PAD.decode_slice(part, &mut text).unwrap_or(0);
        let text = text[..length].trim_ascii_start();
        // A list would do for serde as well.
        let named = serde_json::from_slice::<Named>(text)
            .ok()
            .filter(|_| text.starts_with(b"{"));
        let Some(named) = named else {
            return Self::NONE;
        };
        Self {
            connect: named.qsh.is_some(),
            expires: named.exp.as_ref().and_then(whole_seconds),
        }
    }
}

/// A NumericDate may have a fraction (RFC 7519 2).
fn whole_seconds(date: &Value) -> Option<i64> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a fraction of a second is dropped, and the cast saturates"
    )]
    let floored = || date.as_f64().map(|seconds| seconds.floor() as i64);
    date.as_i64().or_else(floored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_of_the_request_tells_connect() {
        for (claims, connect) in [
            (r#"{"iss":"app","qsh":"0a1b","exp":1}"#, true),
            (r#"{"iss":"app","exp":1}"#, false),
            (r#"{"qsh":null}"#, false),
            (r#"["qsh"]"#, false),
            ("qsh", false),
            ("", false),
        ] {
            let part = URL_SAFE_NO_PAD.encode(claims);
            assert_eq!(Claims::read(part.as_bytes()).connect, connect, "{claims}");
        }
        assert_eq!(Claims::read(b"!!"), Claims::default());
    }

    #[test]
    fn the_end_is_a_number_of_seconds() {
        for (claims, expires) in [
            (r#"{"exp":1790000000}"#, Some(1_790_000_000)),
            (r#"{"exp":1790000000.7,"qsh":"x"}"#, Some(1_790_000_000)),
            (r#"{"exp":1e300}"#, Some(i64::MAX)),
            (r#"{"exp":"1790000000"}"#, None),
            (r#"{"exp":null}"#, None),
            (r#"{"iat":1790000000}"#, None),
        ] {
            let part = URL_SAFE_NO_PAD.encode(claims);
            assert_eq!(Claims::read(part.as_bytes()).expires, expires, "{claims}");
        }
    }
}
