//! Happy eyeballs (RFC 8305): the first of several addresses that answers.

use crate::proxy::limits;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Attempts start 250 ms apart, families in turn, the first connection wins.
pub async fn connect(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut waiting = in_turn(addresses).into_iter();
    let mut attempts = JoinSet::new();
    let mut last_error = io::Error::from(io::ErrorKind::NotFound);
    loop {
        let next = waiting.next();
        let more = next.is_some();
        if let Some(address) = next {
            attempts.spawn(TcpStream::connect(address));
        }
        // With nothing left to start, only an answer or the caller's deadline ends the wait.
        let pause = if more && waiting.len() > 0 {
            limits::ATTEMPT_DELAY
        } else {
            Duration::MAX
        };
        let joined = tokio::select! {
            joined = attempts.join_next() => joined,
            () = sleep(pause), if pause != Duration::MAX => continue,
        };
        match joined {
            Some(Ok(Ok(stream))) => return Ok(stream),
            Some(Ok(Err(error))) => last_error = error,
            Some(Err(_)) => {}
            None => return Err(last_error),
        }
    }
}

fn in_turn(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (mut first, mut second): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv6() == first_is_v6);
    first.reverse();
    second.reverse();
    let mut order = Vec::with_capacity(first.len() + second.len());
    while let Some(address) = first.pop() {
        order.push(address);
        order.extend(second.pop());
    }
    second.reverse();
    order.extend(second);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_families_take_turns() {
        let parse = |text: &str| text.parse::<SocketAddr>().unwrap();
        let six = [
            parse("[2001:db8::1]:1"),
            parse("[2001:db8::2]:1"),
            parse("[2001:db8::3]:1"),
        ];
        let four = [parse("192.0.2.1:1"), parse("192.0.2.2:1")];
        assert_eq!(
            in_turn(vec![six[0], six[1], six[2], four[0], four[1]]),
            [six[0], four[0], six[1], four[1], six[2]]
        );
        assert_eq!(
            in_turn(vec![four[0], four[1], six[0]]),
            [four[0], six[0], four[1]]
        );
    }
}
