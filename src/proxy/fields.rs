//! Which fields cross the proxy: maps are rebuilt by filtering, so that names keep the order of first appearance.

use crate::output::field::X_AUTH_DIAGNOSIS;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, HeaderName, PROXY_AUTHENTICATE, TE,
    TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderValue, Version};

/// The protocol versions on both sides of one exchange.
#[derive(Clone, Copy, Debug)]
pub struct Crossing {
    pub client: Version,
    pub origin: Version,
}

impl Crossing {
    fn keeps_transfer_encoding(self, to: Version) -> bool {
        // Within HTTP/1.1 the field stays in its place and hyper frames the body anew by it (H-M4).
        self.client < Version::HTTP_2 && self.origin < Version::HTTP_2 && to == Version::HTTP_11
    }
}

/// The fields of a request as the origin gets them.
///
/// Hop-by-hop fields go (RFC 9110 7.6.1), `Proxy-*` too; `TE: trailers` stays as exactly that. `switch` keeps
/// `Connection: upgrade` and `Upgrade`.
pub fn request(headers: HeaderMap, crossing: Crossing, switch: bool) -> HeaderMap {
    if !headers.keys().any(is_touched_in_request) && crossing.origin < Version::HTTP_2 {
        return headers;
    }
    let nominated = Nominated::by(&headers);
    let mut kept = HeaderMap::with_capacity(headers.len());
    for (name, value) in &headers {
        if let Some(value) = request_field(name, value, crossing, switch, &nominated) {
            kept.append(name.clone(), value);
        }
    }
    if crossing.client == Version::HTTP_2 && crossing.origin < Version::HTTP_2 {
        join_cookies(&mut kept);
    }
    kept
}

fn request_field(
    name: &HeaderName,
    value: &HeaderValue,
    crossing: Crossing,
    switch: bool,
    nominated: &Nominated<'_>,
) -> Option<HeaderValue> {
    if *name == TE {
        return has_token(value, "trailers").then(|| HeaderValue::from_static("trailers"));
    }
    if *name == CONNECTION {
        return switch.then(|| switching(value)).flatten();
    }
    if *name == UPGRADE {
        return switch.then(|| value.clone());
    }
    if *name == TRANSFER_ENCODING {
        return crossing
            .keeps_transfer_encoding(crossing.origin)
            .then(|| value.clone());
    }
    // In HTTP/2 the authority stands for it (RFC 9113 8.3.1).
    if *name == HOST && crossing.origin == Version::HTTP_2 {
        return None;
    }
    if is_hop_by_hop(name) || is_proxy_field(name) || nominated.contains(name) {
        return None;
    }
    let mut value = value.clone();
    if crossing.origin == Version::HTTP_2 && (*name == AUTHORIZATION || *name == COOKIE) {
        // Never indexed: no secret in the compression state of a connection that clients share (H-K12).
        value.set_sensitive(true);
    }
    Some(value)
}

/// The fields of an answer as the client gets them; the origin's own `x-auth-diagnosis` goes first.
pub fn response(headers: HeaderMap, crossing: Crossing, switched: bool) -> HeaderMap {
    if !headers.keys().any(is_touched_in_response) {
        return headers;
    }
    let nominated = Nominated::by(&headers);
    let keeps_encoding = crossing.keeps_transfer_encoding(crossing.client);
    let is_chunked = headers.contains_key(TRANSFER_ENCODING);
    let kept = headers.iter().filter(|(name, _)| {
        let name = *name;
        match *name {
            CONNECTION | UPGRADE => switched,
            TRANSFER_ENCODING => keeps_encoding,
            // The chunks decide, and a length beside them is how answers are split (RFC 9112 6.3).
            CONTENT_LENGTH => !is_chunked,
            _ => {
                *name != X_AUTH_DIAGNOSIS
                    && *name != PROXY_AUTHENTICATE
                    && !is_hop_by_hop(name)
                    && !nominated.contains(name)
            }
        }
    });
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// True when the end of an answer's body is clear: a Transfer-Encoding, if any, is exactly `chunked` (RFC 9112 6.1). No
/// other coding is ever asked for, since `TE` does not cross.
pub fn is_clearly_framed(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next()) {
        (None, _) => true,
        (Some(coding), None) => coding.as_bytes().eq_ignore_ascii_case(b"chunked"),
        _ => false,
    }
}

/// True when an answer is chunked and declares a length besides (RFC 9112 6.3).
pub fn has_two_lengths(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) && headers.contains_key(CONTENT_LENGTH)
}

/// True when the client can get trailers: hyper sends them on HTTP/1 only where they were asked for.
pub fn takes_trailers(headers: &HeaderMap, client: Version) -> bool {
    client == Version::HTTP_2
        || headers
            .get_all(TE)
            .iter()
            .any(|value| has_token(value, "trailers"))
}

/// True when the request asks for a protocol that the origin may switch to. `h2c` never passes (H-S62).
pub fn asks_to_switch(headers: &HeaderMap, version: Version) -> bool {
    version == Version::HTTP_11
        && headers
            .get_all(CONNECTION)
            .iter()
            .any(|value| has_token(value, "upgrade"))
        && headers.contains_key(UPGRADE)
        && !headers
            .get_all(UPGRADE)
            .iter()
            .any(|value| has_token(value, "h2c"))
}

/// `Connection: authorization` would have the next hop drop the credentials (H-S59).
struct Nominated<'a>(Vec<&'a str>);

impl<'a> Nominated<'a> {
    fn by(headers: &'a HeaderMap) -> Self {
        let values = headers.get_all(CONNECTION).iter();
        Self(
            values
                .filter_map(|value| value.to_str().ok())
                .flat_map(|list| list.split(','))
                .map(str::trim)
                .collect(),
        )
    }

    fn contains(&self, name: &HeaderName) -> bool {
        let protected =
            *name == AUTHORIZATION || *name == HOST || name.as_str().starts_with("content-");
        !protected
            && self
                .0
                .iter()
                .any(|token| token.eq_ignore_ascii_case(name.as_str()))
    }
}

fn is_touched_in_request(name: &HeaderName) -> bool {
    *name == CONNECTION
        || *name == TE
        || *name == TRANSFER_ENCODING
        || *name == UPGRADE
        || *name == COOKIE
        || is_hop_by_hop(name)
        || is_proxy_field(name)
}

fn is_touched_in_response(name: &HeaderName) -> bool {
    matches!(
        *name,
        CONNECTION | UPGRADE | TRANSFER_ENCODING | PROXY_AUTHENTICATE
    ) || *name == X_AUTH_DIAGNOSIS
        || is_hop_by_hop(name)
}

fn is_hop_by_hop(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "keep-alive" | "proxy-connection" | "http2-settings"
    )
}

fn is_proxy_field(name: &HeaderName) -> bool {
    name.as_str().starts_with("proxy-")
}

fn has_token(value: &HeaderValue, token: &str) -> bool {
    value.to_str().is_ok_and(|list| {
        list.split(',')
            .any(|item| item.trim().eq_ignore_ascii_case(token))
    })
}

/// What is left of `Connection` when a switch is asked for: the upgrade token as the client wrote it.
fn switching(value: &HeaderValue) -> Option<HeaderValue> {
    let list = value.to_str().ok()?;
    let token = list
        .split(',')
        .map(str::trim)
        .find(|item| item.eq_ignore_ascii_case("upgrade"))?;
    HeaderValue::from_str(token).ok()
}

/// HTTP/2 may split the cookie into several fields; HTTP/1 has one (RFC 9113 8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    let crumbs: Vec<&[u8]> = headers
        .get_all(COOKIE)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    if crumbs.len() > 1
        && let Ok(mut cookie) = HeaderValue::from_bytes(&crumbs.join(&b"; "[..]))
    {
        cookie.set_sensitive(true);
        headers.insert(COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests;
