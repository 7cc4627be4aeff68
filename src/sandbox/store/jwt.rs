//! JSON web tokens: claims that say what the sandbox says, and a signature of noise.

use super::seed::seed;
use crate::credentials::mint::alphanumerics;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Nobody checks the signature: the store knows the token by all its characters.
pub fn jwt(claims: &Value) -> String {
    let header = json!({"alg": "RS256", "kid": alphanumerics(seed(), 24), "typ": "JWT"});
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = URL_SAFE_NO_PAD.encode(alphanumerics(seed(), 256));
    format!("{}.{}.{signature}", part(&header), part(claims))
}
