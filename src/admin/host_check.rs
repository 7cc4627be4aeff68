//! Which names the admin pages answer to.

use crate::host::target::{Host, Target};
use http::HeaderMap;
use http::header::HOST;

/// A page of another site that resolves its own name to loopback gets nothing (DNS rebinding, H-C9).
pub fn names_loopback(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    match Target::parse(host, Some(80)).map(|target| target.host) {
        Ok(Host::Ip(_)) => true,
        Ok(Host::Name(name)) => name == "localhost",
        Err(_) => false,
    }
}
