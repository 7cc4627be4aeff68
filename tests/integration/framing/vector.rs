//! Vectors of requests, and what may become of them.

use super::strict::{self, Message};
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use std::collections::BTreeMap;
use std::time::Duration;

/// What must become of a vector. Whatever stands behind one that does not simply pass must never arrive.
#[derive(Clone, Copy, Debug)]
pub enum Must {
    /// Refused with one of these statuses, nothing at the origin, and the connection closed.
    Refuse(&'static [u16]),
    /// One request with this body; the connection goes on.
    Pass(&'static str),
    /// Refused with 400, or one request with this body.
    Either(&'static str),
    /// One request with this body, and then the end; or refused.
    PassAndClose(&'static str),
    /// Never a whole request: the head may be at the origin before the fault shows.
    Cut,
}

pub const REFUSE: Must = Must::Refuse(&[400]);

/// A name, what must become of it, and bytes, in which `~` is the vector's own path.
pub type Vector = (&'static str, Must, Vec<u8>);

/// A POST with these fields beside Host, and what follows.
pub fn post(name: &'static str, must: Must, fields: &[u8]) -> Vector {
    let head = b"POST ~ HTTP/1.1\r\nHost: api.bitbucket.org\r\n";
    (name, must, [head, fields].concat())
}

/// Tries all of them through one proxy, and then judges all that the origin got.
pub async fn try_all(vectors: Vec<Vector>) -> Vec<Message> {
    let (ended, mut connections) = tokio::sync::mpsc::unbounded_channel();
    let origin = Origin::new()
        .script(move |wire, _| {
            let ended = ended.clone();
            async move { ended.send(answer_all(wire).await).unwrap() }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut seen = BTreeMap::new();
    for (number, (name, must, bytes)) in vectors.iter().enumerate() {
        let path = format!("/v{number}");
        seen.insert(
            path.clone(),
            attempt(&proxy, name, *must, bytes, &path).await,
        );
    }
    let (whole, _) = proxy.shutdown(Duration::from_secs(10)).await;
    assert!(whole, "the proxy has to cut nothing");
    let mut arrived = Vec::new();
    for _ in 0..origin.connections() {
        arrived.extend(judge(&connections.recv().await.unwrap()));
    }
    for (number, (name, must, _)) in vectors.iter().enumerate() {
        let path = format!("/v{number}");
        count(name, *must, seen[&path], &path, &arrived);
    }
    assert!(
        !arrived
            .iter()
            .any(|message| message.start.contains("/smuggled")),
        "{arrived:?}"
    );
    arrived
}

/// Answers whatever looks like the end of a request, so that a smuggled one would be seen.
async fn answer_all(mut wire: Wire) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut answered = 0;
    loop {
        let piece = wire.some().await;
        if piece.is_empty() {
            return bytes;
        }
        bytes.extend(piece);
        let whole = strict::requests(&bytes).map_or(0, |read| read.whole.len());
        for _ in answered..whole {
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            wire.try_send(answer).await.ok();
        }
        answered = whole.max(answered);
    }
}

/// Sends the vector and a request behind it; the status of the first answer, 0 for none.
async fn attempt(proxy: &Proxy, name: &str, must: Must, bytes: &[u8], path: &str) -> u16 {
    let behind = format!("GET /after{path} HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n");
    let mut sent: Vec<u8> = bytes
        .split(|&byte| byte == b'~')
        .collect::<Vec<_>>()
        .join(path.as_bytes());
    sent.extend(behind.as_bytes());
    let mut client = proxy.raw().await;
    client.try_send(&sent).await.ok();
    let first = first_status(&mut client).await;
    let status = match must {
        // What goes on is ended by the client.
        Must::Pass(_) | Must::Either(_) if first == 200 => {
            assert_eq!(
                first_status(&mut client).await,
                200,
                "{name}: the request behind it"
            );
            return 200;
        }
        _ => first,
    };
    client.until_end().await;
    let right = match must {
        Must::Refuse(statuses) => statuses.contains(&status),
        Must::Pass(_) => false,
        Must::Either(_) => status == 400,
        Must::PassAndClose(_) => [200, 400].contains(&status),
        Must::Cut => status == 0 || (400..600).contains(&status) && status != 401,
    };
    assert!(right, "{name}: {status}");
    status
}

async fn first_status(client: &mut Wire) -> u16 {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let piece = client.byte().await;
        let Some(byte) = piece else { return 0 };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    head.split(' ').nth(1).unwrap().trim_end().parse().unwrap()
}

fn judge(bytes: &[u8]) -> Vec<Message> {
    let read = strict::requests(bytes).unwrap_or_else(|doubt| panic!("forwarded {doubt}"));
    read.whole
}

fn count(name: &str, must: Must, status: u16, path: &str, arrived: &[Message]) {
    let target = format!(" {path} ");
    let own: Vec<_> = arrived
        .iter()
        .filter(|message| message.start.contains(&target))
        .collect();
    let behind = arrived
        .iter()
        .any(|message| message.start.contains(&format!("/after{path} ")));
    let expected = match must {
        Must::Pass(body) | Must::Either(body) | Must::PassAndClose(body) if status == 200 => {
            Some(body)
        }
        _ => None,
    };
    let bodies: Vec<_> = own
        .iter()
        .map(|message| String::from_utf8_lossy(&message.body))
        .collect();
    assert_eq!(bodies, expected.into_iter().collect::<Vec<_>>(), "{name}");
    let goes_on = matches!(must, Must::Pass(_) | Must::Either(_)) && status == 200;
    assert_eq!(behind, goes_on, "{name}: the request behind it");
}
