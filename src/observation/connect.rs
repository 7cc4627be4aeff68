//! A tunnel that a proxy on the way refused to open: there is no exchange with the origin.

use super::{Client, MAX_USER_AGENT, redaction};
use crate::host;
use http::header::USER_AGENT;
use http::{HeaderMap, StatusCode};

/// A CONNECT and the answer of the proxy that it was sent to.
#[derive(Clone, Debug)]
pub struct Connect {
    /// Canonical: lower case, no trailing dot, no port.
    pub host: String,
    pub status: StatusCode,
    /// Printable ASCII, capped at 256 characters.
    pub user_agent: Option<String>,
    /// By its User-Agent.
    pub client: Client,
}

impl Connect {
    /// `headers`: those of the CONNECT.
    pub fn read(host: &str, headers: &HeaderMap, status: StatusCode) -> Self {
        let user_agent = headers.get(USER_AGENT);
        let user_agent =
            user_agent.map(|text| redaction::words(text.as_bytes(), MAX_USER_AGENT, &[]));
        Self {
            host: host::shown(host).into_owned(),
            status,
            client: user_agent.as_deref().map_or(Client::Other, Client::of),
            user_agent,
        }
    }
}
