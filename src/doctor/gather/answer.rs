//! What is at an address, by one request that leads nowhere else.

use crate::doctor::machine::{Answer, Readiness};
use crate::host::target::Target;
use crate::observation::http_date;
use std::time::Duration;
use time::UtcDateTime;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// For the connection, and again for the answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Of an answer's head.
const LONGEST: u64 = 8 * 1024;
/// Reserved by RFC 6761: a proxy that is asked for it can reach nobody.
const NOWHERE: &str = "why401.invalid";

/// What a server is, from a request that no proxy passes on: its target is a path.
pub async fn answer(target: &Target) -> Answer {
    let request = format!("GET / HTTP/1.1\r\nHost: {target}\r\nConnection: close\r\n\r\n");
    match head(target, &request).await {
        Heard::Nobody => Answer::Nobody,
        Heard::Head(head) => judge(&head),
    }
}

/// The same for a parent, and whether it wants credentials. None are shown to it.
pub async fn answer_of_parent(target: &Target, tls: bool) -> Answer {
    let first = answer(target).await;
    let Answer::Other(_) = first else {
        return first;
    };
    if tls {
        return first;
    }
    let request =
        format!("GET http://{NOWHERE}/ HTTP/1.1\r\nHost: {NOWHERE}\r\nConnection: close\r\n\r\n");
    match head(target, &request).await {
        Heard::Head(head) => judge(&head),
        Heard::Nobody => first,
    }
}

/// What the admin listener says; `None` where there is none, or another server.
pub async fn readiness(admin: Option<&Target>) -> Option<Readiness> {
    let target = admin?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {target}\r\nConnection: close\r\n\r\n");
    let Heard::Head(head) = head(target, &request).await else {
        return None;
    };
    let is_ready = match (status(&head)?, body(&head)) {
        (200, "ready\n") => true,
        (503, "draining\n") => false,
        _ => return None,
    };
    Some(Readiness {
        is_ready,
        date: date(&head),
    })
}

enum Heard {
    Nobody,
    Head(String),
}

async fn head(target: &Target, request: &str) -> Heard {
    let (host, port) = (target.host.bare(), target.port);
    let dialled = timeout(PATIENCE, TcpStream::connect((&*host, port))).await;
    let Ok(Ok(mut stream)) = dialled else {
        return Heard::Nobody;
    };
    let mut bytes = Vec::new();
    let exchange = async {
        stream.write_all(request.as_bytes()).await?;
        stream.take(LONGEST).read_to_end(&mut bytes).await
    };
    // What came before it went wrong is an answer, too.
    let _ = timeout(PATIENCE, exchange).await;
    Heard::Head(String::from_utf8_lossy(&bytes).into_owned())
}

fn judge(head: &str) -> Answer {
    let is_ours = |value: &str| value.starts_with("why401;");
    match status(head) {
        None => Answer::Mute,
        Some(_) if field(head, "proxy-status").is_some_and(is_ours) => Answer::Why401,
        Some(status) => Answer::Other(status),
    }
}

fn status(head: &str) -> Option<u16> {
    let rest = head.strip_prefix("HTTP/1.")?;
    rest.split(' ').nth(1)?.get(..3)?.parse().ok()
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = head.split_once("\r\n\r\n")?;
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = fields.find(|(field, _)| field.eq_ignore_ascii_case(name))?;
    Some(value.trim())
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn date(head: &str) -> Option<UtcDateTime> {
    http_date::parse(field(head, "date")?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_tells_whose_it_is() {
        let ours = "HTTP/1.1 400 Bad Request\r\nProxy-Status: why401; error=x\r\n\r\n";
        for (head, expected) in [
            (ours, Answer::Why401),
            ("HTTP/1.0 407 \r\nserver: squid\r\n\r\n", Answer::Other(407)),
            (
                "HTTP/1.1 200 OK\r\nproxy-status: other; x\r\n\r\n",
                Answer::Other(200),
            ),
            ("SSH-2.0-OpenSSH\r\n", Answer::Mute),
            ("", Answer::Mute),
        ] {
            assert_eq!(judge(head), expected, "{head}");
        }
    }
}
