//! What the claims of a JWT tell about it, unverified (RFC 7519 4): nobody here holds the key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use time::UtcDateTime;
use zeroize::Zeroizing;

/// Longer claims are not read.
const MAX_BYTES: usize = 16 * 1024;

/// Facts of a closed list; none for what is no JWT, or one whose claims cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Signed by an app of Atlassian Connect for one request: there is a `qsh`, the hash of that request (A16).
    pub connect: bool,
    /// Its issuer is the identity provider of Bitbucket Pipelines (A18).
    pub pipelines: bool,
    /// `exp`, the end of its life (RFC 7519 4.1.4).
    pub expires: Option<UtcDateTime>,
}

#[derive(Default, Deserialize)]
struct Named {
    qsh: Option<IgnoredAny>,
    // Of any type: one odd claim does not hide the others.
    iss: Option<Value>,
    exp: Option<Value>,
}

impl Claims {
    pub(super) const NONE: Self = Self {
        connect: false,
        pipelines: false,
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
        let Named { qsh, iss, exp } = named.unwrap_or_default();
        Self {
            connect: qsh.is_some(),
            pipelines: iss
                .as_ref()
                .and_then(Value::as_str)
                .is_some_and(is_pipelines),
            expires: exp.as_ref().and_then(date),
        }
    }
}

fn is_pipelines(issuer: &str) -> bool {
    let below = issuer
        .trim_start_matches("https://")
        .strip_prefix("api.bitbucket.org/2.0/workspaces/");
    below.is_some_and(|below| below.contains("/pipelines-config/identity/oidc"))
}

/// A `NumericDate`: seconds, perhaps with a fraction (RFC 7519 2).
fn date(seconds: &Value) -> Option<UtcDateTime> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the fraction is to go, and the range is checked after it"
    )]
    let whole = |seconds: f64| seconds as i64;
    let seconds = seconds.as_i64().or_else(|| seconds.as_f64().map(whole))?;
    UtcDateTime::from_unix_timestamp(seconds).ok()
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
        assert_eq!(Claims::read(b"!!"), Claims::NONE);
        assert_eq!(Claims::default(), Claims::NONE);
    }

    #[test]
    fn the_issuer_tells_pipelines() {
        for (issuer, pipelines) in [
            (
                r#""https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc""#,
                true,
            ),
            (
                r#""api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc""#,
                true,
            ),
            (r#""https://api.bitbucket.org/2.0/workspaces/acme""#, false),
            (
                r#""https://acme.com/api.bitbucket.org/2.0/workspaces/a/pipelines-config/identity/oidc""#,
                false,
            ),
            ("7", false),
        ] {
            let part = URL_SAFE_NO_PAD.encode(format!(r#"{{"iss":{issuer}}}"#));
            assert_eq!(
                Claims::read(part.as_bytes()).pipelines,
                pipelines,
                "{issuer}"
            );
        }
    }

    #[test]
    fn the_end_of_life_is_a_date() {
        use time::macros::utc_datetime;
        let end = Some(utc_datetime!(2026-11-24 10:00));
        for (exp, expected) in [
            ("1795514400", end),
            ("1795514400.75", end),
            (r#""1795514400""#, None),
            ("99999999999999999", None),
            ("1e300", None),
            ("null", None),
        ] {
            let part = URL_SAFE_NO_PAD.encode(format!(r#"{{"exp":{exp}}}"#));
            assert_eq!(Claims::read(part.as_bytes()).expires, expected, "{exp}");
        }
    }
}
