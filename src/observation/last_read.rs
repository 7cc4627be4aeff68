//! The credentials that were read last: clients repeat them in every request, and a record holds many.

use crate::credentials::{self, Credentials};
use crate::secret::{FingerprintKey, Secret};

/// What the last request's `Authorization` values showed. Used with one key.
///
/// It holds these values themselves: those of one request and no more, told apart by their bytes and not by a hash,
/// wiped when others take their place or when it is dropped.
#[derive(Default)]
pub struct LastRead(Option<Sent>);

/// The `Authorization` values of one request.
pub(super) struct Sent {
    values: Vec<Secret>,
    pub credentials: Vec<Credentials>,
    /// What must show in no other text.
    pub secrets: Vec<Secret>,
}

impl LastRead {
    /// Parses the values unless the last ones were the same.
    pub(super) fn read(&mut self, values: &[&[u8]], key: &FingerprintKey) -> &Sent {
        let known = self.0.take().filter(|sent| sent.is_of(values));
        self.0
            .insert(known.unwrap_or_else(|| Sent::of(values, key)))
    }
}

impl Sent {
    fn of(values: &[&[u8]], key: &FingerprintKey) -> Self {
        let parse = |value: &&[u8]| Credentials::parse(value, key);
        let secrets = |value: &&[u8]| credentials::secrets_as_sent(value);
        Self {
            values: values
                .iter()
                .map(|value| Secret::new(value.to_vec()))
                .collect(),
            credentials: values.iter().map(parse).collect(),
            secrets: values.iter().flat_map(secrets).collect(),
        }
    }

    fn is_of(&self, values: &[&[u8]]) -> bool {
        let known = self.values.iter().map(Secret::expose);
        known.eq(values.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_parsed_once_and_others_are_never_taken_for_them() {
        let (one, two) = (FingerprintKey::new([1; 32]), FingerprintKey::new([2; 32]));
        let mut last = LastRead::default();
        let mut read = |values: &[&[u8]], key| {
            let sent = last.read(values, key);
            let secrets = sent.secrets.iter().map(|secret| secret.expose().to_vec());
            (sent.credentials.clone(), secrets.collect::<Vec<_>>())
        };
        let (a, b): (&[u8], &[u8]) = (b"Bearer aaaaaaaaaaaa", b"Bearer bbbbbbbbbbbb");
        let first = read(&[a], &one);
        assert_eq!(read(&[a], &two), first, "not parsed again");
        let parsed =
            |values: &[&[u8]], key| LastRead::default().read(values, key).credentials.clone();
        for values in [&[b][..], &[a], &[a, a], &[a, b], &[b, a], &[&a[..18]], &[]] {
            assert_eq!(read(values, &two).0, parsed(values, &two));
        }
        assert_ne!(read(&[a], &two), first, "forgotten since");
    }
}
