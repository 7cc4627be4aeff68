//! A proxy between this one and the origins.

use super::no_proxy::NoProxy;
use super::target::{Host, Target};
use crate::credentials::escape;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Uri};
use std::str::FromStr;
use zeroize::Zeroizing;

/// The parent, and whom it is not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    pub proxy: ParentProxy,
    pub except: NoProxy,
}

impl Parent {
    /// The parent for this destination.
    pub fn towards(&self, host: &Host) -> Option<&ParentProxy> {
        (!self.except.covers(host)).then_some(&self.proxy)
    }
}

/// `[http[s]://][user[:password]@]host[:port]`, as the proxy variables have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParentProxy {
    pub target: Target,
    /// TLS to the parent itself.
    pub tls: bool,
    /// `Basic …` (RFC 7617), marked as sensitive: never printed, never indexed.
    pub credentials: Option<HeaderValue>,
}

impl FromStr for ParentProxy {
    /// Says nothing of the value: it may hold a password.
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let advice = "write http://[USER:PASSWORD@]HOST:PORT or https://…, or none";
        let whole = match text.contains("://") {
            true => Zeroizing::new(text.to_owned()),
            false => Zeroizing::new(format!("http://{text}")),
        };
        let uri: Uri = whole.parse().map_err(|_| advice)?;
        let tls = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            Some(_) => return Err("why401 speaks to http:// and https:// proxies only"),
            None => return Err(advice),
        };
        let authority = uri.authority().ok_or(advice)?.as_str();
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let default_port = if tls { 443 } else { 80 };
        Ok(Self {
            target: Target::parse(place, Some(default_port)).map_err(|_| advice)?,
            tls,
            credentials: user.map(basic),
        })
    }
}

fn basic(user_info: &str) -> HeaderValue {
    let mut pair = Zeroizing::new(escape::undone(user_info.as_bytes(), escape::percent));
    if !user_info.contains(':') {
        pair.push(b':');
    }
    let value = Zeroizing::new(format!("Basic {}", STANDARD.encode(&*pair)));
    let mut value = HeaderValue::from_str(&value).expect("base64 is visible ASCII");
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> ParentProxy {
        text.parse().unwrap()
    }

    #[test]
    fn the_usual_spellings_are_read() {
        for (text, place, tls) in [
            ("http://proxy.acme.com:3128", "proxy.acme.com:3128", false),
            ("proxy.acme.com:3128/", "proxy.acme.com:3128", false),
            ("https://Proxy.acme.com", "proxy.acme.com:443", true),
            ("http://[::1]:8080", "[::1]:8080", false),
            ("10.0.0.1", "10.0.0.1:80", false),
        ] {
            let parent = parse(text);
            assert_eq!(
                (parent.target.to_string().as_str(), parent.tls),
                (place, tls)
            );
            assert_eq!(parent.credentials, None, "{text}");
        }
    }

    #[test]
    fn user_and_password_become_basic_credentials_that_are_not_printed() {
        let parent = parse("http://jo%40acme:p%3Aw%@proxy:1");
        let credentials = parent.credentials.as_ref().unwrap();
        assert_eq!(
            credentials,
            &format!("Basic {}", STANDARD.encode("jo@acme:p:w%"))
        );
        assert!(!format!("{parent:?}").contains(credentials.to_str().unwrap()));
        let alone = parse("http://jo@proxy:1").credentials.unwrap();
        assert_eq!(alone, format!("Basic {}", STANDARD.encode("jo:")));
    }

    #[test]
    fn a_wrong_value_is_not_repeated() {
        for text in [
            "socks5://jo:secret@h:1",
            "http://jo:secret@h:x",
            "http://",
            "jo:secret@",
            "ht tp://x",
        ] {
            let error = text.parse::<ParentProxy>().unwrap_err();
            assert!(!error.contains("secret"), "{text}: {error}");
        }
    }

    #[test]
    fn exceptions_are_dialled_directly() {
        let parent = Parent {
            proxy: parse("http://p:1"),
            except: NoProxy::parse("bitbucket.org"),
        };
        let towards = |host| parent.towards(&Host::parse(host).unwrap()).is_some();
        assert!(towards("example.org") && !towards("api.bitbucket.org") && !towards("127.0.0.1"));
    }
}
