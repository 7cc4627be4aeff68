//! A call as people, clients and logs write it, and what is documented for it.

use super::Surface;
use super::endpoint::{Operation, Removed};
use super::scope::{self, Needs};
use crate::credentials;
use crate::host;
use http::Method;
use time::Date;
use written::{Written, git_command};

mod written;

/// One call. Holds neither query nor user information, and no segment that looks like a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Upper case; `git` for a command of git; empty when none was written.
    pub method: String,
    /// As sent.
    pub path: String,
    pub what: What,
}

/// What a call does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Rest(Operation),
    Git(Transfer),
    /// Nothing is documented under this method and path.
    Unknown,
}

/// The direction of git over HTTPS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transfer {
    /// Clone and pull, too, and LFS, which says only in its body that it uploads.
    Fetch,
    Push,
}

impl Call {
    /// Of one line: `GET /2.0/user`, with or without method, host, scheme, query and version; or `git push URL`.
    pub fn written(line: &str) -> Self {
        match git_command(line) {
            Some(call) => call,
            None => Written::read(line).call(),
        }
    }

    /// Of a request to `host`, which is canonical. Of the query only git's `service` counts.
    pub fn of(method: &str, host: &str, path: &str, query: Option<&str>) -> Self {
        let method = method.to_ascii_uppercase();
        let what = match Surface::of(host, path) {
            Surface::Rest => rest(&method, path),
            Surface::Git => What::Git(transfer(path, query)),
            _ => What::Unknown,
        };
        Self {
            method,
            path: shown(path),
            what,
        }
    }

    /// `None` for an unknown call.
    pub fn needs(&self) -> Option<Needs> {
        match &self.what {
            What::Rest(operation) => scope::needs_of(operation),
            What::Git(transfer) => Some(scope::needs_of_git(*transfer)),
            What::Unknown => None,
        }
    }

    /// Since when there is no such operation any more, if it is gone on `date`.
    pub fn removed(&self, date: Date) -> Option<Removed> {
        match &self.what {
            What::Rest(operation) => operation.removed(date),
            What::Git(_) | What::Unknown => None,
        }
    }

    /// The template of the operation, or the command of git that makes such calls.
    pub fn operation(&self) -> Option<&'static str> {
        match &self.what {
            What::Rest(operation) => Some(operation.template),
            What::Git(Transfer::Fetch) => Some("git fetch"),
            What::Git(Transfer::Push) => Some("git push"),
            What::Unknown => None,
        }
    }
}

fn rest(method: &str, path: &str) -> What {
    let method = Method::from_bytes(method.as_bytes());
    let operation = method.ok().and_then(|method| Operation::of(&method, path));
    operation.map_or(What::Unknown, What::Rest)
}

fn transfer(path: &str, query: Option<&str>) -> Transfer {
    let push = "git-receive-pack";
    let asks_to_push = query.is_some_and(|query| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.any(|pair| pair == ("service", push))
    });
    if path.trim_end_matches('/').ends_with(push) || asks_to_push {
        Transfer::Push
    } else {
        Transfer::Fetch
    }
}

/// People paste what they have: a segment that looks like a token is not repeated.
fn shown(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if credentials::gives_away(segment.as_bytes(), &[]) {
            "***"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
