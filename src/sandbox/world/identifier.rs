//! Names that machines use: always the same for the same thing, so that a client can keep them.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// In braces, as the API writes them.
pub fn uuid(kind: &str, name: &str) -> String {
    let hash = commit(kind, name);
    let part = |from: usize, to: usize| &hash[from..to];
    format!(
        "{{{}-{}-4{}-8{}-{}}}",
        part(0, 8),
        part(8, 12),
        part(12, 15),
        part(15, 18),
        part(18, 30)
    )
}

/// 40 hexadecimal digits.
pub fn commit(kind: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{kind}/{name}"));
    digest
        .iter()
        .take(20)
        .fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_one_of_version_4_and_belongs_to_its_thing() {
        let one = uuid("workspace", "acme");
        assert_eq!(one, uuid("workspace", "acme"));
        assert_ne!(one, uuid("user", "acme"));
        assert_eq!(one.len(), 38);
        assert_eq!(&one[15..16], "4", "{one}");
        assert_eq!(&one[20..21], "8", "{one}");
    }
}
