//! TLS records by hand: a ClientHello to order, and what a peer's first record says.

use super::client::API;
use super::wire::Wire;

/// What a ClientHello offers.
pub struct Hello<'a> {
    pub version: u16,
    pub suites: &'a [u16],
    /// The extension of TLS 1.3; `None` leaves it out, as older clients do.
    pub versions: Option<&'a [u16]>,
    pub compression: &'a [u8],
}

impl Hello<'_> {
    /// In one record, which a ClientHello of up to 16 KiB fits.
    pub fn record(&self) -> Vec<u8> {
        let mut body = self.version.to_be_bytes().to_vec();
        body.extend([7; 32]);
        body.push(0);
        body.extend(list16(self.suites));
        body.extend(prefixed8(self.compression));
        body.extend(prefixed16(&self.extensions()));
        let length = u32::try_from(body.len())
            .expect("a short hello")
            .to_be_bytes();
        let message = [&[1], &length[1..], &body].concat();
        [&[22, 3, 1], prefixed16(&message).as_slice()].concat()
    }

    fn extensions(&self) -> Vec<u8> {
        let name = [&[0], prefixed16(API.as_bytes()).as_slice()].concat();
        // x25519 and P-256; ECDSA and RSA with SHA-256; uncompressed points; a share that is a point of x25519.
        let share = [&[0, 29], prefixed16(&[9; 32]).as_slice()].concat();
        let mut extensions = vec![
            (0, prefixed16(&name)),
            (10, list16(&[29, 23])),
            (13, list16(&[0x0403, 0x0804, 0x0401])),
            (11, vec![1, 0]),
        ];
        if let Some(versions) = self.versions {
            let versions: Vec<u8> = versions.iter().flat_map(|one| one.to_be_bytes()).collect();
            extensions.push((43, prefixed8(&versions)));
            extensions.push((51, prefixed16(&share)));
        }
        let write = |(kind, body): (u16, Vec<u8>)| {
            [kind.to_be_bytes().as_slice(), &prefixed16(&body)].concat()
        };
        extensions.into_iter().flat_map(write).collect()
    }
}

fn prefixed8(bytes: &[u8]) -> Vec<u8> {
    let length = u8::try_from(bytes.len()).expect("a short list");
    [&[length], bytes].concat()
}

fn prefixed16(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a list of TLS");
    [&length.to_be_bytes(), bytes].concat()
}

fn list16(numbers: &[u16]) -> Vec<u8> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|one| one.to_be_bytes()).collect();
    prefixed16(&bytes)
}

/// One side's first record.
#[derive(Debug, PartialEq, Eq)]
pub enum First {
    ServerHello {
        version: u16,
        suite: u16,
        compression: u8,
    },
    /// A fatal one, by its number.
    Alert(u8),
}

pub async fn first(wire: &mut Wire) -> First {
    let (kind, body) = record(wire).await;
    match kind {
        21 => {
            assert_eq!(body[0], 2, "a fatal alert");
            First::Alert(body[1])
        }
        22 => server_hello(&body),
        other => panic!("a record of kind {other}"),
    }
}

/// Kind and content of the next record.
pub async fn record(wire: &mut Wire) -> (u8, Vec<u8>) {
    let head = wire.exactly(5).await;
    let length = usize::from(u16::from_be_bytes([head[3], head[4]]));
    (head[0], wire.exactly(length).await)
}

fn server_hello(message: &[u8]) -> First {
    assert_eq!(message[0], 2, "a ServerHello");
    let number = |at: usize| u16::from_be_bytes([message[at], message[at + 1]]);
    // Type, length, version, random, session.
    let after = 4 + 2 + 32 + 1 + usize::from(message[38]);
    let mut version = number(4);
    let mut at = after + 3 + 2;
    while at + 4 <= message.len() {
        if number(at) == 43 {
            version = number(at + 4);
        }
        at += 4 + usize::from(number(at + 2));
    }
    First::ServerHello {
        version,
        suite: number(after),
        compression: message[after + 2],
    }
}

/// What a recorded ClientHello offers.
#[derive(Debug, Default)]
pub struct Offered {
    pub suites: Vec<u16>,
    pub compression: Vec<u8>,
    pub versions: Vec<u16>,
    pub groups: Vec<u16>,
    pub extensions: Vec<u16>,
}

impl Offered {
    /// `message`: the handshake message without its record.
    pub fn by(message: &[u8]) -> Self {
        assert_eq!(message[0], 1, "a ClientHello");
        let mut rest = &message[4 + 2 + 32..];
        let _session = take(&mut rest, 1);
        let mut offered = Self {
            suites: numbers(take(&mut rest, 2)),
            compression: take(&mut rest, 1).to_vec(),
            ..Self::default()
        };
        let mut extensions = take(&mut rest, 2);
        while let [high, low, tail @ ..] = extensions {
            extensions = tail;
            let kind = u16::from_be_bytes([*high, *low]);
            let mut body = take(&mut extensions, 2);
            offered.extensions.push(kind);
            match kind {
                10 => offered.groups = numbers(take(&mut body, 2)),
                43 => offered.versions = numbers(take(&mut body, 1)),
                _ => {}
            }
        }
        offered
    }
}

/// A list behind its length of `width` bytes.
fn take<'a>(rest: &mut &'a [u8], width: usize) -> &'a [u8] {
    let length = rest[..width]
        .iter()
        .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let (list, tail) = rest[width..].split_at(length);
    *rest = tail;
    list
}

fn numbers(list: &[u8]) -> Vec<u16> {
    let pairs = list.chunks_exact(2);
    pairs
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect()
}
