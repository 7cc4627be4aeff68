//! Where a request goes: the surface, the REST path, and the operations that are gone.

mod address;
mod operation;
pub(in crate::bitbucket) mod pattern;
mod removed;
pub(in crate::bitbucket) mod verb;

pub use address::{AddressFault, begins_like_a_call};
pub use operation::Operation;
pub use removed::{Removed, removed};

/// What kind of service a request addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// `api.bitbucket.org`.
    Rest,
    /// git smart HTTP and LFS on `bitbucket.org`.
    Git,
    /// `bitbucket.org/site/oauth2/access_token`.
    TokenEndpoint,
    /// Anything else on `bitbucket.org`.
    Website,
    /// Not one of Bitbucket's own hosts.
    Foreign,
}

impl Surface {
    /// `host` canonical, `path` as sent without the query.
    pub fn of(host: &str, path: &str) -> Self {
        match host {
            "api.bitbucket.org" => Self::Rest,
            "bitbucket.org" | "www.bitbucket.org" => Self::on_website(path),
            _ => Self::Foreign,
        }
    }

    fn on_website(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        if path == "/site/oauth2/access_token" {
            return Self::TokenEndpoint;
        }
        let service = [
            "/info/refs",
            "/git-upload-pack",
            "/git-receive-pack",
            "/info/lfs",
        ];
        let is_git = service.iter().any(|end| path.ends_with(end)) || path.contains("/info/lfs/");
        if is_git { Self::Git } else { Self::Website }
    }

    /// One of Bitbucket's own hosts: rules about user names, kinds and dates hold here only.
    pub fn is_bitbucket(self) -> bool {
        self != Self::Foreign
    }
}

/// The REST path below `/2.0`, without a slash at its end; `None` for any other version.
///
/// Two slashes are an empty segment, as an empty variable leaves it: that is no trailing slash.
pub fn rest_path(path: &str) -> Option<&str> {
    let below = path.strip_prefix("/2.0")?;
    let below = below.strip_suffix('/').unwrap_or(below);
    (below.is_empty() || below.starts_with('/')).then_some(below)
}

/// The REST path of a call, on the API's own host or under its older address (C2).
pub fn called(surface: Surface, path: &str) -> Option<&str> {
    match surface {
        Surface::Rest => rest_path(path),
        Surface::Website => rest_path(path.strip_prefix("/api")?),
        _ => None,
    }
}

/// A workspace or a repository itself, not something below it: its 404 is about access or its name (B23). Below one, a
/// 404 is an answer.
pub fn is_resource_itself(surface: Surface, path: &str) -> bool {
    let is_itself = |path: &str| {
        let mut segments = path.split('/').skip(1);
        let mut next = || segments.next();
        match (next(), next(), next(), next()) {
            (Some("workspaces" | "repositories"), Some(name), None, _) => !name.is_empty(),
            (Some("repositories"), Some(workspace), Some(name), None) => {
                !workspace.is_empty() && !name.is_empty()
            }
            _ => false,
        }
    };
    match surface {
        Surface::Git => !path.contains("/info/lfs"),
        _ => called(surface, path).is_some_and(is_itself),
    }
}

/// A call about a workspace, which holds more than the resource of most access tokens (D3).
pub fn is_workspace_path(surface: Surface, path: &str) -> bool {
    let below = called(surface, path).and_then(|path| path.strip_prefix("/workspaces/"));
    below.is_some_and(|name| !name.is_empty() && !name.starts_with('/'))
}

/// The page on which a person lets an app in.
pub fn is_authorize_page(surface: Surface, path: &str) -> bool {
    surface == Surface::Website && path.trim_end_matches('/') == "/site/oauth2/authorize"
}

/// A bucket of S3, where downloads and step logs lie (B31). It knows neither Basic nor Bearer.
pub fn is_store(host: &str) -> bool {
    let bucket = host.strip_suffix(".amazonaws.com");
    bucket.is_some_and(|bucket| {
        bucket
            .split('.')
            .any(|label| label == "s3" || label.starts_with("s3-"))
    })
}

/// Whether a `Location` leads to a page where people sign in (B30).
pub fn is_login_page(location: &[u8]) -> bool {
    // Hosts that are there for nothing else.
    const HOSTS: [&[u8]; 2] = [b"id.atlassian.com/", b"auth.atlassian.com/"];
    const PAGES: [&[u8]; 3] = [b"/account/signin", b"/account/login", b"/socialauth/login"];
    let address = location.strip_prefix(b"https:").unwrap_or(location);
    let address = address.strip_prefix(b"//").unwrap_or(address);
    let page = address.strip_prefix(b"bitbucket.org").unwrap_or(address);
    HOSTS.iter().any(|host| address.starts_with(host))
        || PAGES.iter().any(|start| page.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surfaces() {
        for (host, path, expected) in [
            ("api.bitbucket.org", "/2.0/user", Surface::Rest),
            (
                "api.bitbucket.org",
                "/acme/site.git/info/refs",
                Surface::Rest,
            ),
            ("bitbucket.org", "/acme/site.git/info/refs", Surface::Git),
            ("bitbucket.org", "/acme/site/git-receive-pack", Surface::Git),
            (
                "bitbucket.org",
                "/acme/site/info/lfs/objects/batch",
                Surface::Git,
            ),
            (
                "bitbucket.org",
                "/site/oauth2/access_token",
                Surface::TokenEndpoint,
            ),
            (
                "bitbucket.org",
                "/acme/site/get/main.tar.gz",
                Surface::Website,
            ),
            ("bitbucket.org", "/api/2.0/user", Surface::Website),
            ("bitbucket.org", "", Surface::Website),
            ("git.acme.com", "/acme/site.git/info/refs", Surface::Foreign),
            ("api.bitbucket.org.acme.com", "/2.0/user", Surface::Foreign),
        ] {
            assert_eq!(Surface::of(host, path), expected, "{host}{path}");
        }
    }

    #[test]
    fn login_pages() {
        assert!(is_login_page(
            b"https://bitbucket.org/account/signin/?next=/acme/site"
        ));
        for page in [
            "https://id.atlassian.com/login?continue=x",
            "//id.atlassian.com/login",
            "https://auth.atlassian.com/authorize?client_id=x",
            "https://bitbucket.org/socialauth/login/atlassianid/?next=/acme",
            "/account/signin/",
        ] {
            assert!(is_login_page(page.as_bytes()), "{page}");
        }
        assert!(!is_login_page(b"https://id.atlassian.com.acme.com/login"));
        assert!(!is_login_page(
            b"https://bitbucket.org/acme/site?next=/account/signin"
        ));
        assert!(!is_login_page(b""));
    }

    #[test]
    fn what_is_asked_for_itself_and_what_lies_below() {
        for (path, expected) in [
            ("/2.0/workspaces/acme", true),
            ("/2.0/repositories/acme/", true),
            ("/2.0/repositories/acme/site", true),
            ("/2.0/repositories/acme/site/src/main/a.txt", false),
            ("/2.0/workspaces/acme/members", false),
            ("/2.0/user", false),
        ] {
            assert_eq!(is_resource_itself(Surface::Rest, path), expected, "{path}");
        }
        assert!(is_resource_itself(Surface::Git, "/acme/site.git/info/refs"));
        assert!(!is_resource_itself(
            Surface::Git,
            "/acme/site.git/info/lfs/locks"
        ));
        assert!(is_workspace_path(
            Surface::Rest,
            "/2.0/workspaces/acme/members"
        ));
        assert!(!is_workspace_path(Surface::Rest, "/2.0/workspaces"));
        for (host, expected) in [
            ("bbuseruploads.s3.amazonaws.com", true),
            ("bucket.s3.us-east-1.amazonaws.com", true),
            ("s3-eu-west-1.amazonaws.com", true),
            ("ec2.amazonaws.com", false),
            ("s3.acme.com", false),
        ] {
            assert_eq!(is_store(host), expected, "{host}");
        }
        assert!(is_authorize_page(
            Surface::Website,
            "/site/oauth2/authorize"
        ));
    }

    #[test]
    fn rest_paths() {
        for (path, expected) in [
            ("/2.0/user", Some("/user")),
            ("/2.0/user/", Some("/user")),
            ("/2.0", Some("")),
            ("/2.0/", Some("")),
            ("/2.0/repositories//", Some("/repositories/")),
            ("/2.01/user", None),
            ("/1.0/user", None),
            ("/user", None),
            ("", None),
        ] {
            assert_eq!(rest_path(path), expected, "{path}");
        }
    }
}
