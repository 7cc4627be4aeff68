//! An access token in the password field of Basic.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "basic-with-access-token",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "An access token was sent as Basic",
    summary: "An access token, of a repository, project, workspace or OAuth, was sent as Basic; REST wants it as Bearer.",
    cases: &[
        Case::likely(&[OnRest, Basic, Plain401])
            .any(&[AccessToken, Jwt])
            .unless(&[AcceptedHere, PipelinesToken, ConnectJwt]),
        Case::possible(&[OnRest, Basic, CutJwt, Plain401]).unless(&[AcceptedHere]),
        Case::possible(&[OnRest, Basic, OAuthToken, Plain401]).unless(&[AcceptedHere]),
        // Archives were seen to take Bearer, and to send a pair to the login page.
        Case::possible(&[OnWebsite, Basic, Plain401])
            .any(&[AccessToken, OAuthToken, Jwt])
            .unless(&[AcceptedHere, PipelinesToken, ConnectJwt]),
        Case::possible(&[OnRest, Basic, AccessToken])
            .any(&[Plain403, Plain404])
            .unless(&[AcceptedHere]),
    ],
    advice: &[Advice::always(
        "Send this token as Bearer, without a user name; a tool that has only user and password fields needs an API token.",
        "access token sent as Basic, needs Bearer",
    )],
    page: Page {
        what_happened: "The secret begins like an access token of a repository, project or workspace (or like an \
            organisation's API key), or is an OAuth access token, and it came in the password half of a Basic pair.",
        why_it_fails: "Access tokens belong to no user, so there is no user name that goes with them. The REST API \
            takes them as `Authorization: Bearer TOKEN`.",
        fix: "Send `Bearer TOKEN`.\n\n\
            - curl: `-H @FILE`, and in the file the line `Authorization: Bearer TOKEN`.\n\
            - Python: a header in requests, `token=` in atlassian-python-api.\n\
            - Jenkins: an access token as such, not as *Username with password*.\n\n\
            A tool that offers only user name and password cannot use an access token on REST: give it an API token \
            and the email of its owner.",
        how_to_tell: "On git the same token does go as Basic, under its own user name. Some programs send it as Basic \
            to REST on purpose and say that it works; when it was accepted before under this user name, this finding is silent.",
        sources: &["A10", "A12", "A20", "B30", "E6", "F4", "F6"],
    },
    doc: Some(links::ACCESS_TOKENS),
    outranks: &[
        One("empty-credentials"),
        One("git-user-on-rest"),
        One("workspace-as-user"),
    ],
    fires: &[
        Example::rest("Under somebody's user name").pair("jane:{access_token}"),
        Example::rest("Under the literal that only git knows").pair("x-token-auth:{access_token}"),
        Example::rest("With no user name at all").pair(":{access_token}"),
        Example::rest("An OAuth token").pair("x-token-auth:{jwt}"),
        Example::rest("The shape of an older one").pair("jane:{oauth_token}"),
        Example::rest("An archive of the website")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .pair("x-token-auth:{access_token}"),
        Example::rest("A JWT that lost its end")
            .pair("jane:{cut jwt}")
            .after(&["damaged-token"]),
        Example::rest("A private repository hides behind a 404")
            .pair("jane:{access_token}")
            .status(404),
    ],
    silent: &[
        Example::rest("A token of Pipelines is another mistake")
            .pair("x-token-auth:{pipelines_jwt}"),
        Example::rest("As Bearer").field("Bearer {access_token}"),
        Example::git("On git it does go as Basic").pair("x-token-auth:{access_token}"),
        Example::rest("The server knew it: something else is wrong")
            .pair("jane:{access_token}")
            .status(403)
            .answer(&[("x-credential-type", "repo_access_token")]),
    ],
    ..Rule::PLAIN
};
