//! A token from before tokens had scopes, or an end.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

const ACCEPTED: Past = Past {
    accepted: true,
    accepted_here: true,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "legacy-api-token",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "An Atlassian token of an older generation",
    summary: "Tokens from before 2023 have 24 characters and no scopes; those without an end were ended in 2026.",
    cases: &[
        Case::possible(&[LegacyToken, Plain401])
            .any(&[Basic, Bearer])
            .unless(&[AcceptedBefore, OnTokenEndpoint]),
        Case::possible(&[
            OldTokensEnding,
            ApiToken,
            ChecksumFits,
            AcceptedBefore,
            Plain401,
        ])
        .unless(&[Alternates]),
    ],
    advice: &[
        Advice::when(
            &[LegacyToken],
            "Create an API token with scopes and send {api_token_form}: 24 characters are a token from before scopes.",
            "may be a token from before scopes",
        ),
        Advice::always(
            "Create a new API token with scopes: those made before 2024-12-15 end between 2026-03-14 and 2026-05-12.",
            "older API tokens end in these weeks",
        ),
    ],
    page: Page {
        what_happened: "The secret has the shape of an Atlassian token from before 2023, or it is an API token that \
            worked until the weeks in which the older ones were ended.",
        why_it_fails: "Bitbucket takes API tokens with scopes only, and those of 24 characters have none. API tokens from \
            before 2024-12-15 had no end; each was given one, between 2026-03-14 and 2026-05-12.",
        fix: "Create an API token with scopes for Bitbucket.\n\n\
            - REST, also from curl, Jenkins and Python: Basic with the account email.\n\
            - git: the Bitbucket username or `x-bitbucket-api-token-auth`.",
        how_to_tell: "24 letters and digits may be anything, so this is only possible. Today's tokens begin with `ATATT` \
            and are much longer.",
        sources: &["A7", "A21", "C"],
    },
    doc: Some(links::USING_API_TOKENS),
    outranks: &[One("account-password")],
    fires: &[
        Example::rest("24 letters and digits").pair("me@acme.com:{legacy_api_token}"),
        Example::rest("As Bearer").field("Bearer {legacy_api_token}"),
        Example::rest("It worked until the weeks of the end")
            .pair("me@acme.com:{api_token}")
            .on(utc_datetime!(2026-04-01 9:00))
            .past(ACCEPTED),
    ],
    silent: &[
        Example::rest("A token of today").pair("me@acme.com:{api_token}"),
        Example::rest("After those weeks")
            .pair("me@acme.com:{api_token}")
            .past(ACCEPTED),
        Example::rest("The token endpoint knows consumers only")
            .call("POST https://bitbucket.org/site/oauth2/access_token")
            .field("Bearer {legacy_api_token}"),
        Example::rest("It worked here")
            .pair("me@acme.com:{legacy_api_token}")
            .past(ACCEPTED),
    ],
    ..Rule::PLAIN
};
