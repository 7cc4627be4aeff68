//! What an event says about the exchange, or about what there was instead of one.

use super::sent::Sent;
use super::{PATH_LIMIT, value};
use crate::observation::{Connect, Exchange, Handshake, Observation, ResponseSeen};
use crate::output::clean::clean;
use http::Method;

/// The part of an event that the observation gives.
#[derive(Default)]
pub struct Seen {
    pub sent: Sent,
    pub credential_type: Option<String>,
    pub token_id: Option<String>,
    pub granted_scopes: Vec<&'static str>,
    pub method: Option<String>,
    pub path: Option<String>,
    pub status: Option<u16>,
    pub server: Option<String>,
    pub user_agent: Option<String>,
}

impl Seen {
    pub fn of(seen: &Observation, show_user_ids: bool) -> Self {
        match seen {
            Observation::Exchange(exchange) => Self::of_exchange(exchange, show_user_ids),
            Observation::Connect(connect) => Self::of_connect(connect),
            Observation::Handshake(handshake) => Self::of_handshake(handshake),
        }
    }

    fn of_exchange(exchange: &Exchange, show_user_ids: bool) -> Self {
        let (request, response) = (&exchange.request, &exchange.response);
        Self {
            sent: Sent::of(request.credentials.first(), show_user_ids),
            credential_type: response.credential_type.as_deref().map(value),
            token_id: response.token_id.as_deref().map(value),
            granted_scopes: granted(response),
            method: Some(method(&request.method).to_owned()),
            path: Some(clean(&request.path, PATH_LIMIT)),
            status: Some(response.status.as_u16()),
            server: Some(value(&request.host)),
            user_agent: request.user_agent.as_deref().map(value),
        }
    }

    /// A CONNECT has no path.
    fn of_connect(connect: &Connect) -> Self {
        Self {
            method: Some("CONNECT".to_owned()),
            status: Some(connect.status.as_u16()),
            server: Some(value(&connect.host)),
            user_agent: connect.user_agent.as_deref().map(value),
            ..Self::default()
        }
    }

    fn of_handshake(handshake: &Handshake) -> Self {
        Self {
            server: handshake.host.as_deref().map(value),
            ..Self::default()
        }
    }
}

fn granted(response: &ResponseSeen) -> Vec<&'static str> {
    let known = response.grant().map(|grant| grant.known.iter());
    let names = known.into_iter().flatten().map(|scope| scope.as_str());
    names.collect()
}

/// A method that nobody registered is text of the client's, and may be a secret that slipped into the wrong place:
/// it is written as OpenTelemetry writes unknown ones.
fn method(method: &Method) -> &'static str {
    const KNOWN: [Method; 9] = [
        Method::CONNECT,
        Method::DELETE,
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::PATCH,
        Method::POST,
        Method::PUT,
        Method::TRACE,
    ];
    const NAMES: [&str; 9] = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
    ];
    let place = KNOWN.iter().position(|known| known == method);
    place.map_or("_OTHER", |place| NAMES[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_of_the_clients_own_is_not_written() {
        assert_eq!(method(&Method::PATCH), "PATCH");
        let own = Method::from_bytes(b"Hunter2").unwrap();
        assert_eq!(method(&own), "_OTHER");
    }
}
