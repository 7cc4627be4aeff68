//! `CONNECT`: the origin is dialled, and verified where we intercept, before the answer (H-U43).

use crate::host::target::Target;
use crate::onboarding;
use crate::proxy::body::Body;
use crate::proxy::connection::origin;
use crate::proxy::error::ProxyError;
use crate::proxy::head_gate::{self, RequestBody};
use crate::proxy::intercept::Caller;
use crate::proxy::origin::{Hop, Scheme};
use crate::proxy::prefixed::Prefixed;
use crate::proxy::{Proxy, intercept, route, tunnel};
use http::{Request, Response};
use hyper::upgrade::{OnUpgrade, Upgraded};
use std::sync::Arc;
use tokio::net::TcpStream;

/// Answers 200 once the other side is there; never 401 (H-C10).
pub async fn answer(
    proxy: Arc<Proxy>,
    caller: Caller,
    mut request: Request<RequestBody>,
) -> Result<Response<Body>, ProxyError> {
    let client = caller.client;
    let authority = request
        .uri()
        .authority()
        .ok_or_else(route::bad_target)?
        .as_str();
    let target = Target::parse(authority, None).map_err(|_| route::bad_target())?;
    if onboarding::is_reserved(&target) {
        return Err(route::reserved());
    }
    route::check_loop(&proxy, request.headers())?;
    let upgrade = hyper::upgrade::on(&mut request);
    if proxy.intercepts(&target) {
        let origin = origin(&proxy, target, Scheme::Https, client);
        origin.ensure(client).await?;
        proxy.metrics.intercepted.inc();
        proxy.tally.connect();
        let drain = proxy.drain.clone();
        drain.spawn(async move {
            if let Some(upgraded) = switched(upgrade).await {
                intercept::serve(proxy, origin, caller, upgraded).await;
            }
        });
    } else {
        let hop = proxy.origins.dialer().reach(&target, client).await?;
        proxy.metrics.tunnelled.inc();
        let shown = target.shown();
        proxy.tally.tunnel(&shown);
        tracing::debug!(%client, target = shown, "tunnel");
        let drain = proxy.drain.clone();
        drain.spawn(async move {
            if let Some(upgraded) = switched(upgrade).await {
                tunnel(&proxy, upgraded, hop).await;
            }
        });
    }
    Ok(Response::new(Body::empty()))
}

async fn tunnel(proxy: &Proxy, upgraded: Upgraded, hop: Hop) {
    // Every connection of the proxy port is a TCP stream behind the gate.
    if let Ok((client, ahead)) = head_gate::reclaim::<TcpStream>(upgraded) {
        tunnel::join(proxy, Prefixed::new(ahead, client), hop).await;
    }
}

/// `None` when the client left before it saw the answer.
async fn switched(upgrade: OnUpgrade) -> Option<Upgraded> {
    upgrade.await.ok()
}
