//! Entities of HTML.

/// The few entities that a page makes of a transcript.
pub fn unescaped(line: &[u8]) -> Vec<u8> {
    const ENTITIES: [(&[u8], u8); 8] = [
        (b"&gt;", b'>'),
        (b"&lt;", b'<'),
        (b"&amp;", b'&'),
        (b"&quot;", b'"'),
        (b"&#34;", b'"'),
        (b"&#39;", b'\''),
        (b"&#x27;", b'\''),
        (b"&nbsp;", b' '),
    ];
    let mut plain = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.first() {
        let entity = ENTITIES
            .iter()
            .find(|(entity, _)| *first == b'&' && rest.starts_with(entity));
        let (byte, length) = entity.map_or((*first, 1), |(entity, byte)| (*byte, entity.len()));
        plain.push(byte);
        rest = &rest[length..];
    }
    plain
}
