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
        if self.0.len() < MAX_FIELDS && name.len() <= 256 {
            let value = value[..value.len().min(MAX_FIELD)].trim_ascii();
            self.0
                .push((name.to_owned(), Zeroizing::new(value.to_vec())));
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

    /// The name of the last one.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(|(name, _)| name.as_str())
    }

    /// What HTTP allows of them; control characters become blanks, pseudo-header fields go.
    pub fn map(&self) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in &self.0 {
            let legible: Zeroizing<Vec<u8>> = Zeroizing::new(value.iter().map(legible).collect());
            let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_bytes(&legible),
            ) else {
                continue;
            };
            // Fails beyond tens of thousands, which are not kept.
            let _ = map.try_append(name, value);
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
        assert_eq!(fields.map().len(), 2);
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
