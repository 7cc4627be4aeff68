//! Decisions about a request before it goes anywhere, and the refusals they lead to.

use crate::host::{self, target::Target};
use crate::observation::{Connect, Observation};
use crate::proxy::Proxy;
use crate::proxy::body::Body;
use crate::proxy::error::{ProxyError, Side};
use http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING, USER_AGENT, VIA};
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, Version};
use std::net::IpAddr;

/// One Host, for the host that was asked for (RFC 9112 3.2); one length at most; Transfer-Encoding exactly `chunked` (RFC 9112 6.1).
pub fn check(
    headers: &HeaderMap,
    uri: &Uri,
    version: Version,
    target: &Target,
) -> Result<(), ProxyError> {
    check_host(headers, uri, version, target)?;
    // hyper passes two on from HTTP/2; the origin may believe either (RFC 9110 8.6).
    if headers.get_all(CONTENT_LENGTH).iter().nth(1).is_some() {
        return Err(ProxyError::bad_request(
            "a request has at most one Content-Length field",
        ));
    }
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next()) {
        (None, _) => Ok(()),
        (Some(coding), None)
            if version == Version::HTTP_11
                && coding.as_bytes().eq_ignore_ascii_case(b"chunked")
                && !headers.contains_key(CONTENT_LENGTH) =>
        {
            Ok(())
        }
        _ => Err(ProxyError::bad_request(
            "Transfer-Encoding must be exactly chunked, without Content-Length",
        )),
    }
}

fn check_host(
    headers: &HeaderMap,
    uri: &Uri,
    version: Version,
    target: &Target,
) -> Result<(), ProxyError> {
    let mut hosts = headers.get_all(HOST).iter();
    let (host, second) = (hosts.next(), hosts.next());
    if second.is_some() {
        return Err(ProxyError::bad_request(
            "a request has exactly one Host field",
        ));
    }
    let authority = uri.authority().map(Authority::as_str);
    let host = host.map(|value| value.to_str().unwrap_or_default());
    if host.is_none() && authority.is_none() {
        return match version <= Version::HTTP_10 {
            true => Ok(()),
            false => Err(ProxyError::bad_request("the request has no Host field")),
        };
    }
    if host
        .into_iter()
        .chain(authority)
        .all(|text| names(text, target))
    {
        Ok(())
    } else {
        Err(misdirected())
    }
}

/// The usual spellings are compared without being parsed.
fn names(text: &str, target: &Target) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, host::port(port)),
        None => (text, Some(target.port)),
    };
    let same = |name: &str| name.eq_ignore_ascii_case(host) && port == Some(target.port);
    target.host.name().is_some_and(same)
        || Target::parse(text, Some(target.port)).is_ok_and(|named| named == *target)
}

/// 421: the connection was opened for another host (RFC 9110 15.5.20).
pub fn misdirected() -> ProxyError {
    ProxyError::client(
        StatusCode::MISDIRECTED_REQUEST,
        "http_request_denied",
        "the request names another host than the connection was opened for",
    )
}

pub fn bad_target() -> ProxyError {
    ProxyError::bad_request("the request does not name a host and port that can be dialled")
}

/// The reserved host has no TLS, and no origin behind it; that is said at once, so that browsers try `http://` next.
pub fn reserved() -> ProxyError {
    ProxyError::client(
        StatusCode::BAD_GATEWAY,
        "dns_error",
        "why401.invalid is why401 itself, by http:// only: open http://why401.invalid/ through this proxy",
    )
}

/// A browser or a tool that takes the proxy for a web server.
pub fn not_a_website() -> ProxyError {
    ProxyError::bad_request(
        "this is a proxy: set HTTPS_PROXY to this address instead of opening it; through it http://why401.invalid/ shows how",
    )
}

pub fn client_refused() -> ProxyError {
    ProxyError::client(
        StatusCode::FORBIDDEN,
        "http_request_denied",
        "your address may not use this proxy: ask its operator to start it with --allow-client for your network",
    )
}

/// A request that bears our own name has come back through a parent (RFC 9110 7.6.3).
pub fn check_loop(proxy: &Proxy, headers: &HeaderMap) -> Result<(), ProxyError> {
    let ours = |value: &HeaderValue| {
        value
            .to_str()
            .is_ok_and(|via| via.contains(&proxy.pseudonym))
    };
    match headers.get_all(VIA).iter().any(ours) {
        true => Err(looped()),
        false => Ok(()),
    }
}

pub fn looped() -> ProxyError {
    ProxyError::client(
        StatusCode::LOOP_DETECTED,
        "proxy_loop_detected",
        "this request has come back to the proxy that sent it",
    )
}

/// Whose request it is that we answer ourselves.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    pub client: IpAddr,
    pub target: Option<&'a Target>,
    /// Of the CONNECT.
    pub user_agent: Option<&'a HeaderValue>,
    pub version: Version,
}

/// The answer for the client, and a line for the operator: an event when the client was refused or a parent wants
/// credentials, else a message.
pub fn explain(proxy: &Proxy, error: &ProxyError, asker: Asker<'_>) -> Response<Body> {
    let (client, kind) = (asker.client, error.kind);
    if error.side != Side::Client {
        let place = asker.target.map(|target| format!("{}: ", target.shown()));
        let sentence = format!("{}{error}", place.unwrap_or_default());
        proxy.tally.fault(&sentence);
    }
    let target = asker.target.map(Target::shown);
    match error.side {
        Side::Client => proxy.observer.refused(error, client),
        Side::Parent(status) if tell(proxy, status, asker) => {}
        Side::Origin | Side::Parent(_) => tracing::warn!(%client, target, kind, "{error}"),
        Side::Proxy => tracing::error!(%client, target, kind, "{error}"),
    }
    error.respond(asker.version)
}

/// True when there is a finding about the parent's answer.
fn tell(proxy: &Proxy, status: StatusCode, asker: Asker<'_>) -> bool {
    let host = asker.target.map(|target| target.host.bare());
    let fields = asker.user_agent.map(|name| (USER_AGENT, name.clone()));
    let fields = fields.into_iter().collect();
    let connect = Connect::read(&host.unwrap_or_default(), &fields, status);
    proxy
        .observer
        .tell(Observation::Connect(connect), asker.client)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderName;

    fn outcome(fields: &[(&'static str, &'static str)], uri: &str, version: Version) -> u16 {
        let headers: HeaderMap = fields
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        let target = Target::parse("api.bitbucket.org:443", None).unwrap();
        check(&headers, &uri.parse().unwrap(), version, &target)
            .map_or_else(|error| error.status.as_u16(), |()| 200)
    }

    #[test]
    fn one_host_and_the_right_one() {
        let v11 = Version::HTTP_11;
        assert_eq!(outcome(&[("host", "API.bitbucket.org")], "/", v11), 200);
        assert_eq!(outcome(&[("host", "api.bitbucket.org:443")], "/", v11), 200);
        assert_eq!(outcome(&[("host", "api.bitbucket.org:444")], "/", v11), 421);
        assert_eq!(outcome(&[("host", "evil.example")], "/", v11), 421);
        assert_eq!(
            outcome(
                &[("host", "api.bitbucket.org"), ("host", "api.bitbucket.org")],
                "/",
                v11
            ),
            400
        );
        assert_eq!(outcome(&[], "/", v11), 400);
        assert_eq!(outcome(&[], "/", Version::HTTP_10), 200);
        assert_eq!(
            outcome(&[], "https://api.bitbucket.org/", Version::HTTP_2),
            200
        );
        assert_eq!(
            outcome(
                &[("host", "evil.example")],
                "https://api.bitbucket.org/",
                Version::HTTP_2
            ),
            421
        );
        assert_eq!(
            outcome(
                &[("host", "api.bitbucket.org")],
                "https://evil.example/",
                Version::HTTP_2
            ),
            421
        );
    }

    #[test]
    fn transfer_encoding_is_exactly_chunked() {
        let with = |encoding: &'static str, version| {
            outcome(
                &[
                    ("host", "api.bitbucket.org"),
                    ("transfer-encoding", encoding),
                ],
                "/",
                version,
            )
        };
        assert_eq!(with("chunked", Version::HTTP_11), 200);
        assert_eq!(with("Chunked", Version::HTTP_11), 200);
        for bad in ["gzip, chunked", "xchunked", "chunked, identity", "identity"] {
            assert_eq!(with(bad, Version::HTTP_11), 400, "{bad}");
        }
        assert_eq!(with("chunked", Version::HTTP_10), 400);
    }
}
