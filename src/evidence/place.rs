//! Where a request goes: surface, host and path, as far as a finding depends on them.

use super::Evidence;
use super::Signal::*;
use crate::bitbucket::{Surface, endpoint};
use crate::observation::RequestSeen;

pub(super) fn derive(evidence: &mut Evidence, request: &RequestSeen) {
    match request.surface {
        Surface::Rest => derive_call(evidence, request),
        // The same API under an older address (C2): what it wants is what REST wants.
        Surface::Website if is_below(&request.path, "/api") => {
            evidence.add(WebsiteApi);
            derive_call(evidence, request);
        }
        Surface::Git => evidence.add(OnGit),
        Surface::Website => evidence.add(OnWebsite),
        Surface::TokenEndpoint => evidence.add(OnTokenEndpoint),
        Surface::Foreign => derive_elsewhere(evidence, request),
    }
}

fn derive_call(evidence: &mut Evidence, request: &RequestSeen) {
    evidence.add(OnRest);
    let path = endpoint::called(request.surface, &request.path);
    let about_a_person = path.is_some_and(|path| is_below(path, "/user") || path == "/workspaces");
    evidence.add_if(about_a_person, UserLevelPath);
    evidence.add_if(is_below(&request.path, "/1.0"), RestOne);
    let unlike = path.is_some_and(|path| !endpoint::begins_like_a_call(path));
    evidence.add_if(unlike, UnknownBeginning);
}

/// Of Atlassian's other products, or of somebody else (E21).
fn derive_elsewhere(evidence: &mut Evidence, request: &RequestSeen) {
    let under = |domain: &str| {
        let name = request.host.strip_suffix(domain);
        name.is_some_and(|name| name.is_empty() || name.ends_with('.'))
    };
    // One of Bitbucket's that we know nothing about.
    if under("bitbucket.org") {
        return;
    }
    let atlassian = ["atlassian.net", "atlassian.com", "jira.com"]
        .into_iter()
        .any(under);
    evidence.add(if atlassian {
        OtherAtlassianHost
    } else {
        ElsewhereHost
    });
    evidence.add_if(is_ours(&request.path), BitbucketPath);
}

/// A path of REST, perhaps below that of a gateway, or of git.
fn is_ours(path: &str) -> bool {
    let resource = path.split_once("/2.0").map_or("", |(_, below)| below);
    RESOURCES.iter().any(|name| is_below(resource, name)) || path.contains(".git/")
}

/// Below `/2.0`.
const RESOURCES: [&str; 4] = ["/repositories", "/user", "/workspaces", "/snippets"];

fn is_below(path: &str, start: &str) -> bool {
    let rest = path.strip_prefix(start);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What comes before the name of a workspace, below `/2.0`.
const BEFORE_WORKSPACE: [&str; 4] = ["/repositories/", "/workspaces/", "/snippets/", "/teams/"];

/// The workspace that the path names.
pub(super) fn workspace(request: &RequestSeen) -> Option<&str> {
    let rest = match (
        request.surface,
        endpoint::called(request.surface, &request.path),
    ) {
        (_, Some(path)) => {
            let mut starts = BEFORE_WORKSPACE.iter();
            starts.find_map(|start| path.strip_prefix(start))?
        }
        (Surface::Git | Surface::Website, None) => request.path.trim_start_matches('/'),
        (Surface::Rest | Surface::TokenEndpoint | Surface::Foreign, None) => return None,
    };
    rest.split('/').next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::example::Example;
    use crate::observation::Observation;

    #[test]
    fn paths_that_a_mirror_of_bitbucket_has_too() {
        for (path, expected) in [
            ("/2.0/user", true),
            ("/2.0/repositories/acme", true),
            ("/bitbucket/2.0/workspaces/acme", true),
            ("/acme/site.git/info/refs", true),
            ("/2.0/orders", false),
            ("/2.0/username", false),
            ("/rest/api/1.0/projects", false),
            ("/", false),
        ] {
            assert_eq!(is_ours(path), expected, "{path}");
        }
    }

    #[test]
    fn workspaces_of_paths() {
        for (call, expected) in [
            (
                "GET https://api.bitbucket.org/2.0/repositories/acme/site",
                Some("acme"),
            ),
            (
                "GET https://api.bitbucket.org/2.0/workspaces/acme/",
                Some("acme"),
            ),
            ("GET https://api.bitbucket.org/2.0/repositories/", None),
            ("GET https://api.bitbucket.org/2.0/user", None),
            (
                "GET https://bitbucket.org/api/2.0/repositories/acme/site",
                Some("acme"),
            ),
            ("GET https://bitbucket.org/api/2.0/user", None),
            (
                "GET https://bitbucket.org/acme/site.git/info/refs",
                Some("acme"),
            ),
            (
                "GET https://bitbucket.org/acme/site/get/main.zip",
                Some("acme"),
            ),
            ("GET https://git.acme.com/acme/site.git/info/refs", None),
        ] {
            let (seen, ..) = Example::rest("").call(call).observe();
            let Observation::Exchange(exchange) = seen else {
                unreachable!("an example of a call")
            };
            assert_eq!(workspace(&exchange.request), expected, "{call}");
        }
    }
}
