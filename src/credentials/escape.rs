//! Escapes: more than one byte of text that stand for a single one.

/// The byte that the beginning of a text stands for, and how many bytes stand for it.
pub type Escape = (u8, usize);

/// The text with the byte in place of each escape that `escape` knows. It is not longer, so no copy of a secret is left
/// behind by memory that grows.
pub fn undone(text: &[u8], escape: impl Fn(&[u8]) -> Option<Escape>) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.first() {
        let (byte, length) = escape(rest).unwrap_or((*first, 1));
        plain.push(byte);
        rest = &rest[length..];
    }
    plain
}

/// `%3D` (RFC 3986 2.1).
pub fn percent(text: &[u8]) -> Option<Escape> {
    match text {
        [b'%', high, low, ..] => Some((octet(*high, *low)?, 3)),
        _ => None,
    }
}

/// One of these names or numbers of HTML.
pub fn entity(text: &[u8], entities: &[(&[u8], u8)]) -> Option<Escape> {
    if text.first() != Some(&b'&') {
        return None;
    }
    let found = entities.iter().find(|(entity, _)| text.starts_with(entity));
    found.map(|(entity, byte)| (*byte, entity.len()))
}

/// Two digits of hexadecimal.
pub(super) fn octet(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_is_undone_and_what_is_none_stays() {
        let shown = |text: &str| String::from_utf8(undone(text.as_bytes(), percent)).unwrap();
        assert_eq!(shown("%3D%3d=%"), "===%");
        assert_eq!(shown("%3%3D%zz%253D"), "%3=%zz%3D");
        let entity = |text: &[u8]| entity(text, &[(b"&gt;", b'>')]);
        assert_eq!(undone(b"a &gt; b &lt;&", entity), b"a > b &lt;&");
    }
}
