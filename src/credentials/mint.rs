//! Tokens of real shape for the sandbox and the tests: checksum-valid, never issued by anyone.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};

/// An API token of 192 characters.
pub fn api_token(seed: u64) -> String {
    long_token("ATAT", b"O|E|at", seed)
}

/// A repository, project or workspace access token of 192 characters.
pub fn access_token(seed: u64) -> String {
    long_token("ATCT", b"O|E|ct", seed)
}

/// An app password of 36 characters.
pub fn app_password(seed: u64) -> String {
    with_checksum(format!("ATBB{}", alphanumerics(seed, 24)))
}

/// A JWT in the shape of an OAuth access token, with a signature of noise.
pub fn jwt(seed: u64) -> String {
    let claims = format!(r#"{{"jti":"{}"}}"#, alphanumerics(seed, 32));
    signed(
        r#"{"alg":"RS256","typ":"JWT"}"#,
        &claims,
        &noise(seed ^ 1, 256),
    )
}

/// The same with an end, in seconds since 1970.
pub fn jwt_until(expires: i64, seed: u64) -> String {
    let claims = format!(r#"{{"exp":{expires},"jti":"{}"}}"#, alphanumerics(seed, 32));
    signed(
        r#"{"alg":"RS256","typ":"JWT"}"#,
        &claims,
        &noise(seed ^ 1, 256),
    )
}

/// A JWT as an app of Connect signs it for one request.
pub fn connect_jwt(seed: u64) -> String {
    let claims = format!(
        r#"{{"iss":"app","qsh":"{}"}}"#,
        alphanumerics(seed, 64).to_lowercase()
    );
    signed(
        r#"{"alg":"HS256","typ":"JWT"}"#,
        &claims,
        &noise(seed ^ 1, 32),
    )
}

/// A JWT as Pipelines gives it to a step, for other services.
pub fn pipelines_jwt(seed: u64) -> String {
    let issuer = "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc";
    let claims = format!(
        r#"{{"iss":"{issuer}","jti":"{}"}}"#,
        alphanumerics(seed, 32)
    );
    signed(
        r#"{"alg":"RS256","typ":"JWT"}"#,
        &claims,
        &noise(seed ^ 1, 256),
    )
}

fn signed(header: &str, claims: &str, signature: &[u8]) -> String {
    let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A key as `ssh-keygen` writes it, of noise.
pub fn private_key(seed: u64) -> String {
    let label = "OPENSSH PRIVATE KEY";
    let body = alphanumerics(seed, 70);
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

/// An HTTP token of Bitbucket Data Center: `BBDC-`, then base64 of twelve digits, a colon and twenty bytes (A19).
pub fn data_center_token(seed: u64) -> String {
    let id = 100_000_000_000 + seed % 900_000_000_000;
    let text = format!("{id}:{}", alphanumerics(seed, 20));
    format!("BBDC-{}", STANDARD.encode(text))
}

/// A personal token of GitHub (A24).
pub fn github_token(seed: u64) -> String {
    format!("ghp_{}", alphanumerics(seed, 36))
}

/// A personal token of GitLab (A24).
pub fn gitlab_token(seed: u64) -> String {
    format!("glpat-{}", alphanumerics(seed, 20))
}

/// Letters and digits, as passwords and older tokens have them.
pub fn alphanumerics(seed: u64, length: usize) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    noise(seed, length)
        .into_iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]))
        .collect()
}

/// Type, base64url of 134 bytes that begin with the type's mark, checksum (A2).
fn long_token(kind: &str, mark: &[u8], seed: u64) -> String {
    let mut body = mark.to_vec();
    body.extend(noise(seed, 134 - mark.len()));
    with_checksum(format!("{kind}{}", URL_SAFE.encode(body)))
}

/// Appends the checksum of everything before it (A3).
fn with_checksum(text: String) -> String {
    let checksum = crc32fast::hash(text.as_bytes());
    format!("{text}{checksum:08X}")
}

/// The SplitMix64 sequence: good enough to look random, the same on every run.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::repeat_with(|| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    });
    words.flat_map(u64::to_le_bytes).take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_the_published_lengths_and_beginnings() {
        for seed in 0..50 {
            let (api, access, app) = (api_token(seed), access_token(seed), app_password(seed));
            assert_eq!((api.len(), access.len(), app.len()), (192, 192, 36));
            assert!(api.starts_with("ATATT3xFfGF0"), "{api}");
            assert!(access.starts_with("ATCTT3xFfGN0"), "{access}");
            assert_eq!(api.as_bytes()[183], b'=');
        }
        assert_ne!(api_token(1), api_token(2));
        for token in [jwt(3), connect_jwt(3), pipelines_jwt(3)] {
            assert_eq!(token.split('.').count(), 3);
        }
    }
}
