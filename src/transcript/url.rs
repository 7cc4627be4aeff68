//! The parts of an address as records write it, however broken.

use crate::host;
use zeroize::Zeroizing;

/// What a request went to.
#[derive(Clone, Default)]
pub struct Url {
    /// False for `http://`.
    pub secure: bool,
    /// Canonical where possible; empty when it is not known.
    pub host: String,
    /// Begins with a slash.
    pub path: String,
    pub query: Option<String>,
    /// `user:secret` before the host, as written.
    pub user_info: Option<String>,
}

impl Url {
    /// Of an absolute address; `None` without `http://` or `https://`.
    pub fn parse(text: &str) -> Option<Self> {
        let scheme = text.find("://")?;
        let secure = match text.get(..scheme)? {
            scheme if scheme.eq_ignore_ascii_case("https") => true,
            scheme if scheme.eq_ignore_ascii_case("http") => false,
            _ => return None,
        };
        let rest = &text[scheme + 3..];
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        let (user_info, authority) = match authority.rsplit_once('@') {
            Some((user_info, authority)) => (Some(user_info.to_owned()), authority),
            None => (None, authority),
        };
        let (path, query) = split_target(target);
        Some(Self {
            secure,
            host: host_name(authority),
            path,
            query,
            user_info,
        })
    }

    /// The pair that a client makes of `user:secret@`; `None` without a secret.
    pub fn pair(&self) -> Option<Zeroizing<Vec<u8>>> {
        let (user, secret) = self.user_info.as_deref()?.split_once(':')?;
        let pair = [unescaped(user), b":".to_vec(), unescaped(secret)].concat();
        (!secret.is_empty()).then(|| Zeroizing::new(pair))
    }

    /// Of a request target and the `Host` field.
    pub fn of_target(target: &str, host: &str, secure: bool) -> Self {
        Self::parse(target).unwrap_or_else(|| {
            let (path, query) = split_target(target);
            Self {
                secure,
                host: host_name(host),
                path,
                query,
                user_info: None,
            }
        })
    }

    /// Of a CONNECT: where the tunnel shall lead, which has no path.
    pub fn of_tunnel(target: &str, host: &str) -> Self {
        let named = match Self::parse(target) {
            Some(url) => url.host,
            None => host_name(target),
        };
        let host = if named.is_empty() {
            host_name(host)
        } else {
            named
        };
        Self {
            secure: true,
            host,
            path: "/".to_owned(),
            ..Self::default()
        }
    }
}

fn split_target(target: &str) -> (String, Option<String>) {
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (target, None),
    };
    let slash = if path.starts_with('/') { "" } else { "/" };
    (format!("{slash}{path}"), query)
}

/// Percent-decodes (RFC 3986 2.1).
fn unescaped(text: &str) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| {
            after
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        let octet = digit(0)
            .zip(digit(1))
            .and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
        match octet.filter(|_| *first == b'%') {
            Some(octet) => {
                plain.push(octet);
                rest = &after[2..];
            }
            None => {
                plain.push(*first);
                rest = after;
            }
        }
    }
    plain
}

/// Without the port, in its one spelling; what is no host name keeps none.
pub fn host_name(authority: &str) -> String {
    let authority = authority.trim();
    let bare = match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    };
    host::canonical(bare).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(bool, String, String, Option<String>)> {
        Url::parse(text).map(|url| (url.secure, url.host, url.path, url.query))
    }

    #[test]
    fn addresses_come_apart() {
        let user = |query: Option<&str>| {
            Some((
                true,
                "api.bitbucket.org".into(),
                "/2.0/user".into(),
                query.map(str::to_owned),
            ))
        };
        assert_eq!(parts("https://API.bitbucket.org:443/2.0/user"), user(None));
        assert_eq!(
            parts("HTTPS://api.bitbucket.org./2.0/user?q=size>100#x"),
            user(Some("q=size>100"))
        );
        assert_eq!(
            parts("https://jane:pw@api.bitbucket.org/2.0/user"),
            user(None)
        );
        assert_eq!(
            parts("http://[::1]:80"),
            Some((false, "::1".into(), "/".into(), None))
        );
        assert_eq!(
            parts("https://a b/"),
            Some((true, String::new(), "/".into(), None))
        );
        assert_eq!(parts("data:text/plain,x"), None);
        assert_eq!(parts("wss://x/"), None);
    }

    #[test]
    fn user_and_secret_of_an_address() {
        let pair = |text: &str| {
            Url::parse(text)
                .unwrap()
                .pair()
                .map(|pair| String::from_utf8(pair.to_vec()).unwrap())
        };
        assert_eq!(
            pair("https://me%40acme.com:a%zb@x/").as_deref(),
            Some("me@acme.com:a%zb")
        );
        assert_eq!(pair("https://me@x/"), None);
        assert_eq!(pair("https://me:@x/"), None);
    }

    #[test]
    fn the_host_field_completes_a_target() {
        let url = Url::of_target("/2.0/user?a", "api.bitbucket.org:443", true);
        assert_eq!(
            (url.host.as_str(), url.path.as_str(), url.query.as_deref()),
            ("api.bitbucket.org", "/2.0/user", Some("a"))
        );
        assert_eq!(
            Url::of_target("http://x.example/y", "z", true).host,
            "x.example"
        );
    }
}
