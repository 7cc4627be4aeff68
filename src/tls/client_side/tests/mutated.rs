//! ClientHellos that no client sends: each is an error or an answer, never a panic.

use super::*;
use rustls::ClientConnection;
use rustls::server::Acceptor;

/// A small generator, so that a failure can be repeated by its seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        const EDGES: [u8; 6] = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
        match self.below(2) {
            0 => EDGES[self.below(EDGES.len())],
            _ => self.next().to_le_bytes()[3],
        }
    }
}

fn hello(side: &ClientSide, version: &'static rustls::SupportedProtocolVersion) -> Vec<u8> {
    let config = client_of(side.authority().root_der(), Alpn::Both, version);
    let name = ServerName::try_from(HOST).unwrap();
    let mut client = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut bytes = Vec::new();
    while client.wants_write() {
        client.write_tls(&mut bytes).unwrap();
    }
    bytes
}

/// Changes, cuts, doubles or inserts a few bytes; half of the time the lengths are put right again, so that what is
/// inside is parsed.
fn mutate(hello: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = hello.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len());
        match chance.below(5) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes.insert(at, chance.byte()),
            2 => {
                let piece = bytes[at..(at + chance.below(40)).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => bytes[at] = chance.byte(),
        }
    }
    if bytes.len() > 9 && chance.below(2) == 0 {
        let length = |length: usize| u32::try_from(length).unwrap().to_be_bytes();
        let (record, message) = (length(bytes.len() - 5), length(bytes.len() - 9));
        bytes[3..5].copy_from_slice(&record[2..]);
        bytes[6..9].copy_from_slice(&message[1..]);
    }
    bytes
}

/// Whether the handshake went as far as an answer.
fn is_answered(config: &Arc<ServerConfig>, bytes: &[u8], piece: usize) -> bool {
    let mut acceptor = Acceptor::default();
    let mut pieces = bytes.chunks(piece);
    let accepted = loop {
        let Some(mut piece) = pieces.next() else {
            return false;
        };
        if acceptor.read_tls(&mut piece).is_err() {
            return false;
        }
        match acceptor.accept() {
            Ok(Some(accepted)) => break accepted,
            Ok(None) => {}
            Err((_, mut alert)) => {
                alert.write_all(&mut Vec::new()).unwrap();
                return false;
            }
        }
    };
    let hello = accepted.client_hello();
    let _ = (hello.server_name(), hello.alpn().map(Iterator::count));
    let Ok(mut connection) = accepted.into_connection(config.clone()) else {
        return false;
    };
    for mut piece in pieces {
        let _ = connection.read_tls(&mut piece);
        let _ = connection.process_new_packets();
    }
    connection.wants_write()
}

/// H-X5: as many as `WHY401_HELLOS` says, else a few thousand.
#[test]
fn a_mutated_hello_is_an_error_or_an_answer() {
    let count = std::env::var("WHY401_HELLOS").map_or(4_000, |count| count.parse().unwrap());
    let side = client_side();
    let config = config(&side, HOST, Alpn::Both);
    let hellos = [
        hello(&side, &rustls::version::TLS12),
        hello(&side, &rustls::version::TLS13),
    ];
    let mut chance = Chance(0x5eed_0401);
    let mut answered = 0_usize;
    for n in 0..count {
        let bytes = mutate(&hellos[n % 2], &mut chance);
        let piece = [1, 7, 16 * 1024][chance.below(3)];
        answered += usize::from(is_answered(&config, &bytes, piece));
    }
    // Both ways are taken, or nothing was tried.
    assert!(
        answered > count / 100 && answered < count,
        "{answered} of {count}"
    );
}
