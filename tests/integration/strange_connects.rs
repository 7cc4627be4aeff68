//! CONNECTs that no client would send: a defined answer or none, and never 401.

use crate::connect::ALLOWED;
use crate::support::client::Dialer;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use why401::config::ConnectTo;

/// More of them where this variable says so.
const REQUESTS: &str = "WHY401_CONNECT_REQUESTS";
const CLIENTS: usize = 8;

const SEEDS: &[&str] = &[
    "CONNECT api.bitbucket.org:443 HTTP/1.1\r\nHost: api.bitbucket.org:443\r\n",
    "CONNECT api.bitbucket.org:443 HTTP/1.0\r\n",
    "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\nProxy-Authorization: Basic YTpi\r\n",
    "CONNECT a.example:22 HTTP/1.1\r\nHost: a.example:22\r\nAuthorization: Bearer x\r\nConnection: close\r\n",
    "CONNECT jane:pw@api.bitbucket.org:443 HTTP/1.1\r\nHost: x\r\nHost: y\r\n",
    "CONNECT https://api.bitbucket.org/2.0/user HTTP/1.1\r\nContent-Length: 5\r\n",
    "CONNECT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nVia: 1.1 why401\r\n",
    "CONNECT 127.1:443 HTTP/1.1\r\nHost: a\r\n b\r\nExpect: 100-continue\r\nUpgrade: h2c\r\n",
    "CONNECT xn--bcher-kva.example.:65535 HTTP/2.0\r\nWWW-Authenticate: Basic\r\n",
];
const PIECES: &[&[u8]] = &[
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b" ",
    b"\t",
    b":",
    b"@",
    b"/",
    b"[",
    b"]",
    b"%",
    b"..",
    b"443",
    b"0",
    b"\xff",
    b"\xc3\xbc",
    b"CONNECT ",
    b"HTTP/1.1",
    b"401",
    b"api.bitbucket.org",
];

/// Xorshift: the same heads for the same number.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn head(&mut self) -> Vec<u8> {
        let mut head = SEEDS[self.below(SEEDS.len())].as_bytes().to_vec();
        for _ in 0..self.below(5) {
            let at = self.below(head.len() + 1);
            match self.below(5) {
                0 => head.truncate(at),
                1 => drop(head.drain(at..(at + 1 + self.below(8)).min(head.len()).max(at))),
                2 => drop(head.splice(at..at, head[at..].to_vec().repeat(self.below(30)))),
                3 if at < head.len() => head[at] = u8::try_from(self.below(256)).unwrap(),
                _ => drop(head.splice(at..at, PIECES[self.below(PIECES.len())].to_vec())),
            }
        }
        head.extend(b"\r\n\r\n");
        head
    }
}

/// The status of the answer; `None` when the connection ends without one.
async fn status(dialer: &Dialer, head: &[u8]) -> Option<u16> {
    let mut client = dialer.port().await;
    client.try_send(head).await.ok()?;
    client.finish().await;
    let answer = client.some().await;
    let line = String::from_utf8_lossy(answer.get(..12)?).into_owned();
    line.strip_prefix("HTTP/1.")?.get(2..)?.parse().ok()
}

/// All that is dialled is this origin, which answers whatever is said with 401.
async fn proxy(origin: &Origin) -> Proxy {
    Proxy::with(origin, |config| {
        config.connect_to = vec![ConnectTo {
            from_host: None,
            from_port: None,
            to_host: Some(origin.address.ip().to_string()),
            to_port: Some(origin.address.port()),
        }];
    })
    .await
}

/// H-C10: a million where the whole of it is asked for.
#[tokio::test(flavor = "multi_thread")]
async fn connect_is_never_answered_401() {
    let count = std::env::var(REQUESTS).map_or(4_000, |count| count.parse().expect("a number"));
    let script = async |mut wire: crate::support::wire::Wire, _| {
        wire.try_send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
            .await
            .ok();
    };
    let origin = Origin::new().plain().script(script).await;
    let proxy = proxy(&origin).await;
    let mut clients = Vec::new();
    for number in 1..=CLIENTS {
        let dialer = proxy.dialer.clone();
        clients.push(tokio::spawn(async move {
            let mut chance = Chance((number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let mut answered = 0;
            for _ in 0..count / CLIENTS {
                let head = chance.head();
                let Some(got) = status(&dialer, &head).await else {
                    continue;
                };
                let text = String::from_utf8_lossy(&head);
                // What lost its method is no CONNECT, and may be refused otherwise.
                assert!(got != 401 && got != 407, "{text:?} answers {got}");
                assert!(
                    !text.starts_with("CONNECT ") || ALLOWED.contains(&got),
                    "{text:?} answers {got}"
                );
                answered += 1;
            }
            answered
        }));
    }
    let mut answered = 0;
    for client in clients {
        answered += client.await.expect("a client that does not fail");
    }
    assert!(answered > count / 2, "{answered} of {count} were answered");
}
