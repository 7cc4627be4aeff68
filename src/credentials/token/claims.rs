//! What the claims of a JWT tell about it, unverified (RFC 7519 4): nobody here holds the key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use zeroize::Zeroizing;

/// Longer claims are not read.
const MAX_BYTES: usize = 16 * 1024;

/// Facts of a closed list; none for what is no JWT, or one whose claims cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Signed by an app of Atlassian Connect for one request: there is a `qsh`, the hash of that request (A16).
    pub connect: bool,
}

#[derive(Deserialize)]
struct Named {
    qsh: Option<IgnoredAny>,
}

impl Claims {
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
        Self {
            connect: named.is_some_and(|named| named.qsh.is_some()),
        }
    }
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
}
