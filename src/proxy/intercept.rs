//! Inside CONNECT to a listed host: the client's TLS, then its HTTP.

mod http2;
mod incompatible;
mod refused;

pub use refused::Caller;

use crate::observation::Ending;
use crate::proxy::connection::TLS_HANDSHAKE;
use crate::proxy::forward::{FirstRequest, Form, Forwarding};
use crate::proxy::head_gate::{self, How, Settings};
use crate::proxy::observe::LastSent;
use crate::proxy::origin::Origin;
use crate::proxy::prefixed::Prefixed;
use crate::proxy::{ClientHttp, Proxy, head_answer, limits, socket};
use crate::tls::Alpn;
use bytes::{Bytes, BytesMut};
use hyper::upgrade::Upgraded;
use incompatible::Spoken;
use refused::Refused;
use rustls::server::{Acceptor, ClientHello};
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use time::UtcDateTime;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

/// Boxed: it is large, and each step that hands it on would keep room for it of its own.
type Stream = Box<TlsStream<Prefixed<TcpStream>>>;

/// Serves the requests of one intercepted connection.
pub async fn serve(proxy: Arc<Proxy>, origin: Arc<Origin>, caller: Caller, upgraded: Upgraded) {
    let client = caller.client;
    // Boxed, so that an idle connection does not keep the room that its handshake took.
    let handshake = Box::pin(handshake(&proxy, &origin, client, upgraded));
    let stream = match timeout(limits::CLIENT_HANDSHAKE, handshake).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(refused)) => return refused::report(&proxy, &origin, &caller, &refused),
        Err(_) => return proxy.metrics.handshake_failed("timeout"),
    };
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let forwarding = Arc::new(Forwarding {
        proxy: proxy.clone(),
        origin: origin.clone(),
        client,
        form: Form::Origin,
        last_sent: LastSent::default(),
        first: FirstRequest::of(caller.clone()),
        warned: AtomicBool::new(false),
    });
    let left = match http2 {
        true => http2::serve(forwarding.clone(), stream).await,
        false => serve_http1(forwarding.clone(), stream).await,
    };
    if let (Left::ByClient(ending), false) = (left, forwarding.first.has_come()) {
        refused::report(&proxy, &origin, &caller, &Refused::NoRequest(ending));
    }
}

/// Who ended a connection.
enum Left {
    /// With what its end looked like, where that was no orderly close.
    ByClient(Option<Ending>),
    ByUs,
}

async fn serve_http1(forwarding: Arc<Forwarding>, stream: Stream) -> Left {
    let proxy = &forwarding.proxy;
    let stop = proxy.drain.stopping.clone();
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
    let stopped = stop.clone().cancelled_owned();
    let ended = head_gate::serve(stream, &settings, service, unparsable, stopped).await;
    proxy.metrics.gate_ended(ended.out_of_step.is_some());
    match ended.how {
        _ if stop.is_cancelled() => Left::ByUs,
        How::Closed => Left::ByClient(None),
        How::Failed(error) => Left::ByClient(refused::ending(&error)),
        How::Upgraded | How::Unparsable(_) | How::Idle | How::Stalled => Left::ByUs,
    }
}

async fn handshake(
    proxy: &Proxy,
    origin: &Origin,
    client: IpAddr,
    upgraded: Upgraded,
) -> Result<Stream, Refused> {
    let (mut io, ahead) = head_gate::reclaim::<TcpStream>(upgraded)
        .map_err(|_| Refused::Hello(io::ErrorKind::Unsupported.into()))?;
    // A client that has said nothing yet has nothing to lose when the proxy ends.
    let stopping = &proxy.drain.stopping;
    let first = stopping
        .run_until_cancelled(first_bytes(&mut io, ahead))
        .await;
    let first = first.ok_or(Refused::Stopping)?.map_err(Refused::Hello)?;
    if first.is_empty() {
        return Err(Refused::Silent);
    }
    if first.first() != Some(&TLS_HANDSHAKE) {
        socket::close(io).await;
        return Err(Refused::NotTls);
    }
    let spoken = Spoken::of(&first);
    let acceptor = LazyConfigAcceptor::new(Acceptor::default(), Prefixed::new(first, io));
    let start = acceptor.await.map_err(Refused::Hello)?;
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
        .map_err(|error| Refused::Handshake(error, spoken))?;
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
