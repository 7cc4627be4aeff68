//! A client whose TLS is of another age, in words (H-X6).

use rustls::{Error, PeerIncompatible};
use std::io;

/// What a ClientHello shows of its age before anybody has parsed it.
#[derive(Clone, Copy)]
pub struct Spoken(u16);

impl Spoken {
    /// `first`: the beginning of what the client sent, a record with a ClientHello (RFC 5246 7.4.1.2).
    pub fn of(first: &[u8]) -> Self {
        match first {
            [22, _, _, _, _, 1, _, _, _, major, minor, ..] => {
                Self(u16::from_be_bytes([*major, *minor]))
            }
            _ => Self(0),
        }
    }

    fn name(self) -> &'static str {
        match self.0 {
            0x0300 => "SSL 3.0",
            0x0301 => "TLS 1.0",
            0x0302 => "TLS 1.1",
            _ => "an old TLS",
        }
    }
}

/// `None` where the handshake ended for another reason.
pub fn words(error: &io::Error, spoken: Spoken) -> Option<String> {
    let Error::PeerIncompatible(why) = error.get_ref()?.downcast_ref()? else {
        return None;
    };
    Some(match why {
        PeerIncompatible::Tls12NotOffered
        | PeerIncompatible::Tls12NotOfferedOrEnabled
        | PeerIncompatible::SupportedVersionsExtensionRequired => format!(
            "the client speaks {} at most and why401 TLS 1.2 and 1.3: update it, or the library that it does TLS with",
            spoken.name()
        ),
        _ => "the client and why401 have no TLS parameters in common: it takes TLS 1.3, or TLS 1.2 with ECDHE-ECDSA \
              and AES-GCM or ChaCha20; update the client, or the library that it does TLS with"
            .into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_where_it_stands() {
        let hello = |minor| [22, 3, 1, 0, 9, 1, 0, 0, 5, 3, minor, 0];
        let names = [0, 1, 2, 3].map(|minor| Spoken::of(&hello(minor)).name());
        assert_eq!(names, ["SSL 3.0", "TLS 1.0", "TLS 1.1", "an old TLS"]);
        assert_eq!(Spoken::of(&hello(1)[..10]).name(), "an old TLS");
    }
}
