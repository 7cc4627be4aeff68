//! What is needed after the start: that this is no Bitbucket, where it listens, what to paste.

use crate::cli::banner::reachable;
use crate::sandbox::hosts;
use crate::tls::authority::shell;
use std::fmt;
use std::net::SocketAddr;
use std::path::{self, Path};
use time::UtcDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

const MINUTES: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute] UTC");

/// For standard error.
pub struct Banner<'a> {
    pub address: SocketAddr,
    pub date: UtcDateTime,
    pub ca_file: Option<&'a Path>,
    pub credentials_file: Option<&'a Path>,
}

impl fmt::Display for Banner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "why401 {} SANDBOX, a stand-in for Bitbucket, listens on {}",
            env!("CARGO_PKG_VERSION"),
            self.address
        )?;
        if let Ok(date) = self.date.format(MINUTES) {
            writeln!(f, "it is {date} in there")?;
        }
        if let Some(file) = self.credentials_file {
            writeln!(
                f,
                "credentials that work and that do not: {}",
                absolute(file)
            )?;
        }
        match self.ca_file {
            Some(file) => self.instructions(f, &absolute(file)),
            None => writeln!(
                f,
                "clients must trust its root: start it with --ca-file FILE to get it"
            ),
        }
    }
}

impl Banner<'_> {
    fn instructions(&self, f: &mut fmt::Formatter<'_>, root: &str) -> fmt::Result {
        let address = reachable(self.address);
        writeln!(f, "try it:")?;
        writeln!(
            f,
            "  curl -i --cacert {root} --connect-to {}:443:{address} https://{}/2.0/user",
            hosts::API,
            hosts::API
        )?;
        writeln!(f, "put the proxy in front of it:")?;
        writeln!(
            f,
            "  why401 serve --intercept {} --origin-ca {root} --sandbox {address}",
            hosts::WEB
        )
    }
}

/// So that a pasted line works in any folder.
fn absolute(file: &Path) -> String {
    shell(&path::absolute(file).unwrap_or_else(|_| file.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    fn banner(ca_file: Option<&str>) -> String {
        Banner {
            address: "0.0.0.0:49152".parse().unwrap(),
            date: utc_datetime!(2026-06-15 0:05),
            ca_file: ca_file.map(Path::new),
            credentials_file: None,
        }
        .to_string()
    }

    #[test]
    fn it_says_sandbox_the_date_and_lines_to_paste() {
        let text = banner(Some("/s/root.pem"));
        assert!(text.contains(" SANDBOX, "), "{text}");
        assert!(
            text.contains("it is 2026-06-15 00:05 UTC in there"),
            "{text}"
        );
        let curl = "--cacert /s/root.pem --connect-to api.bitbucket.org:443:127.0.0.1:49152 ";
        assert!(text.contains(curl), "{text}");
        let proxy = "--origin-ca /s/root.pem --sandbox 127.0.0.1:49152\n";
        assert!(text.contains(proxy), "{text}");
    }

    #[test]
    fn without_a_file_for_its_root_it_says_how_to_get_one() {
        assert!(banner(None).contains("--ca-file FILE"));
    }
}
