//! git's settings as far as they decide where its calls to Bitbucket go, freed from secrets.

use super::stored::{bitbucket, of_url};
use crate::child::unseen::is_ssh_address;
use crate::credentials::Credentials;
use crate::doctor::machine::{Git, Named, Place, Stored};
use crate::secret::FingerprintKey;
use std::path::PathBuf;

/// What follows from the settings.
#[derive(Debug, Default)]
pub struct Read {
    pub git: Git,
    pub stored: Vec<Stored>,
    /// The helpers that count for Bitbucket, as they are written.
    pub helpers: Vec<String>,
}

/// Reads `git config --list --null`: a name, a line end, a value, a NUL.
pub fn read(listed: &str, key: &FingerprintKey) -> Read {
    let mut read = Read::default();
    for setting in listed.split('\0') {
        let (name, value) = setting.split_once('\n').unwrap_or((setting, "true"));
        if let Some(name) = Name::parse(name) {
            read.take(&name, value, key);
        }
    }
    read
}

/// `section.middle.last`; git writes the ends in lower case.
struct Name<'a> {
    section: &'a str,
    middle: &'a str,
    last: &'a str,
}

impl<'a> Name<'a> {
    fn parse(name: &'a str) -> Option<Self> {
        let (section, rest) = name.split_once('.')?;
        let (middle, last) = rest.rsplit_once('.').unwrap_or(("", rest));
        Some(Self {
            section,
            middle,
            last,
        })
    }

    /// The name as it may be shown: an address without its credentials.
    fn shown(&self) -> String {
        let Self {
            section,
            middle,
            last,
        } = self;
        match *middle {
            "" => format!("{section}.{last}"),
            middle => format!("{section}.{}.{last}", without_user_info(middle)),
        }
    }

    /// Whether it counts for calls to Bitbucket: it is for all, or for one of its addresses.
    fn concerns_bitbucket(&self) -> bool {
        self.middle.is_empty() || is_bitbucket(self.middle)
    }
}

impl Read {
    fn take(&mut self, name: &Name<'_>, value: &str, key: &FingerprintKey) {
        let git = &mut self.git;
        match (name.section, name.last) {
            ("http", "proxy") if name.concerns_bitbucket() && !value.is_empty() => {
                git.proxies.push((name.shown(), Named::parse(value)));
            }
            ("remote", "proxy") if !value.is_empty() => {
                git.proxies.push((name.shown(), Named::parse(value)));
            }
            ("http", "sslcainfo") if name.concerns_bitbucket() => git.ca_info = path(value),
            ("http", "sslcapath") if name.concerns_bitbucket() => git.ca_path = path(value),
            ("http", "sslverify") if name.concerns_bitbucket() => {
                git.unverified = is_false(value).then(|| name.shown());
            }
            ("http", "extraheader") if name.concerns_bitbucket() => {
                self.stored.extend(header(name, value, key));
            }
            ("url", "insteadof" | "pushinsteadof") if is_bitbucket(value) => {
                let place = Place::GitSetting(name.shown());
                self.stored.extend(of_url(name.middle, place, key));
                if is_ssh_address(name.middle) {
                    git.to_ssh.push(name.shown());
                }
            }
            ("remote", "url") => {
                let place = Place::GitSetting(name.shown());
                self.stored.extend(of_url(value, place, key));
                git.remotes.push(without_user_info(value));
            }
            // An empty one forgets those before it.
            ("credential", "helper") if name.concerns_bitbucket() => match value {
                "" => self.helpers.clear(),
                helper => self.helpers.push(helper.to_owned()),
            },
            _ => {}
        }
    }
}

/// `Authorization: …` that git sends along with every request.
fn header(name: &Name<'_>, value: &str, key: &FingerprintKey) -> Option<Stored> {
    let (field, value) = value.split_once(':')?;
    let is_authorization = field.trim().eq_ignore_ascii_case("authorization");
    is_authorization.then(|| Stored {
        place: Place::GitSetting(name.shown()),
        host: host(name.middle).and_then(bitbucket).map(str::to_owned),
        credentials: Credentials::parse(value.trim().as_bytes(), key),
    })
}

fn path(value: &str) -> Option<PathBuf> {
    (!value.is_empty()).then(|| PathBuf::from(value))
}

fn is_false(value: &str) -> bool {
    ["false", "no", "off", "0"].contains(&&*value.to_ascii_lowercase())
}

fn is_bitbucket(url: &str) -> bool {
    let is_it = |host| bitbucket(host).is_some() || host == "*.org";
    url.starts_with("http") && host(url).is_some_and(is_it)
}

fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    (!host.is_empty()).then_some(host)
}

/// A URL whose authority keeps the host alone. The user of SSH is no secret.
fn without_user_info(url: &str) -> String {
    if is_ssh_address(url) {
        return url.to_owned();
    }
    let (before, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), url),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    format!("{before}{host}{path}")
}

#[cfg(test)]
mod tests;
