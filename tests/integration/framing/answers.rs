//! Answers by raw vectors: what is not clear is a 502 or an end, and its connection is not used again.

mod after;
mod doubtful;

use super::strict::{self, Read};
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use std::sync::{Arc, Mutex};

/// What must become of an answer. In each case the next answers are right, on the same connection and on others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Must {
    /// A 502, and the origin's connection is closed.
    Refuse,
    /// One clear answer with this body.
    Pass(&'static str),
    /// The same, and the origin's connection is closed.
    PassAndClose(&'static str),
    /// A 502, or one clear answer with this body, and the origin's connection is closed.
    Either(&'static str),
    /// A 502, or an answer whose end does not come.
    Cut,
}

impl Must {
    fn closes(self) -> bool {
        !matches!(self, Self::Pass(_))
    }

    fn holds(self, read: &Read) -> bool {
        let Some(answer) = read.whole.first() else {
            return self == Self::Cut && read.cut.is_some();
        };
        let failed = answer.start.starts_with("HTTP/1.1 502 ");
        let is_body = |body: &str| !failed && answer.body == body.as_bytes();
        match self {
            Self::Refuse | Self::Cut => failed,
            Self::Pass(body) | Self::PassAndClose(body) => is_body(body),
            Self::Either(body) => failed || is_body(body),
        }
    }
}

/// A name, what must become of it, the method that asks, and the origin's bytes.
type Vector = (&'static str, Must, &'static str, Vec<u8>);

fn vector(name: &'static str, must: Must, bytes: &[u8]) -> Vector {
    (name, must, "GET", bytes.to_vec())
}

const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";

/// Which connection brought which target, in order.
type Trace = Arc<Mutex<Vec<(usize, String)>>>;

/// Answers `/v0` with the first vector's bytes, and so on; everything else with `good`.
async fn origin(vectors: &[Vector], trace: Trace) -> Origin {
    let answers: Arc<Vec<Vec<u8>>> = Arc::new(vectors.iter().map(|it| it.3.clone()).collect());
    Origin::new()
        .script(move |mut wire, connection| {
            let (answers, trace) = (answers.clone(), trace.clone());
            async move {
                while let Some(request) = wire.request().await {
                    let target = request.head.split(' ').nth(1).unwrap().to_owned();
                    let number = target
                        .strip_prefix("/v")
                        .map(|id| id.parse::<usize>().unwrap());
                    trace.lock().unwrap().push((connection, target));
                    let bytes = number.map_or(GOOD.as_bytes(), |number| &answers[number]);
                    if wire.try_send(bytes).await.is_err() {
                        return;
                    }
                }
            }
        })
        .await
}

async fn try_all(vectors: Vec<Vector>) {
    let trace = Trace::default();
    let origin = origin(&vectors, trace.clone()).await;
    let proxy = Proxy::before(&origin).await;
    for (number, (name, must, method, _)) in vectors.iter().enumerate() {
        let target = format!("/v{number}");
        let read = asked(proxy.raw().await, method, &target).await;
        let read = read.unwrap_or_else(|doubt| panic!("{name}: forwarded {doubt}"));
        assert!(must.holds(&read), "{name}: {read:?}");
        all_good(name, &read.whole[read.whole.len().min(1)..]);
        let next = asked(proxy.raw().await, "GET", "/next").await.unwrap();
        assert_eq!(next.whole.len(), 2, "{name}: the next client {next:?}");
        all_good(name, &next.whole);
        if must.closes() {
            is_closed(name, &target, &trace.lock().unwrap());
        }
    }
}

/// What a client gets that asks for the target, and for one more answer on the same connection.
async fn asked(mut client: Wire, method: &str, target: &str) -> Result<Read, strict::Doubt> {
    let host = "Host: api.bitbucket.org";
    client
        .send(format!(
            "{method} {target} HTTP/1.1\r\n{host}\r\n\r\nGET /same HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n"
        ))
        .await;
    strict::answers(&client.until_end().await.bytes, &[method, "GET"])
}

fn all_good(name: &str, answers: &[strict::Message]) {
    for answer in answers {
        assert_eq!(
            String::from_utf8_lossy(&answer.body),
            "good",
            "{name}: {answer:?}"
        );
    }
}

fn is_closed(name: &str, target: &str, trace: &[(usize, String)]) {
    let at = trace.iter().position(|(_, asked)| asked == target).unwrap();
    let (connection, _) = trace[at];
    let again = trace[at + 1..]
        .iter()
        .any(|(other, _)| *other == connection);
    assert!(!again, "{name}: its connection was used again");
}
