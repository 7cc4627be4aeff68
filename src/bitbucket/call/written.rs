//! The parts of a call as a person writes it.

use super::{Call, Transfer, What, host, shown};

const REST_HOST: &str = "api.bitbucket.org";
const WEBSITE: &str = "bitbucket.org";

/// A call in words.
pub(super) struct Written<'a> {
    method: &'a str,
    target: &'a str,
}

impl<'a> Written<'a> {
    /// A target alone is read with GET; what follows the target is a version or a comment.
    pub(super) fn read(line: &'a str) -> Self {
        let mut words = words(line);
        match (words.next(), words.next()) {
            (Some(target), None) => Self {
                method: "GET",
                target,
            },
            (Some(method), Some(target)) => Self { method, target },
            (None, _) => Self {
                method: "",
                target: "",
            },
        }
    }

    pub(super) fn call(&self) -> Call {
        let (authority, target) = split(self.target);
        let target = target.split('#').next().unwrap_or_default();
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        match authority.map(host_of) {
            Some(host) => Call::of(self.method, &host, path, query),
            None if path.starts_with("/2.0/") => Call::of(self.method, REST_HOST, path, query),
            None => Call::of(self.method, WEBSITE, path, query),
        }
    }
}

/// `git push https://bitbucket.org/acme/site.git`; without an address it is taken to go to Bitbucket.
pub(super) fn git_command(line: &str) -> Option<Call> {
    let mut words = words(line);
    words.next().filter(|word| *word == "git")?;
    let transfer = words.by_ref().find_map(|word| match word {
        "clone" | "fetch" | "pull" | "ls-remote" => Some(Transfer::Fetch),
        "push" => Some(Transfer::Push),
        _ => None,
    });
    let address = words.find(|word| word.contains("://") || word.contains('@'));
    let (is_ours, path) = match address {
        Some(address) => {
            let (authority, path) = split(address);
            let is_https = !address.starts_with("ssh://") && address.contains("://");
            let host = authority.map(host_of);
            (is_https && host.as_deref() == Some(WEBSITE), path)
        }
        None => (true, ""),
    };
    Some(Call {
        method: "git".to_owned(),
        path: shown(path),
        what: match transfer {
            Some(transfer) if is_ours => What::Git(transfer),
            _ => What::Unknown,
        },
    })
}

/// Without the quotes around the whole line or a word.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
        .map(|word| word.trim_matches(['\'', '"']))
        .filter(|word| !word.is_empty())
}

/// The authority, if there is one, and the rest. `api.bitbucket.org/2.0/user` has one as well.
fn split(target: &str) -> (Option<&str>, &str) {
    let (is_absolute, rest) = match target.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?']) => (true, rest),
        _ => (false, target),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let is_host = is_absolute || authority.ends_with(WEBSITE);
    if is_host {
        (Some(authority), path)
    } else {
        (None, rest)
    }
}

/// In its one spelling, without user information and port; empty for what is no host name.
fn host_of(authority: &str) -> String {
    let host = authority.rsplit('@').next().unwrap_or_default();
    let bare = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    host::canonical(bare).unwrap_or_default()
}
