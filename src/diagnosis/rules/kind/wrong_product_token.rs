//! A token of Atlassian's that was not made for Bitbucket.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "wrong-product-token",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The token may be for another Atlassian app",
    summary: "The token is whole and refused; it may be made for Jira or another app, or be an organisation's API key.",
    cases: &[
        Case::possible(&[
            Basic,
            ApiToken,
            ChecksumFits,
            EmailUser,
            OnRest,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore, SaysExpired]),
        Case::possible(&[
            Basic,
            ApiToken,
            ChecksumFits,
            GitUser,
            OnGit,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore, SaysExpired]),
        Case::possible(&[
            Bearer,
            AccessToken,
            ChecksumFits,
            OnRest,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore, SaysExpired]),
        Case::possible(&[
            Basic,
            AccessToken,
            ChecksumFits,
            XTokenAuth,
            OnGit,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore, SaysExpired]),
    ],
    advice: &[
        Advice::when(
            &[AccessToken],
            "Check where the token was made: an organisation's API key looks the same. Bitbucket wants {form} of its own.",
            "may be an organisation's API key",
        ),
        Advice::always(
            "Check on the token's page that Bitbucket is the app it was made for: each token serves one app only.",
            "token may be made for another Atlassian app",
        ),
    ],
    page: Page {
        what_happened: "The token is whole, came in the right way and was refused.",
        why_it_fails: "An API token is made for one app: one for Jira or Confluence is refused here, with the same words as \
            an expired one. What begins like an access token may also be the API key of an organisation, which only \
            Atlassian's admin API takes.",
        fix: "Create a token with scopes and choose Bitbucket as the app.\n\n\
            - REST (curl, Jenkins, Python): Basic with the account email.\n\
            - git: `x-bitbucket-api-token-auth`.\n\
            - For an access token: Repository settings, Access tokens, sent as Bearer on REST and under `x-token-auth` \
            on git.",
        how_to_tell: "It does not show in the token, so it stands last. The token's page names the app. A token that \
            Bitbucket ever took is not meant here.",
        sources: &["A7", "A20", "E19"],
    },
    doc: Some(links::USING_API_TOKENS),
    outranks: &[One("scheme-case")],
    alternative: true,
    fires: &[
        Example::rest("An API token in the right form")
            .pair("me@acme.com:{api_token}")
            .after(&[
                "api-token-without-scopes",
                "token-expired",
                "email-of-another-account",
            ]),
        Example::git("The same on git")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .after(&["api-token-without-scopes", "token-expired"]),
        Example::rest("An access token, or an organisation's key")
            .field("Bearer {access_token}")
            .after(&["wrong-secret"]),
        Example::git("On git")
            .pair("x-token-auth:{access_token}")
            .after(&["wrong-secret"]),
    ],
    silent: &[
        Example::rest("It is not whole").field("Bearer {cut access_token}"),
        Example::rest("Another mistake").field("Bearer {api_token}"),
        Example::rest("The server says that it expired")
            .field("Bearer {access_token}")
            .body("Access token expired."),
        Example::rest("It worked before")
            .field("Bearer {access_token}")
            .past(crate::history::Past {
                accepted: true,
                ..crate::history::Past::NONE
            }),
    ],
    ..Rule::PLAIN
};
