//! Tokens of real shape, minted when a test runs: none is ever written down (facts A2, A3).

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};

/// An API token: 192 characters with a checksum that fits.
pub fn api_token(seed: u8) -> String {
    token("ATAT", b"O|E|at", seed)
}

/// A repository, project or workspace access token.
pub fn access_token(seed: u8) -> String {
    token("ATCT", b"O|E|ct", seed)
}

/// An app password: 28 characters and their checksum.
pub fn app_password(seed: u8) -> String {
    let body: String = noise(seed, 24)
        .map(|byte| (b'a' + byte % 26) as char)
        .collect();
    sealed(&format!("{}{body}", "ATBB"))
}

pub fn basic(user: &str, secret: &str) -> String {
    format!(
        "Basic {}",
        BASE64_STANDARD.encode(format!("{user}:{secret}"))
    )
}

fn token(kind: &str, start: &[u8], seed: u8) -> String {
    let mut inner = start.to_vec();
    inner.extend(noise(seed, 134 - start.len()));
    sealed(&format!("{kind}{}", BASE64_URL_SAFE.encode(inner)))
}

fn sealed(body: &str) -> String {
    let checksum = crc32fast::hash(body.as_bytes());
    format!("{body}{checksum:08X}")
}

/// Bytes that do not compress: different for each seed, the same on each run.
pub fn noise(seed: u8, length: usize) -> impl Iterator<Item = u8> {
    let mut state = u32::from(seed).wrapping_mul(2_654_435_761) | 1;
    (0..length).map(move |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    })
}
