//! One request as the sandbox looks at it; its body travels beside it.

use http::{HeaderMap, Method};
use std::net::IpAddr;

/// Which of the stand-in's hosts was asked: the same credential means different things to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// `api.bitbucket.org`.
    Api,
    /// `bitbucket.org`: git over HTTPS, the token endpoint, the website.
    Web,
    /// Where downloads are redirected to (B31).
    Files,
}

/// One request without its body.
#[derive(Clone, Debug)]
pub struct Call {
    pub site: Site,
    pub method: Method,
    /// As it came, still percent-encoded.
    pub path: String,
    /// Without the question mark.
    pub query: Option<String>,
    pub headers: HeaderMap,
    /// Whose anonymous requests are counted together (B26).
    pub client: IpAddr,
}
