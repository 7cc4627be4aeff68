//! The request target: which of its bytes are percent-encoded before hyper sees them.

/// Where in a request target the next byte falls. Only path and query are ever encoded: an encoded byte in an authority
/// could turn a host that must be refused into another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Start,
    /// Scheme or authority, after so many slashes: the third one begins the path of `http://host/path`.
    Authority(u8),
    Path,
    Query,
}

impl Target {
    /// The place of the byte after `byte`.
    pub fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Start | Self::Authority(2), b'/') => Self::Path,
            (Self::Authority(slashes), b'/') => Self::Authority(slashes + 1),
            (Self::Authority(2) | Self::Path, b'?') => Self::Query,
            (Self::Start, _) => Self::Authority(0),
            (place, _) => place,
        }
    }

    /// Whether `http::Uri` refuses `byte` here though clients send it raw (H-M1). Spaces and controls stay as they are:
    /// they end a target or make it wrong.
    pub fn encodes(self, byte: u8) -> bool {
        match self {
            Self::Start | Self::Authority(_) => false,
            Self::Path => matches!(byte, b'<' | b'>' | b'`' | 0x7f..),
            Self::Query => matches!(byte, b'"' | b'<' | b'>' | 0x7f..),
        }
    }
}

/// `%XX` (RFC 3986 section 2.1).
pub fn percent_encoded(byte: u8) -> [u8; 3] {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    [
        b'%',
        HEX[usize::from(byte >> 4)],
        HEX[usize::from(byte & 15)],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(target: &[u8]) -> String {
        let mut place = Target::Start;
        let mut out = Vec::new();
        for &byte in target {
            if place.encodes(byte) {
                out.extend(percent_encoded(byte));
            } else {
                out.push(byte);
            }
            place = place.after(byte);
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn encodes_what_clients_send_raw() {
        assert_eq!(encoded(b"/2.0/x?q=size>100"), "/2.0/x?q=size%3E100");
        assert_eq!(encoded(b"/x?q=name~\"a<b\""), "/x?q=name~%22a%3Cb%22");
        assert_eq!(encoded(b"/<ws>/`r`?`"), "/%3Cws%3E/%60r%60?`");
        assert_eq!(encoded("/ä?ö\u{7f}".as_bytes()), "/%C3%A4?%C3%B6%7F");
        assert_eq!(encoded(b"http://h/a`?b>c"), "http://h/a%60?b%3Ec");
        assert_eq!(encoded(b"http://h?b>c"), "http://h?b%3Ec");
    }

    #[test]
    fn leaves_everything_else_alone() {
        for target in [
            "*",
            "h:443",
            "h`<:443?<",
            "http://a`b<c",
            "/%3C?%3E#x",
            "/\"{}|^[]?{}|^[]'",
        ] {
            assert_eq!(encoded(target.as_bytes()), target);
        }
    }

    /// The table is the one of the `http` crate: a byte below 0x80 is encoded exactly where `Uri` refuses it.
    #[test]
    fn agrees_with_the_uri_parser() {
        for byte in 0x21..=0x7f_u8 {
            for (place, before) in [
                (Target::Path, "/a"),
                (Target::Query, "/a?b"),
                (Target::Query, "http://h?b"),
            ] {
                let target = format!("{before}{}c", byte as char);
                assert_eq!(
                    place.encodes(byte),
                    target.parse::<http::Uri>().is_err(),
                    "{target}"
                );
                assert!(encoded(target.as_bytes()).parse::<http::Uri>().is_ok());
            }
        }
    }
}
