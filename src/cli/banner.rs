//! What a person needs after the start: where it listens, what to trust, what to paste.

use crate::config::StandIn;
use crate::host::target::Target;
use crate::tls::authority::shell;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

/// At most ten lines for standard error.
pub struct Banner<'a> {
    /// `why401 env`, with the flags that lead to this proxy.
    pub env: &'a str,
    /// Refused answers say it where every tool shows it.
    pub annotates: bool,
    /// With the real port, also when 0 was asked for.
    pub proxy: SocketAddr,
    pub admin: Option<SocketAddr>,
    /// The root certificate that clients must trust; `None` when it lives in memory only.
    pub root: Option<&'a Path>,
    /// This start made the CA.
    pub made_ca: bool,
    /// Where origins are reached through another proxy.
    pub parent: Option<&'a Target>,
    /// Dialled in Bitbucket's place.
    pub sandbox: Option<&'a StandIn>,
}

impl fmt::Display for Banner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = env!("CARGO_PKG_VERSION");
        write!(f, "why401 {version} listens on {}", self.proxy)?;
        match self.parent {
            Some(parent) => writeln!(f, ", reaches origins through {parent}")?,
            None => writeln!(f)?,
        }
        if let Some(admin) = self.admin {
            writeln!(f, "health and metrics: http://{}/metrics", reachable(admin))?;
        }
        if let Some(sandbox) = self.sandbox {
            writeln!(f, "SANDBOX: {sandbox} answers in Bitbucket's place")?;
        }
        match self.root {
            Some(root) => self.instructions(f, root),
            None => Ok(()),
        }
    }
}

impl Banner<'_> {
    fn instructions(&self, f: &mut fmt::Formatter<'_>, root: &Path) -> fmt::Result {
        let proxy = reachable(self.proxy);
        let made = if self.made_ca { ", made just now" } else { "" };
        let root = shell(root);
        writeln!(f, "clients must trust its CA{made}: {root}")?;
        writeln!(f, "try it:")?;
        writeln!(
            f,
            "  curl -i -x http://{proxy} --cacert {root} https://api.bitbucket.org/2.0/user"
        )?;
        write!(f, "use it in a shell (other clients: ")?;
        match self.admin {
            Some(admin) => writeln!(f, "http://{}/):", reachable(admin))?,
            None => writeln!(f, "through it http://why401.invalid/):")?,
        }
        let env = self.env;
        writeln!(
            f,
            "  eval \"$({env})\"   # and back: eval \"$(why401 env --unset)\""
        )?;
        if self.annotates {
            return Ok(());
        }
        writeln!(
            f,
            "tools that show no fields say why with --annotate reason,body; without it:"
        )?;
        writeln!(
            f,
            "  GIT_CURL_VERBOSE=1 git fetch 2>&1 | grep -i x-auth-diagnosis   # Python: response.headers[\"x-auth-diagnosis\"]"
        )
    }
}

/// Where a client of this machine connects: nothing can connect to the unspecified address.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn banner(root: Option<&str>) -> String {
        let root = root.map(Path::new);
        let proxy = "0.0.0.0:49152".parse().unwrap();
        Banner {
            proxy,
            admin: Some("127.0.0.1:8402".parse().unwrap()),
            root,
            made_ca: true,
            parent: None,
            sandbox: Some(&"127.0.0.1:8443".parse().unwrap()),
            env: "why401 env --proxy http://127.0.0.1:49152",
            annotates: false,
        }
        .to_string()
    }

    #[test]
    fn it_has_at_most_ten_lines() {
        assert!(banner(Some("/s/ca/root.pem")).lines().count() <= 10);
    }

    #[test]
    fn the_line_to_paste_has_the_real_port_and_an_address_to_connect_to() {
        let text = banner(Some("/s/ca/root.pem"));
        assert!(text.starts_with(&format!(
            "why401 {} listens on 0.0.0.0:49152\n",
            env!("CARGO_PKG_VERSION")
        )));
        let curl = "  curl -i -x http://127.0.0.1:49152 --cacert /s/ca/root.pem https://api.bitbucket.org/2.0/user\n";
        assert!(text.contains(curl), "{text}");
        let eval = "  eval \"$(why401 env --proxy http://127.0.0.1:49152)\" ";
        assert!(text.contains(eval), "{text}");
    }

    #[test]
    fn tools_that_show_no_fields_are_thought_of() {
        let text = banner(Some("/s/ca/root.pem"));
        assert!(text.contains("GIT_CURL_VERBOSE=1 git fetch 2>&1 | grep -i x-auth-diagnosis"));
    }

    #[test]
    fn practice_is_said_to_be_practice() {
        let line = "\nSANDBOX: 127.0.0.1:8443 answers in Bitbucket's place\n";
        assert!(banner(Some("/s/ca/root.pem")).contains(line));
    }

    #[test]
    fn a_path_that_a_shell_would_split_is_quoted() {
        let text = banner(Some("/home/J. O'Neil/ca/root.pem"));
        assert!(
            text.contains(r"--cacert '/home/J. O'\''Neil/ca/root.pem' "),
            "{text}"
        );
    }

    #[test]
    fn a_ca_in_memory_gives_nothing_to_paste() {
        assert_eq!(banner(None).lines().count(), 3);
    }
}
