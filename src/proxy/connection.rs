//! Accepted connections of clients on the proxy port.

use crate::host::target::Target;
use crate::observation::{Client, Ending, Handshake, Observation};
use crate::onboarding;
use crate::proxy::error::ProxyError;
use crate::proxy::head_gate::{self, RequestBody, Settings};
use crate::proxy::intercept::Caller;
use crate::proxy::observe::LastSent;
use crate::proxy::origin::{Key, Origin, Scheme};
use crate::proxy::route::Asker;
use crate::proxy::{Proxy, body::Body, connect, forward, head_answer, limits, route, socket};
use http::header::USER_AGENT;
use http::uri::Scheme as UriScheme;
use http::{Method, Request, Response, Uri};
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

/// The first byte of a TLS record that carries a ClientHello (RFC 8446 5.1).
pub const TLS_HANDSHAKE: u8 = 0x16;
/// `handshake_failure`, so that the client reports TLS and not a broken network.
const TLS_ALERT: [u8; 7] = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28];

/// Accepts until the proxy drains. Each connection is a task of its own: a fault in one ends only that one.
pub async fn accept(proxy: Arc<Proxy>, listener: TcpListener) {
    loop {
        let accepted = tokio::select! {
            biased;
            () = proxy.drain.stopping.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                proxy.metrics.connections.inc();
                let connection = serve(proxy.clone(), stream, peer.ip().to_canonical());
                proxy.drain.spawn(connection);
            }
            Err(error) => recover(&error).await,
        }
    }
}

/// A connection that died in the queue is nobody's problem; without descriptors the loop waits for some (H-D4).
async fn recover(error: &io::Error) {
    if !matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    ) {
        tracing::warn!(%error, "cannot accept connections, trying again");
        sleep(Duration::from_millis(200)).await;
    }
}

async fn serve(proxy: Arc<Proxy>, stream: TcpStream, client: IpAddr) {
    socket::prepare(&stream);
    let mut first = [0];
    let stop = proxy.drain.stopping.clone();
    let peek = timeout(limits::REQUEST_HEAD, stream.peek(&mut first));
    match stop.run_until_cancelled(peek).await {
        Some(Ok(Ok(1))) if first[0] == TLS_HANDSHAKE => {
            return refuse_tls(&proxy, stream, client).await;
        }
        Some(Ok(Ok(1))) => {}
        _ => return,
    }
    // Without an address the client has left already.
    let Ok(local) = stream.local_addr() else {
        return;
    };
    let ends = Ends {
        client,
        local: local.ip(),
    };
    let service = |request| answer(proxy.clone(), ends, request);
    let unparsable = |head| head_answer::on_proxy_port(&proxy, client, &head);
    let settings = settings();
    let ended = head_gate::serve(
        stream,
        &settings,
        service,
        unparsable,
        stop.cancelled_owned(),
    );
    proxy.metrics.gate_ended(ended.await.out_of_step.is_some());
}

fn settings() -> Settings {
    Settings {
        idle: limits::CLIENT_IDLE,
        head: limits::REQUEST_HEAD,
        ..Settings::default()
    }
}

async fn refuse_tls(proxy: &Proxy, stream: TcpStream, client: IpAddr) {
    proxy.metrics.handshake_failed("tls-to-plain-port");
    let handshake = Handshake {
        host: None,
        ending: Ending::OnPlainPort,
        client: Client::Other,
        served_otherwise: false,
    };
    proxy
        .observer
        .tell(Observation::Handshake(handshake), client);
    // The client is told as well as TLS can; it may be gone already.
    let _ = stream.writable().await;
    let _ = stream.try_write(&TLS_ALERT);
    socket::close(stream).await;
}

/// The two addresses of a connection.
#[derive(Clone, Copy)]
struct Ends {
    client: IpAddr,
    /// Ours, as the client reached it.
    local: IpAddr,
}

async fn answer(
    proxy: Arc<Proxy>,
    ends: Ends,
    request: Request<RequestBody>,
) -> Result<Response<Body>, Infallible> {
    let client = ends.client;
    let version = request.version();
    let target = target(request.uri());
    let user_agent = request.headers().get(USER_AGENT).cloned();
    let result = if !proxy.origins.dialer().access.admits_client(client) {
        Err(route::client_refused())
    } else if request.method() == Method::CONNECT {
        let caller = Caller {
            client,
            user_agent: user_agent.clone(),
        };
        connect::answer(proxy.clone(), caller, request).await
    } else {
        absolute(proxy.clone(), ends, request).await
    };
    let asker = Asker {
        client,
        target: target.as_ref(),
        user_agent: user_agent.as_ref(),
        version,
    };
    Ok(result.unwrap_or_else(|error| route::explain(&proxy, &error, asker)))
}

/// The destination, for the log.
fn target(uri: &Uri) -> Option<Target> {
    let default_port = uri
        .scheme()
        .map(|scheme| if *scheme == UriScheme::HTTP { 80 } else { 443 });
    Target::parse(uri.authority()?.as_str(), default_port).ok()
}

/// `GET http://host/…`, and `GET https://host/…` as old axios sends it.
async fn absolute(
    proxy: Arc<Proxy>,
    ends: Ends,
    request: Request<RequestBody>,
) -> Result<Response<Body>, ProxyError> {
    let uri = request.uri();
    let scheme = match uri.scheme_str() {
        Some("http") => Scheme::Http,
        Some("https") => Scheme::Https,
        _ => {
            let pac = proxy.onboarding.pac(&request, ends.local);
            return pac
                .map(|file| file.map(Body::text))
                .ok_or_else(route::not_a_website);
        }
    };
    let default_port = if scheme == Scheme::Http { 80 } else { 443 };
    let authority = uri.authority().ok_or_else(route::bad_target)?.as_str();
    let target = Target::parse(authority, Some(default_port)).map_err(|_| route::bad_target())?;
    if onboarding::is_reserved(&target) {
        return match scheme {
            Scheme::Http => Ok(proxy
                .onboarding
                .through(&request, ends.local)
                .map(Body::text)),
            Scheme::Https => Err(route::reserved()),
        };
    }
    let client = ends.client;
    let origin = origin(&proxy, target, scheme, client);
    let forwarding = forward::Forwarding {
        proxy,
        origin,
        client,
        form: forward::Form::Absolute,
        last_sent: LastSent::default(),
        first: forward::FirstRequest::default(),
        warned: AtomicBool::new(false),
    };
    forwarding.answer(request).await
}

/// The origin that serves this client's requests for a target.
pub fn origin(proxy: &Proxy, target: Target, scheme: Scheme, client: IpAddr) -> Arc<Origin> {
    proxy.origins.get(Key {
        target,
        scheme,
        restricted: !client.is_loopback(),
    })
}
