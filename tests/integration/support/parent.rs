//! A parent proxy under a test's hand: answers what it is told to, and joins a granted tunnel to an origin.

use super::ca::{Ca, Certificate};
use super::wire::{Stream, Wire};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

pub struct Parent {
    pub address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Parent {
    /// Answers every head with `answer`; behind a 200 to CONNECT stands the origin.
    pub async fn before(origin: SocketAddr, answer: &'static str) -> Self {
        Self::start(None, origin, answer).await
    }

    /// The same behind TLS, as `parent.test`.
    pub async fn with_tls(ca: &Ca, origin: SocketAddr, answer: &'static str) -> Self {
        let server = ca.server(Certificate::Good, &["localhost"], &["http/1.1"]);
        Self::start(Some(TlsAcceptor::from(server)), origin, answer).await
    }

    /// What it was asked, in order.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    async fn start(tls: Option<TlsAcceptor>, origin: SocketAddr, answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let seen = heads.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, seen) = (tls.clone(), seen.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, origin, answer, seen).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, origin, answer, seen).await;
                            }
                        }
                    }
                });
            }
        });
        Self { address, heads }
    }
}

async fn serve(
    stream: impl Stream + 'static,
    origin: SocketAddr,
    answer: &'static str,
    seen: Arc<Mutex<Vec<String>>>,
) {
    let mut wire = Wire::new(stream);
    let head = wire.head().await;
    let opens = head.starts_with("CONNECT ") && answer.starts_with("HTTP/1.1 200");
    seen.lock().unwrap().push(head);
    wire.send(answer).await;
    if opens {
        let mut origin = TcpStream::connect(origin).await.expect("the origin");
        // How it ends is between the two ends.
        let _ = copy_bidirectional(&mut wire.into_inner(), &mut origin).await;
    } else {
        wire.finish().await;
    }
}
