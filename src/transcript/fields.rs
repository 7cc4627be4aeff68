//! Header fields as a record shows them: any bytes, capped.

use super::MAX_FIELD;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

/// Fields of one head that are kept.
const MAX_FIELDS: usize = 128;

/// One head's fields, in order. Values may hold bytes that no field of HTTP may.
#[derive(Default)]
pub struct Fields(Vec<(String, Zeroizing<Vec<u8>>)>);

impl Fields {
    pub fn push(&mut self, name: &str, value: &[u8]) {
        self.take(name.to_owned(), value.to_vec());
    }

    /// [`Fields::push`] without a copy.
    pub fn take(&mut self, name: String, value: Vec<u8>) {
        let mut value = Zeroizing::new(value);
        if self.0.len() < MAX_FIELDS && name.len() <= 256 {
            value.truncate(MAX_FIELD);
            let inner = value.trim_ascii();
            if inner.len() < value.len() {
                value = Zeroizing::new(inner.to_vec());
            }
            self.0.push((name, value));
        }
    }

    /// A line of a head: `name: value`, `:name: value`, or more of the value before (parted by a blank).
    pub fn push_line(&mut self, line: &[u8]) {
        match split(line) {
            Some((name, value)) => self.push(name, value),
            None => self.extend(line),
        }
    }

    fn extend(&mut self, line: &[u8]) {
        if let Some((_, value)) = self.0.last_mut() {
            let room = MAX_FIELD.saturating_sub(value.len() + 1);
            let line = line.trim_ascii();
            if !line.is_empty() && room > 0 {
                value.push(b' ');
                value.extend_from_slice(&line[..line.len().min(room)]);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The values of all fields of this name, in whatever case it is written.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let of_name = move |field: &&(String, _)| field.0.eq_ignore_ascii_case(name);
        self.0
            .iter()
            .filter(of_name)
            .map(|(_, value)| value.as_slice())
    }

    /// The first value, as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.all(name)
            .next()
            .and_then(|value| std::str::from_utf8(value).ok())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// The name of the last one.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(|(name, _)| name.as_str())
    }

    /// Those of these names, as HTTP allows them: control characters become blanks.
    pub fn map(&self, names: &[HeaderName]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for name in names {
            for value in self.all(name.as_str()) {
                let value = HeaderValue::from_bytes(value).or_else(|_| {
                    let legible = value.iter().map(legible).collect();
                    HeaderValue::from_bytes(&Zeroizing::<Vec<u8>>::new(legible))
                });
                if let Ok(value) = value {
                    // Fails beyond tens of thousands, which are not kept.
                    let _ = map.try_append(name, value);
                }
            }
        }
        map
    }
}

fn legible(byte: &u8) -> u8 {
    if byte.is_ascii_control() { b' ' } else { *byte }
}

/// Name and value of a field line; a pseudo-header field has a colon before its name.
pub fn split(line: &[u8]) -> Option<(&str, &[u8])> {
    let pseudo = usize::from(line.first() == Some(&b':'));
    let colon = line[pseudo..].iter().position(|byte| *byte == b':')? + pseudo;
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    let name = &line[pseudo..colon];
    (!name.is_empty() && name.iter().all(is_token)).then_some(())?;
    let name = std::str::from_utf8(&line[..colon]).ok()?;
    Some((name, &line[colon + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_fields_and_a_broken_one_is_put_together() {
        let mut fields = Fields::default();
        for line in [
            "Host: a",
            ":authority: b",
            "Authorization: Basic QUFB",
            "QkJC",
            " Q0ND",
            "X Y: z",
        ] {
            fields.push_line(line.as_bytes());
        }
        assert_eq!(
            fields.text("authorization"),
            Some("Basic QUFB QkJC Q0ND X Y: z")
        );
        assert_eq!(fields.text(":authority"), Some("b"));
        let names = [http::header::HOST, http::header::AUTHORIZATION];
        assert_eq!(fields.map(&names).len(), 2);
    }

    #[test]
    fn they_are_capped() {
        let mut fields = Fields::default();
        for _ in 0..1000 {
            fields.push("a", &vec![b'x'; MAX_FIELD * 2]);
        }
        fields.push_line(&[b'y'; 10]);
        assert_eq!(fields.all("A").count(), MAX_FIELDS);
        assert!(fields.all("A").all(|value| value.len() == MAX_FIELD));
    }
}
