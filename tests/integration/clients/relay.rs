//! A proxy that only carries bytes: what a client does through it is what it does by itself.

use crate::support::wire::Wire;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream};

/// Answers every CONNECT by a connection to `origin`.
pub async fn relay(origin: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound port");
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut client = Wire::new(client);
                let asked = client.head().await;
                assert!(asked.starts_with("CONNECT "), "{asked}");
                client
                    .send("HTTP/1.1 200 Connection established\r\n\r\n")
                    .await;
                let mut origin = TcpStream::connect(origin)
                    .await
                    .expect("the origin listens");
                // How either side ends is for the client to judge.
                let _ = tokio::io::copy_bidirectional(&mut client.into_inner(), &mut origin).await;
            });
        }
    });
    address
}
