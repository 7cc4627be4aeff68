//! What an origin is made of, and how it begins.

use super::log::{Log, Recorded};
use super::{Accept, Death, Origin, die, listen, secure, speak};
use crate::support::body::Body;
use crate::support::ca::{Ca, Certificate};
use crate::support::wire::{Stream, Wire};
use crate::support::{Http, Pair};
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use rustls::ServerConfig;
use std::future::Future;
use std::sync::Arc;

/// What an origin is made of; begin with [`Origin::new`].
pub struct Builder {
    certificate: Certificate,
    names: Vec<&'static str>,
    alpn: Vec<&'static str>,
    tls: bool,
    /// The last one is that of all further connections.
    shown: Vec<Arc<ServerConfig>>,
    ca: Ca,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            certificate: Certificate::Good,
            names: vec!["api.bitbucket.org", "bitbucket.org"],
            alpn: vec!["h2", "http/1.1"],
            tls: true,
            shown: Vec::new(),
            ca: Ca::new("test origin CA"),
        }
    }
}

impl Builder {
    pub fn certificate(mut self, certificate: Certificate) -> Self {
        self.certificate = certificate;
        self
    }

    pub fn names(mut self, names: &[&'static str]) -> Self {
        self.names = names.to_vec();
        self
    }

    /// Signs by this CA instead of one made for the test.
    pub fn signed_by(mut self, ca: Ca) -> Self {
        self.ca = ca;
        self
    }

    /// Does TLS by this configuration, whose offer of protocols counts; by the next one from the next connection on.
    pub fn tls(mut self, config: Arc<ServerConfig>) -> Self {
        self.shown.push(config);
        self
    }

    /// Speaks one version of HTTP only.
    pub fn only(mut self, version: Http) -> Self {
        self.alpn = match version {
            Http::One => vec!["http/1.1"],
            Http::Two => vec!["h2"],
        };
        self
    }

    /// The origin of a [`Pair`]: it speaks both versions, and one only where versions cross.
    pub fn of(self, pair: Pair) -> Self {
        if pair.client == pair.origin {
            self
        } else {
            self.only(pair.origin)
        }
    }

    /// Speaks HTTP without TLS.
    pub fn plain(mut self) -> Self {
        self.tls = false;
        self
    }

    /// Answers each request by `handler`.
    pub async fn serve<H, F>(self, handler: H) -> Origin
    where
        H: Fn(Request<Incoming>) -> F + Send + Sync + 'static,
        F: Future<Output = Response<Body>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        self.run(move |wire, number, log| {
            let handler = handler.clone();
            async move {
                let service = service_fn(move |request: Request<Incoming>| {
                    log.saw(number, &request);
                    let answer = handler(request);
                    async move { Ok::<_, std::convert::Infallible>(answer.await) }
                });
                speak(wire, service).await;
            }
        })
        .await
    }

    /// Hands each connection, with its number from 0, to `script`; it ends when the script returns.
    pub async fn script<S, F>(mut self, script: S) -> Origin
    where
        S: Fn(Wire, usize) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        self.alpn = vec!["http/1.1", "http/1.0"];
        self.run(move |(stream, _), number, _| script(Wire::new(stream), number))
            .await
    }

    /// [`Builder::script`], for frames of HTTP/2.
    pub async fn script_http2<S, F>(mut self, script: S) -> Origin
    where
        S: Fn(Wire, usize) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        self.alpn = vec!["h2"];
        self.run(move |(stream, _), number, _| script(Wire::new(stream), number))
            .await
    }

    /// Dies on each connection before TLS is done.
    pub async fn dies(self, death: Death) -> Origin {
        let log = Arc::new(Log::default());
        let accept: Accept = Arc::new(move |stream, _| Box::pin(die(stream, death)));
        listen(self.ca, log, accept).await
    }

    async fn run<S, F>(self, serve: S) -> Origin
    where
        S: Fn((Box<dyn Stream>, bool), usize, Arc<Log>) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let mut configs = self.shown;
        if self.tls && configs.is_empty() {
            configs.push(self.ca.server(self.certificate, &self.names, &self.alpn));
        }
        let log = Arc::new(Log::default());
        let (serve, noted) = (Arc::new(serve), log.clone());
        let accept: Accept = Arc::new(move |stream, number| {
            let config = configs.get(number).or(configs.last()).cloned();
            let (serve, log) = (serve.clone(), noted.clone());
            Box::pin(async move {
                if let Some((stream, is_h2)) = secure(stream, config).await {
                    let stream = Recorded::new(stream, log.recording(number));
                    serve((Box::new(stream), is_h2), number, log).await;
                }
            })
        });
        listen(self.ca, log, accept).await
    }
}
