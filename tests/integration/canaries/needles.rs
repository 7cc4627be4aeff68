//! What gives a secret away: any six bytes of it, as they are, reversed, or in an encoding.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// Six bytes of a secret are too many.
const WINDOW: usize = 6;

/// The parts of secrets that no text may hold, by their length.
pub struct Needles {
    parts: HashMap<usize, HashSet<Vec<u8>>>,
    /// The first three bytes of all of them: most of a text is passed over by these.
    starts: Vec<bool>,
}

impl Needles {
    pub fn of(secrets: &[String]) -> Self {
        let mut needles = Self {
            parts: HashMap::new(),
            starts: vec![false; 1 << 24],
        };
        for secret in secrets {
            needles.add(secret);
        }
        needles
    }

    fn add(&mut self, secret: &str) {
        let bytes = secret.as_bytes();
        let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
        self.cut(bytes, WINDOW);
        self.cut(&reversed, WINDOW);
        let wide: Vec<u8> = bytes.iter().flat_map(|byte| [*byte, 0]).collect();
        self.cut(&wide, 2 * WINDOW);
        for (before, upper) in [("", false), ("", true), ("%", false), ("%", true)] {
            let written = in_digits(bytes, before, upper);
            self.cut(written.as_bytes(), (2 + before.len()) * WINDOW);
        }
        for shift in 0..3 {
            let padded = [&b"::"[..shift], bytes].concat();
            // Without the characters that the bytes around the secret take part in.
            for written in [
                BASE64_STANDARD.encode(&padded),
                BASE64_URL_SAFE.encode(&padded),
            ] {
                self.cut(&written.as_bytes()[4..written.len() - 4], WINDOW / 3 * 4);
            }
        }
    }

    fn cut(&mut self, text: &[u8], width: usize) {
        for part in text.windows(width) {
            self.starts[start(part)] = true;
            self.parts.entry(width).or_default().insert(part.to_vec());
        }
    }

    /// The first part of a secret in `text`, with what stands around it.
    pub fn found_in(&self, text: &[u8]) -> Option<String> {
        let at = (0..text.len().saturating_sub(2)).find(|at| self.begins(&text[*at..]))?;
        let around = &text[at.saturating_sub(200)..text.len().min(at + 100)];
        Some(format!(
            "{:?} in {:?}",
            String::from_utf8_lossy(&text[at..text.len().min(at + 18)]),
            String::from_utf8_lossy(around)
        ))
    }

    fn begins(&self, text: &[u8]) -> bool {
        self.starts[start(text)]
            && self
                .parts
                .iter()
                .any(|(width, parts)| text.get(..*width).is_some_and(|part| parts.contains(part)))
    }

    /// Fails when `text` holds a part of a secret.
    pub fn assert_absent(&self, text: &[u8], place: &str) {
        if let Some(found) = self.found_in(text) {
            panic!("{place} shows {found}");
        }
    }
}

/// Each byte as two hexadecimal digits, with this before it.
pub fn in_digits(bytes: &[u8], before: &str, upper: bool) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = match upper {
            true => write!(text, "{before}{byte:02X}"),
            false => write!(text, "{before}{byte:02x}"),
        };
        text
    })
}

fn start(text: &[u8]) -> usize {
    usize::from(text[0]) << 16 | usize::from(text[1]) << 8 | usize::from(text[2])
}

#[test]
fn each_form_of_a_secret_is_found() {
    let secret = "Q7xZ2kV9wJ4qY8fN1bM3";
    let needles = Needles::of(&[secret.to_owned()]);
    let reversed: String = secret.chars().rev().collect();
    let hex = in_digits(secret.as_bytes(), "", false);
    let escaped = in_digits(secret.as_bytes(), "%", true);
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut forms = vec![wide, secret.into(), secret[7..13].into(), hex.into()];
    forms.extend([reversed.into_bytes(), escaped.into_bytes()]);
    for before in ["", "a", "ab", "jane:"] {
        forms.push(BASE64_STANDARD.encode(format!("{before}{secret}")).into());
    }
    for form in forms {
        let text = [b"some words ", &*form, b" more"].concat();
        let shown = String::from_utf8_lossy(&text).into_owned();
        assert!(needles.found_in(&text).is_some(), "{shown}");
    }
    assert_eq!(needles.found_in(b"Q7xZ2 kV9wJ fingerprint abcdef"), None);
}
