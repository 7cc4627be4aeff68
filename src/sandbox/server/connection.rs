//! One connection: TLS by the name that the client asks for, then HTTP/1 or HTTP/2.

use super::route::StandIn;
use super::{Stop, limits};
use hyper::rt::Executor;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// After an accept that failed, mostly for want of file handles: trying at once would only burn the processor.
const PAUSE: Duration = Duration::from_millis(50);

/// Everything that a connection needs.
pub(super) struct Connections {
    pub(super) tls: TlsAcceptor,
    pub(super) stand_in: StandIn,
    pub(super) stop: Stop,
}

impl Connections {
    pub(super) async fn accept(self, listener: TcpListener) {
        let stop = self.stop.clone();
        let forever = Arc::new(self).accept_forever(listener);
        // The listener closes here, so that the port is free again.
        stop.polite.run_until_cancelled_owned(forever).await;
    }

    async fn accept_forever(self: Arc<Self>, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(limits::CONNECTIONS));
        loop {
            let Ok(place) = places.clone().acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, client)) => {
                    let serving = self.clone().serve(stream, client);
                    // Boxed: a handshake takes room, and each task would keep it twice.
                    let serving = Box::pin(serving);
                    let at_once = self.stop.at_once.clone();
                    self.stop.tasks.spawn(async move {
                        at_once.run_until_cancelled(serving).await;
                        drop(place);
                    });
                }
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    async fn serve(self: Arc<Self>, stream: TcpStream, client: SocketAddr) {
        // Only tunes: small answers leave at once.
        let _ = stream.set_nodelay(true);
        let handshake = timeout(limits::HANDSHAKE, self.tls.accept(stream));
        if let Ok(Ok(stream)) = handshake.await {
            self.exchanges(stream, client.ip()).await;
        }
    }

    async fn exchanges(&self, stream: TlsStream<TcpStream>, client: IpAddr) {
        // Without a name there was no certificate, so there is one.
        let name: Arc<str> = stream.get_ref().1.server_name().unwrap_or_default().into();
        let service = service_fn(|request| {
            let (stand_in, name) = (self.stand_in.clone(), name.clone());
            async move { Ok::<_, Infallible>(stand_in.answer(request, &name, client).await) }
        });
        let builder = builder(Streams(self.stop.clone()));
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        tokio::select! {
            // How a client leaves is its own affair.
            _ = &mut connection => return,
            () = self.stop.polite.cancelled() => {}
            () = sleep(limits::AGE) => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// Where the exchanges of an HTTP/2 connection run: they end with the server, too.
#[derive(Clone)]
struct Streams(Stop);

impl<F: Future<Output: Send> + Send + 'static> Executor<F> for Streams {
    fn execute(&self, exchange: F) {
        let at_once = self.0.at_once.clone();
        let exchange = at_once.run_until_cancelled_owned(exchange);
        self.0.tasks.spawn(exchange);
    }
}

fn builder(streams: Streams) -> auto::Builder<Streams> {
    let mut builder = auto::Builder::new(streams);
    // Answers are dated by the sandbox's clock.
    builder
        .http1()
        .auto_date_header(false)
        .timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD);
    builder
        .http2()
        .auto_date_header(false)
        .timer(TokioTimer::new())
        .keep_alive_interval(limits::PING)
        .keep_alive_timeout(limits::PING)
        .max_header_list_size(limits::HEADER_LIST);
    builder
}
