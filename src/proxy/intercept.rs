//! Inside CONNECT to a listed host: the client's TLS, then its HTTP.

mod http2;

use crate::proxy::connection::TLS_HANDSHAKE;
use crate::proxy::forward::{Form, Forwarding};
use crate::proxy::head_gate::{self, Settings};
use crate::proxy::observe::LastSent;
use crate::proxy::origin::Origin;
use crate::proxy::prefixed::Prefixed;
use crate::proxy::{ClientHttp, Proxy, head_answer, limits, socket};
use crate::tls::Alpn;
use bytes::{Bytes, BytesMut};
use hyper::upgrade::Upgraded;
use rustls::server::{Acceptor, ClientHello};
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use time::UtcDateTime;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

/// Boxed: it is large, and each step that hands it on would keep room for it of its own.
type Stream = Box<TlsStream<Prefixed<TcpStream>>>;

/// Why a client's handshake came to nothing; the label of the metric.
enum Refused {
    /// The first byte is not TLS.
    NotTls,
    /// The client left after CONNECT without a byte, as a port scan or a preconnect does.
    Silent,
    /// The name in the ClientHello is another than the one in CONNECT (H-C4).
    OtherName,
    /// The client ended it, or spoke no TLS that we do.
    Handshake(io::Error),
    /// No leaf could be made for the host.
    NoLeaf,
    /// The proxy ends before the client has begun.
    Stopping,
}

/// Serves the requests of one intercepted connection.
pub async fn serve(proxy: Arc<Proxy>, origin: Arc<Origin>, client: IpAddr, upgraded: Upgraded) {
    // Boxed, so that an idle connection does not keep the room that its handshake took.
    let handshake = Box::pin(handshake(&proxy, &origin, client, upgraded));
    let stream = match timeout(limits::CLIENT_HANDSHAKE, handshake).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(refused)) => return report(&proxy, &origin, client, &refused),
        Err(_) => return proxy.metrics.handshake_failed("timeout"),
    };
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let forwarding = Arc::new(Forwarding {
        proxy,
        origin,
        client,
        form: Form::Origin,
        last_sent: LastSent::default(),
    });
    if http2 {
        http2::serve(forwarding, stream).await;
    } else {
        serve_http1(forwarding, stream).await;
    }
}

async fn serve_http1(forwarding: Arc<Forwarding>, stream: Stream) {
    let stop = forwarding.proxy.drain.stopping.clone();
    let settings = Settings {
        idle: limits::CLIENT_IDLE,
        head: limits::INNER_HEAD,
        ..Settings::default()
    };
    let unparsable = |head| head_answer::inside(&forwarding, &head);
    let service = |request| {
        let forwarding = forwarding.clone();
        async move { Ok::<_, Infallible>(forwarding.answer_or_explain(request).await) }
    };
    let ended = head_gate::serve(
        stream,
        &settings,
        service,
        unparsable,
        stop.cancelled_owned(),
    );
    forwarding
        .proxy
        .metrics
        .gate_ended(ended.await.out_of_step.is_some());
}

async fn handshake(
    proxy: &Proxy,
    origin: &Origin,
    client: IpAddr,
    upgraded: Upgraded,
) -> Result<Stream, Refused> {
    let (mut io, ahead) = head_gate::reclaim::<TcpStream>(upgraded)
        .map_err(|_| Refused::Handshake(io::ErrorKind::Unsupported.into()))?;
    // A client that has said nothing yet has nothing to lose when the proxy ends.
    let stopping = &proxy.drain.stopping;
    let first = stopping
        .run_until_cancelled(first_bytes(&mut io, ahead))
        .await;
    let first = first
        .ok_or(Refused::Stopping)?
        .map_err(Refused::Handshake)?;
    if first.is_empty() {
        return Err(Refused::Silent);
    }
    if first.first() != Some(&TLS_HANDSHAKE) {
        socket::close(io).await;
        return Err(Refused::NotTls);
    }
    let acceptor = LazyConfigAcceptor::new(Acceptor::default(), Prefixed::new(first, io));
    let start = acceptor.await.map_err(Refused::Handshake)?;
    let host = origin.key.target.host.name().unwrap_or_default();
    if start
        .client_hello()
        .server_name()
        .is_some_and(|name| name != host)
    {
        // With no certificate to offer, rustls sends the fatal alert that says it was not the network.
        let _ = start
            .into_stream(proxy.client_side.refusing())
            .into_fallible()
            .await;
        return Err(Refused::OtherName);
    }
    let alpn = versions(proxy, origin, client, &Offered::by(&start.client_hello())).await;
    let config = proxy
        .client_side
        .config(host, alpn, UtcDateTime::now())
        .map_err(|error| {
            tracing::error!(%error, "cannot make a certificate");
            Refused::NoLeaf
        })?;
    let stream = start
        .into_stream(config)
        .await
        .map_err(Refused::Handshake)?;
    Ok(Box::new(stream))
}

/// At least one byte: what a client sends first decides whether this is TLS at all.
async fn first_bytes(io: &mut TcpStream, ahead: Bytes) -> io::Result<Bytes> {
    if !ahead.is_empty() {
        return Ok(ahead);
    }
    let mut first = BytesMut::with_capacity(2048);
    io.read_buf(&mut first).await?;
    Ok(first.freeze())
}

/// The client's side of ALPN.
struct Offered {
    http1: bool,
    http2: bool,
}

impl Offered {
    fn by(hello: &ClientHello<'_>) -> Self {
        let Some(protocols) = hello.alpn() else {
            return Self {
                http1: true,
                http2: false,
            };
        };
        let mut offered = Self {
            http1: false,
            http2: false,
        };
        for protocol in protocols {
            offered.http1 |= protocol == b"http/1.1" || protocol == b"http/1.0";
            offered.http2 |= protocol == b"h2";
        }
        offered
    }
}

/// Mirrors the origin: HTTP/2 is offered to clients that want it when the origin speaks it. A client or an origin
/// of one version only is crossed.
async fn versions(proxy: &Proxy, origin: &Origin, client: IpAddr, offered: &Offered) -> Alpn {
    match proxy.client_http {
        ClientHttp::Http1 => Alpn::Http1,
        ClientHttp::Http2 => Alpn::Http2,
        ClientHttp::Mirror if !offered.http2 => Alpn::Http1,
        ClientHttp::Mirror if !offered.http1 => Alpn::Http2,
        ClientHttp::Mirror if speaks_http2(origin, client).await => Alpn::Both,
        ClientHttp::Mirror => Alpn::Http1,
    }
}

/// An origin that does not say in time costs HTTP/2, not the client's handshake.
async fn speaks_http2(origin: &Origin, client: IpAddr) -> bool {
    timeout(limits::CLIENT_HANDSHAKE / 2, origin.speaks_http2(client))
        .await
        .unwrap_or(false)
}

fn report(proxy: &Proxy, origin: &Origin, client: IpAddr, refused: &Refused) {
    let host = &origin.key.target.host;
    match refused {
        Refused::NotTls => {
            proxy.metrics.handshake_failed("not-tls");
            tracing::warn!(%client, %host, "a client sent something else than TLS after CONNECT");
        }
        Refused::Silent => proxy.metrics.handshake_failed("silent"),
        Refused::OtherName => {
            proxy.metrics.handshake_failed("other-name");
            tracing::warn!(%client, %host, "a client asked for one host in CONNECT and for another in TLS, refused");
        }
        Refused::Handshake(error) => {
            proxy.metrics.handshake_failed("client");
            proxy.tally.broken_handshake();
            tracing::warn!(%client, %host, %error, "the client ended the TLS handshake: does it trust this proxy's CA? `why401 ca path` prints the file to trust");
        }
        Refused::NoLeaf => proxy.metrics.handshake_failed("no-leaf"),
        Refused::Stopping => {}
    }
}
