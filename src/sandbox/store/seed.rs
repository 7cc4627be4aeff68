//! Where the randomness of a start comes from.

/// Another one on every call: no two starts share a secret.
pub fn seed() -> u64 {
    // Without the system's randomness secrets repeat, which a stand-in on loopback survives.
    getrandom::u64().unwrap_or_default()
}
