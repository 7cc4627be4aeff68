//! Our answer and event for a request head that hyper cannot parse (H-M2).

use crate::proxy::Proxy;
use crate::proxy::error::ProxyError;
use crate::proxy::forward::Forwarding;
use crate::proxy::head_gate::Unparsable;
use crate::proxy::route;
use std::net::IpAddr;

/// On the proxy port itself.
pub fn on_proxy_port(proxy: &Proxy, client: IpAddr, _head: Unparsable) -> Vec<u8> {
    proxy.metrics.unparsable_heads.inc();
    let error = ProxyError::bad_request("the request head is not valid HTTP/1");
    route::log(&error, client);
    raw(&error)
}

/// Inside an intercepted connection.
pub fn inside(forwarding: &Forwarding, head: Unparsable) -> Vec<u8> {
    on_proxy_port(&forwarding.proxy, forwarding.client, head)
}

fn raw(_error: &ProxyError) -> Vec<u8> {
    Vec::new()
}
