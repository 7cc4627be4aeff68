//! The domains that a CA of ours may sign for: fixed when it is made, read back from its certificates.

use std::fmt;
use std::net::IpAddr;

/// What a CA is made for unless told otherwise.
const DEFAULT_DOMAIN: &str = "bitbucket.org";
/// Verifiers compare every name with every domain; this keeps the work small.
const MOST_DOMAINS: usize = 64;

/// A list of domains, each of which permits itself and everything below it (RFC 5280 4.2.1.10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint(Vec<String>);

/// Why a `--for HOST` cannot become part of a constraint.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConstraintError {
    #[error("{0} is an IP address; a CA of why401 signs for host names only")]
    IpAddress(IpAddr),
    #[error("\"{0}\" has a wildcard; name the domain itself, its subdomains are included")]
    Wildcard(String),
    #[error("\"{0}\" is not a host name (write an international name in its xn-- form)")]
    NotAHost(String),
    #[error("more than {MOST_DOMAINS} domains for one CA")]
    TooMany,
}

impl Constraint {
    /// The default domain and `hosts` (design: `--for` widens).
    pub fn widened<H: AsRef<str>>(hosts: &[H]) -> Result<Self, ConstraintError> {
        let mut domains = vec![DEFAULT_DOMAIN.to_owned()];
        for host in hosts {
            let domain = canonical(host.as_ref())?;
            if !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        if domains.len() > MOST_DOMAINS {
            return Err(ConstraintError::TooMany);
        }
        Ok(Self(domains))
    }

    /// The domains that a certificate permits; other names in it are of no use to us.
    pub(crate) fn of_certificate<'a>(permitted: impl Iterator<Item = &'a str>) -> Self {
        Self(permitted.filter_map(|name| canonical(name).ok()).collect())
    }

    pub fn domains(&self) -> &[String] {
        &self.0
    }

    /// Whether `host` (canonical: lower case, no trailing dot) is one of the domains or below one.
    /// Never true for an IP address or a wildcard.
    pub fn covers(&self, host: &str) -> bool {
        let below = |domain: &String| {
            host.strip_suffix(domain.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        is_host_name(host) && self.0.iter().any(below)
    }

    /// The one line for a first start with an intercepted `host` that a CA of this constraint would not cover.
    pub(crate) fn outside_at_first(&self, host: &str, dir: &std::path::Path) -> String {
        let dir = super::authority::shell(dir);
        format!(
            "the CA would sign only for {self}, not for {host}; make one that does: \
             why401 ca init --for {host} --ca-dir {dir} \
             (`why401 ca rotate --for {host}` widens an existing one)"
        )
    }

    /// The one line for a start with an intercepted `host` that the CA does not cover.
    /// `folder` is named when the CA lies in one.
    pub(crate) fn outside(&self, host: &str, folder: Option<&std::path::Path>) -> String {
        let wanted = self.0.iter().map(String::as_str).chain([host]);
        let widen: String = wanted
            .filter(|domain| *domain != DEFAULT_DOMAIN)
            .flat_map(|domain| [" --for ", domain])
            .collect();
        let start = format!("the CA signs only for {self}, not for {host}");
        let Some(dir) = folder.map(super::authority::shell) else {
            return format!("{start}; `why401 ca rotate{widen} --activate` widens one in a folder");
        };
        format!(
            "{start}; make a wider one beside it, whose root clients must then trust: \
             why401 ca rotate{widen} --activate --ca-dir {dir}"
        )
    }
}

impl Default for Constraint {
    fn default() -> Self {
        Self(vec![DEFAULT_DOMAIN.to_owned()])
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [] => f.write_str("nothing"),
            domains => write!(f, "{} and below", domains.join(", ")),
        }
    }
}

fn canonical(host: &str) -> Result<String, ConstraintError> {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return Err(ConstraintError::IpAddress(address));
    }
    let shown = || host.chars().take(80).flat_map(char::escape_debug).collect();
    if host.contains('*') || host.starts_with('.') {
        return Err(ConstraintError::Wildcard(shown()));
    }
    if !is_host_name(&host) {
        return Err(ConstraintError::NotAHost(shown()));
    }
    Ok(host)
}

/// Lower-case labels (RFC 1123, and `_`, which exists in practice), the last of them not a number:
/// that would be an IPv4 address to some client.
fn is_host_name(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let number = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    name.len() <= 253 && name.split('.').all(label) && !name.rsplit('.').next().is_some_and(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn covers_the_domain_and_what_is_below_it_by_whole_labels() {
        let constraint = Constraint::default();
        for host in ["bitbucket.org", "api.bitbucket.org", "a.b.bitbucket.org"] {
            assert!(constraint.covers(host), "{host}");
        }
        for host in [
            "notbitbucket.org",
            "bitbucket.org.evil.example",
            "example.com",
            "org",
            "",
            ".bitbucket.org",
            "*.bitbucket.org",
            "API.bitbucket.org",
            "bitbucket.org.",
            "127.0.0.1",
            "::1",
            "a\n.bitbucket.org",
        ] {
            assert!(!constraint.covers(host), "{host}");
        }
    }

    #[test]
    fn widens_and_never_replaces() {
        let constraint = Constraint::widened(&["Git.Example.COM.", "bitbucket.org"]).unwrap();
        assert_eq!(constraint.domains(), ["bitbucket.org", "git.example.com"]);
        assert!(constraint.covers("git.example.com") && constraint.covers("api.bitbucket.org"));
        assert!(!constraint.covers("example.com"));
    }

    #[test]
    fn refuses_what_is_not_a_host_name() {
        let refused = |host: &str| Constraint::widened(&[host]).unwrap_err().to_string();
        assert!(refused("10.0.0.1").contains("IP address"));
        assert!(refused("[::1]").contains("IP address"));
        assert!(refused("*.example.com").contains("subdomains are included"));
        assert!(refused("bücher.example").contains("xn--"));
        assert!(!refused("a\u{1b}[2J b").contains('\u{1b}'));
        let many: Vec<String> = (0..99).map(|n| format!("h{n}.example")).collect();
        assert_eq!(Constraint::widened(&many), Err(ConstraintError::TooMany));
    }

    #[test]
    fn the_line_for_an_uncovered_host_keeps_the_domains_of_today() {
        let constraint = Constraint::widened(&["a.example"]).unwrap();
        let line = constraint.outside("b.example", Some(Path::new("/srv/my ca")));
        assert!(
            line.ends_with(
                "why401 ca rotate --for a.example --for b.example --activate --ca-dir '/srv/my ca'"
            ),
            "{line}"
        );
        assert_eq!(line.lines().count(), 1);
    }
}
