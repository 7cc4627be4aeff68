//! Entities of HTML.

use crate::credentials::escape;

/// The few that a page makes of a transcript.
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

/// A line as it was before it became part of a page.
pub fn unescaped(line: &[u8]) -> Vec<u8> {
    escape::undone(line, |text| escape::entity(text, &ENTITIES))
}
