//! The last second of a connection: what we say ourselves arrives although the client is still sending.

use std::future::Future;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// Long enough for an answer to cross the Internet, short enough to be given to anyone.
const LINGER: Duration = Duration::from_secs(1);

/// Writes `answer`, closes our side, and waits for the client to close its own.
pub async fn say(io: &mut (impl AsyncRead + AsyncWrite + Unpin), answer: &[u8]) {
    let told = within(async {
        io.write_all(answer).await?;
        io.shutdown().await
    });
    if told.await {
        drain(io).await;
    }
}

/// Closes our side.
pub async fn close(io: &mut (impl AsyncWrite + Unpin)) {
    within(io.shutdown()).await;
}

/// Reads what the client still sends after our side is closed: a socket that is dropped with bytes unread resets the
/// connection, and the reset may overtake our last answer.
pub async fn drain(io: &mut (impl AsyncRead + Unpin)) {
    let mut scrap = [0; 4096];
    within(async {
        while io.read(&mut scrap).await? > 0 {}
        Ok(())
    })
    .await;
}

async fn within(work: impl Future<Output = std::io::Result<()>>) -> bool {
    matches!(timeout(LINGER, work).await, Ok(Ok(())))
}
