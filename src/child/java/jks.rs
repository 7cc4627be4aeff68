//! Java's older format of trust stores (JKS), as far as reading the certificates that a store trusts. They are in clear:
//! the password only seals the whole.

const MAGIC: u32 = 0xfeed_feed;
const PRIVATE_KEY: u32 = 1;
const TRUSTED: u32 = 2;

/// Whether these bytes begin like a JKS.
pub fn is_jks(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC.to_be_bytes())
}

/// The trusted certificates, DER; `None` when the store is broken.
pub fn trusted(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut rest = Reader(bytes);
    let (magic, version) = (rest.number()?, rest.number()?);
    if magic != MAGIC || !(1..=2).contains(&version) {
        return None;
    }
    let entries = rest.number()?;
    let mut found = Vec::new();
    for _ in 0..entries {
        let kind = rest.number()?;
        rest.short_text()?;
        rest.take(8)?;
        match kind {
            TRUSTED => found.push(rest.certificate(version)?),
            PRIVATE_KEY => {
                rest.long()?;
                for _ in 0..rest.number()? {
                    rest.certificate(version)?;
                }
            }
            _ => return None,
        }
    }
    Some(found)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn long(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(usize::try_from(length).ok()?)
    }

    fn short_text(&mut self) -> Option<&'a [u8]> {
        let length = u16::from_be_bytes(self.take(2)?.try_into().ok()?);
        self.take(length.into())
    }

    fn certificate(&mut self, version: u32) -> Option<&'a [u8]> {
        if version == 2 {
            self.short_text()?;
        }
        self.long()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(entries: &[(u32, &[u8])]) -> Vec<u8> {
        let mut bytes = MAGIC.to_be_bytes().to_vec();
        let long = |bytes: &mut Vec<u8>, part: &[u8]| {
            bytes.extend(u32::try_from(part.len()).unwrap().to_be_bytes());
            bytes.extend(part);
        };
        bytes.extend(2u32.to_be_bytes());
        bytes.extend(u32::try_from(entries.len()).unwrap().to_be_bytes());
        for (kind, certificate) in entries {
            bytes.extend(kind.to_be_bytes());
            bytes.extend(b"\x00\x01a\x00\x00\x00\x00\x00\x00\x00\x00");
            if *kind == PRIVATE_KEY {
                long(&mut bytes, b"sealed");
                bytes.extend(1u32.to_be_bytes());
            }
            bytes.extend(b"\x00\x05X.509");
            long(&mut bytes, certificate);
        }
        bytes.extend([0; 20]);
        bytes
    }

    #[test]
    fn trusted_certificates_are_read_and_keys_are_not() {
        let store = store(&[
            (TRUSTED, b"one"),
            (PRIVATE_KEY, b"chain"),
            (TRUSTED, b"two"),
        ]);
        assert!(is_jks(&store));
        assert_eq!(trusted(&store), Some(vec![&b"one"[..], b"two"]));
    }

    #[test]
    fn a_broken_store_is_none_wherever_it_ends() {
        let whole = store(&[(TRUSTED, b"one"), (PRIVATE_KEY, b"chain")]);
        for length in 0..whole.len() - 20 {
            assert_eq!(trusted(&whole[..length]), None, "{length}");
        }
        assert_eq!(trusted(&store(&[(7, b"")])), None);
        let mut endless = whole;
        endless[8..12].fill(0xff);
        assert_eq!(trusted(&endless), None);
    }
}
