//! Where clients reach the proxy.

use super::EnvError;
use crate::cli::banner::reachable;
use crate::host::ParentProxy;
use crate::host::target::{Host, Target};
use std::fmt;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

/// A proxy that is there answers at once.
const PATIENCE: Duration = Duration::from_secs(2);

/// Shown as the URL that variables hold.
#[derive(Clone, Debug)]
pub struct Address(pub Target);

impl Address {
    /// What was named, else what the proxy listens on.
    ///
    /// # Errors
    /// What no client could use. The value is not repeated: it may hold a password.
    pub fn of(named: Option<&str>, listen: SocketAddr) -> Result<Self, EnvError> {
        let Some(named) = named else {
            return match listen.port() {
                0 => Err(EnvError::Proxy(
                    "port 0 is any; name the one that why401 serve said, as http://HOST:PORT",
                )),
                port => Ok(Self(Target {
                    host: Host::Ip(reachable(listen).ip()),
                    port,
                })),
            };
        };
        let advice = EnvError::Proxy("write http://HOST:PORT; why401 asks for no password");
        match named.parse::<ParentProxy>() {
            Ok(proxy) if !proxy.tls && proxy.credentials.is_none() => Ok(Self(proxy.target)),
            _ => Err(advice),
        }
    }

    pub fn is_loopback(&self) -> bool {
        match &self.0.host {
            Host::Ip(address) => address.is_loopback(),
            Host::Name(name) => name == "localhost",
        }
    }

    /// Whether something accepts connections there.
    pub fn answers(&self) -> bool {
        let found = (&*self.0.host.bare(), self.0.port).to_socket_addrs();
        let mut addresses = found.into_iter().flatten();
        addresses.any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(named: Option<&str>, listen: &str) -> String {
        match Address::of(named, listen.parse().unwrap()) {
            Ok(address) => address.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn clients_connect_to_what_was_named_else_to_where_it_listens() {
        assert_eq!(shown(None, "0.0.0.0:8401"), "http://127.0.0.1:8401");
        assert_eq!(shown(None, "[::]:1"), "http://[::1]:1");
        assert_eq!(
            shown(Some("proxy.acme.com:80"), "[::1]:1"),
            "http://proxy.acme.com:80"
        );
        assert!(shown(None, "127.0.0.1:0").contains("port 0 is any"));
    }

    #[test]
    fn a_password_or_tls_is_refused_and_not_repeated() {
        for url in ["http://jo:s3cret@h:1", "https://h:1", "s3cret"] {
            let said = shown(Some(url), "127.0.0.1:1");
            let is_address = said.starts_with("http://s3cret");
            assert!(
                said.starts_with("--proxy: write http://") || is_address,
                "{said}"
            );
            assert!(!said.contains("jo:"), "{said}");
        }
    }
}
