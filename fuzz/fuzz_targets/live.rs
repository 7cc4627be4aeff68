//! A whole proxy before a sandbox, in this process, and what it answers to bytes. Nothing leaves the machine.
//!
//! Its threads hold memory when an input ends: these targets want `-detect_leaks=0`.

use rustix::net::sockopt::set_socket_linger;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::runtime::Runtime;
use why401::demo::stage::{OPENING_DAY, Stage};

/// Who says nothing for so long waits for more: a tunnel, or a head that is not whole.
const SILENCE: Duration = Duration::from_millis(50);

/// A panic in any of its tasks ends the process, as libFuzzer's hook does.
static LIVE: LazyLock<(Runtime, SocketAddr)> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("threads");
    let stage = Stage::start(OPENING_DAY, Arc::new(|_| ()));
    let stage = runtime.block_on(stage).expect("ports");
    let address = stage.proxy.proxy_addr;
    std::mem::forget(stage);
    (runtime, address)
});

/// A connection to the proxy that leaves nothing behind when it is dropped.
pub fn connect() -> TcpStream {
    let stream = TcpStream::connect(LIVE.1).expect("it listens");
    set_socket_linger(&stream, Some(Duration::ZERO)).expect("a socket");
    stream.set_read_timeout(Some(SILENCE)).expect("a time");
    stream
}

/// What comes back, up to the end or a silence.
pub fn answer(stream: &mut TcpStream, bytes: &[u8]) -> Vec<u8> {
    let mut answer = Vec::new();
    // Who was refused early may have closed already.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.take(1 << 20).read_to_end(&mut answer);
    answer
}

/// Of the first answer.
pub fn status(answer: &[u8]) -> Option<u16> {
    let rest = answer.strip_prefix(b"HTTP/1.")?;
    std::str::from_utf8(rest.get(2..5)?).ok()?.parse().ok()
}
