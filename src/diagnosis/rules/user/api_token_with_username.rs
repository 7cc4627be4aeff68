//! An API token on REST under something that is no email: the most frequent mistake of all (F12).

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

pub const RULE: Rule = Rule {
    slug: "api-token-with-username",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "On REST an API token needs the account email",
    summary: "An API token was sent to the REST API under a user name instead of the email of its owner.",
    cases: &[
        Case::likely(&[OnRest, Pair, ApiToken, NotEmail, Plain401]).unless(&[AcceptedHere]),
        Case::possible(&[OnRest, Pair, ApiToken, NotEmail, Plain404]).unless(&[AcceptedHere]),
        // Archives were seen to take the email.
        Case::possible(&[OnWebsite, Pair, ApiToken, NotEmail, Plain401])
            .unless(&[AcceptedHere, XTokenAuth]),
    ],
    advice: &[Advice::always(
        "Use the email of the Atlassian account that owns this token as user name; keep the token; git keeps its own user name.",
        "API token needs the account email as user name",
    )],
    page: Page {
        what_happened: "The password half is an API token, and what stands before it is not an email address.",
        why_it_fails: "App passwords went with the Bitbucket username. API tokens belong to the Atlassian account, and \
            REST knows that by its email. Whoever replaced only the password has the old user name left.",
        fix: "Put the email of the Atlassian account that made the token before it.\n\n\
            - curl: `--user EMAIL` asks for the token; a script keeps the line `user = \"EMAIL:TOKEN\"` in a file for \
            `--config`.\n\
            - Python: `auth=(email, token)`; in atlassian-python-api the email is `username`.\n\
            - Jenkins: change *Username* in the credential, the plugin finds the name for git by itself.\n\n\
            The token can stay, and so can the user name that git uses, where the username or \
            `x-bitbucket-api-token-auth` is right.",
        how_to_tell: "Any email in that place makes this finding go away; if the pair is still refused, it is the email \
            of another account, or the token's scopes or expiry.",
        sources: &["0.5", "A7", "B30", "E1", "F4", "F6", "F12"],
    },
    doc: Some(links::REST_401),
    outranks: &[
        One("empty-credentials"),
        One("token-label-as-user"),
        One("workspace-as-user"),
    ],
    fires: &[
        Example::rest("The username of app-password days").pair("jane:{api_token}"),
        Example::rest("The literal that only git knows")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .after(&["git-user-on-rest"]),
        Example::rest("The token twice").pair("{api_token}:{api_token}"),
        Example::rest("No user name").pair(":{api_token}"),
        Example::rest("A pair under Bearer")
            .sent(Sent::BearerPair("jane:{api_token}"))
            .after(&["bearer-with-basic-pair"]),
        Example::rest("A pair without a scheme")
            .field("jane:{api_token}")
            .after(&["missing-scheme"]),
        Example::rest("Behind a 404")
            .pair("jane:{api_token}")
            .status(404),
        Example::rest("The API's older address as well")
            .call("GET https://bitbucket.org/api/2.0/user")
            .pair("jane:{api_token}")
            .after(&["wrong-host"]),
        Example::rest("An archive of the website")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .pair("jane:{api_token}"),
        Example::rest("Cut as well")
            .pair("jane:{cut api_token}")
            .after(&["damaged-token"]),
    ],
    silent: &[
        Example::rest("An email").pair("me@acme.com:{api_token}"),
        Example::git("git takes the username").pair("jane:{api_token}"),
        Example::rest("The credential was recognised, the path is wrong")
            .pair("jane:{api_token}")
            .status(404)
            .answer(&[("x-credential-type", "api_token")]),
        Example::rest("An id of the token says the same")
            .pair("jane:{api_token}")
            .status(404)
            .answer(&[("x-token-id", "1a2b3c")]),
        Example::rest("An app password went with the username")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("It worked like this before")
            .pair("jane:{api_token}")
            .past(Past {
                accepted: true,
                accepted_here: true,
                ..Past::NONE
            }),
    ],
    ..Rule::PLAIN
};
