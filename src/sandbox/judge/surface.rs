//! Which family of endpoints a call belongs to.

use crate::sandbox::call::{Call, Site};

/// The same credential means different things to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    Rest,
    /// `bitbucket.org/api/`, where REST once answered, too (C2).
    RestOnWebsite,
    Git,
    /// `/{workspace}/{repository}/get/{name}` (B30).
    Archive,
    TokenEndpoint,
    /// Whatever else the website shows.
    Page,
    Files,
}

impl Surface {
    pub fn of(call: &Call) -> Self {
        match call.site {
            Site::Api => Self::Rest,
            Site::Files => Self::Files,
            Site::Web => Self::of_website(&call.path),
        }
    }

    fn of_website(path: &str) -> Self {
        const GIT: [&str; 3] = ["/info/refs", "/git-upload-pack", "/git-receive-pack"];
        if path.starts_with("/api/") {
            return Self::RestOnWebsite;
        }
        if path.starts_with("/site/oauth2/") {
            return Self::TokenEndpoint;
        }
        if GIT.iter().any(|end| path.ends_with(end)) || path.contains("/info/lfs/") {
            return Self::Git;
        }
        match path.split('/').nth(3) {
            Some("get") => Self::Archive,
            _ => Self::Page,
        }
    }
}
