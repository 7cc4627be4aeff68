//! A good token on a host that does not take it.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Recorded;

pub const RULE: Rule = Rule {
    slug: "wrong-host",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "The token was sent to a host that does not take it",
    summary: "The token may be good; the host that got it is not the one that takes it.",
    cases: &[
        Case::likely(&[WebsiteApi, ApiHostOnly, Refused]).any(CREDENTIALS),
        Case::likely(&[WebsiteApi, ApiHostOnly, SaysTokensRefused]).any(CREDENTIALS),
        Case::likely(&[OtherAtlassianHost, BitbucketToken, Plain401]),
        Case::likely(&[OtherAtlassianHost, AtlassianToken, BitbucketPath])
            .any(&[Plain401, Plain404]),
        // With a path of Bitbucket's it may be a mirror or gateway of somebody's own.
        Case::likely(&[ElsewhereHost, AtlassianToken, Plain401]).unless(&[BitbucketPath]),
        Case::possible(&[ElsewhereHost, AtlassianToken, Plain401, BitbucketPath]),
    ],
    advice: &[
        Advice::when(
            &[WebsiteApi],
            "Call https://api.bitbucket.org/2.0/, which alone takes tokens since 2026-05-04: send {form}.",
            "tokens go to api.bitbucket.org only",
        ),
        Advice::always(
            "Send this token to api.bitbucket.org (git: bitbucket.org), which takes it; for this host use one of its own.",
            "the token is for another host",
        ),
    ],
    page: Page {
        what_happened: "A token that Bitbucket Cloud made went to `bitbucket.org/api`, to a site of Jira or Confluence, or to \
            somebody else's host.",
        why_it_fails: "Since 2026-05-04 tokens are taken at `api.bitbucket.org` only (CHANGE-3052); before, \
            `bitbucket.org/api` led to the same place. Other hosts never took them: access tokens and app passwords are \
            Bitbucket's alone, and the company's own Bitbucket Data Center has tokens of its own.",
        fix: "- REST (curl, Python): change the address to `https://api.bitbucket.org/2.0/…`.\n\
            - Jenkins and other tools have a field *API URL*.\n\
            - git stays at `https://bitbucket.org/`.\n\n\
            For another host use a credential that was made there.",
        how_to_tell: "The host decides. On a host of your own that hands the calls on to Bitbucket, it may be a mirror, so \
            there it is only possible. A wrong path on the right host is `wrong-endpoint`.",
        sources: &["A19", "A20", "B30", "C", "C2", "E21"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[All(Family::User), All(Family::Kind)],
    fires: &[
        Example::rest("The API's older address")
            .call("GET https://bitbucket.org/api/2.0/user")
            .field("Bearer {oauth_token}"),
        Example::rest("With the website's words")
            .call("GET https://bitbucket.org/api/2.0/repositories/acme")
            .pair("jane:{api_token}")
            .status(403)
            .body("This endpoint does not support token-based authentication"),
        Example::rest("A record that hides the token")
            .call("GET https://bitbucket.org/api/2.0/user")
            .field("Bearer ***")
            .recorded(Recorded::Redacted),
        Example::rest("Jira's host")
            .call("GET https://acme.atlassian.net/rest/api/3/myself")
            .field("Bearer {access_token}"),
        Example::rest("A path of Bitbucket's on Jira's host")
            .call("GET https://acme.atlassian.net/2.0/repositories/acme")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("The company's own host")
            .call("GET https://git.acme.com/rest/api/1.0/projects")
            .pair("jane:{api_token}"),
        Example::git("A gateway, perhaps")
            .call("GET https://proxy.acme.com/bitbucket/acme/site.git/info/refs")
            .pair("jane:{api_token}"),
        Example::rest("A mirror, perhaps")
            .call("GET https://git.acme.com/2.0/repositories/acme/site")
            .pair("jane:{api_token}"),
    ],
    silent: &[
        Example::rest("Taken in those days")
            .call("GET https://bitbucket.org/api/2.0/user")
            .field("Bearer {oauth_token}")
            .on(utc_datetime!(2026-05-03 12:00)),
        Example::rest("A token of Jira's, perhaps")
            .call("GET https://acme.atlassian.net/rest/api/3/myself")
            .pair("me@acme.com:{api_token}"),
        Example::rest("An organisation's key, perhaps")
            .call("GET https://api.atlassian.com/admin/v1/orgs")
            .field("Bearer {access_token}"),
        Example::rest("Archives are taken from the website still")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .pair("me@acme.com:{api_token}"),
        Example::rest("No credentials").call("GET https://bitbucket.org/api/2.0/user"),
    ],
    ..Rule::PLAIN
};

/// What people send to an API, passwords of accounts apart.
const CREDENTIALS: &[crate::evidence::Signal] = &[
    ApiToken,
    AccessToken,
    AppPassword,
    OldAppPassword,
    OAuthToken,
    Jwt,
    OtherSecret,
    // Nothing but tokens goes under it.
    Bearer,
];
