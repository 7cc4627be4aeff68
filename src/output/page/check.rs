//! How to see that a repair worked: one line of curl or git, by where a finding's examples go and what they send.

use crate::bitbucket::Surface;
use crate::diagnosis::example::{Example, Sent};
use crate::diagnosis::rule::Rule;
use crate::diagnosis::taxonomy::Verdict;
use http::Uri;

/// A sentence and the command that it is about. No secret stands on a command line: curl and git ask for it.
struct Check {
    says: &'static str,
    command: &'static str,
}

const WITH_EMAIL: Check = Check {
    says: "REST, with an API token: curl asks for the token and prints 200 when it works; put the call that failed in.",
    command: "curl -sS -o /dev/null -w '%{http_code}\\n' -u EMAIL https://api.bitbucket.org/2.0/repositories/WORKSPACE/REPO",
};
const AS_BEARER: Check = Check {
    says: "REST, with an access or OAuth token: the same, with the line `Authorization: Bearer TOKEN` in a file.",
    command: "curl -sS -o /dev/null -w '%{http_code}\\n' -H @FILE https://api.bitbucket.org/2.0/repositories/WORKSPACE/REPO",
};
const BY_GIT: Check = Check {
    says: "git: it asks for what its helper does not have, and lists a commit when it works.",
    command: "git ls-remote https://bitbucket.org/WORKSPACE/REPO.git HEAD",
};
const FOR_A_TOKEN: Check = Check {
    says: "OAuth: curl asks for the consumer's secret and prints 200 when it works.",
    command: "curl -sS -o /dev/null -w '%{http_code}\\n' -u KEY -d grant_type=client_credentials https://bitbucket.org/site/oauth2/access_token",
};

/// The text under its heading; `None` where nothing of the client's is to be repaired.
pub(super) fn text(rule: &Rule) -> Option<String> {
    if rule.verdict != Verdict::Mistake {
        return None;
    }
    let meets = |wanted: fn(&Example) -> bool| rule.fires.iter().any(wanted);
    let checks = [
        (
            meets(|example| goes_to(example, Surface::Rest) && !is_bearer(example)),
            WITH_EMAIL,
        ),
        (
            meets(|example| goes_to(example, Surface::Rest) && is_bearer(example)),
            AS_BEARER,
        ),
        (meets(|example| goes_to(example, Surface::Git)), BY_GIT),
        (
            meets(|example| goes_to(example, Surface::TokenEndpoint)),
            FOR_A_TOKEN,
        ),
    ];
    let fitting = checks.into_iter().filter(|(fits, _)| *fits);
    let texts: Vec<_> = fitting
        .map(|(_, Check { says, command })| format!("{says}\n\n    {command}"))
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn goes_to(example: &Example, surface: Surface) -> bool {
    let address = example.request.split_once(' ').map(|(_, address)| address);
    let uri = address.and_then(|address| address.parse::<Uri>().ok());
    uri.is_some_and(|uri| Surface::of(uri.host().unwrap_or_default(), uri.path()) == surface)
}

/// Whether a kind of token is sent that REST takes as Bearer.
fn is_bearer(example: &Example) -> bool {
    let sent = example.authorization.map_or("", Sent::text);
    let places = ["access_token}", "oauth_token}", "jwt}"];
    let texts = [sent, example.request, example.form.unwrap_or_default()];
    let holds = |text: &&str| places.iter().any(|place| text.contains(place));
    texts.iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::registry::RULES;

    #[test]
    fn a_mistake_is_checked_where_it_is_made() {
        let of = |slug: &str| {
            let rule = RULES.iter().find(|rule| rule.slug == slug);
            text(rule.expect("written"))
        };
        let on_git = of("git-wrong-username").expect("a check");
        assert!(on_git.contains("git ls-remote") && !on_git.contains("curl"));
        let on_rest = of("api-token-with-username").expect("a check");
        assert!(on_rest.contains("-u EMAIL") && !on_rest.contains("ls-remote"));
        let bearer = of("basic-with-access-token").expect("a check");
        assert!(bearer.contains("-H @FILE") && !bearer.contains("-u EMAIL"));
        let at_the_endpoint = of("oauth-consumer-misconfigured").expect("a check");
        assert!(at_the_endpoint.contains("-u KEY"));
        assert_eq!(of("server-error"), None, "nothing of the client's");
    }

    #[test]
    fn no_secret_is_put_on_a_command_line() {
        for rule in RULES {
            for line in text(rule).unwrap_or_default().lines() {
                let is_command = line.starts_with("    ");
                assert!(!is_command || !line.contains("TOKEN"), "{line}");
            }
        }
    }
}
