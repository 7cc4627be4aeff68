//! A right pair that a plain 401 refuses: first of three things that fit equally well.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "api-token-without-scopes",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "API token refused: its scopes, expiry or account",
    summary: "Pair and token are well formed; a token made without scopes, or for another app, is refused like this.",
    cases: &[
        Case::possible(&[
            OnRest,
            Basic,
            ApiToken,
            ChecksumFits,
            EmailUser,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore]),
        Case::possible(&[
            OnGit,
            Basic,
            ApiToken,
            ChecksumFits,
            GitUser,
            WellFormed,
            Plain401,
        ])
        .unless(&[AcceptedBefore]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Check the token's scopes and expiry on its page, and that the user name is its owner's; the 401 does not say which.",
            "API token refused: scopes, expiry or account",
        ),
        Advice::always(
            "Check the token's scopes and expiry on its page, and that it belongs to this email; the 401 does not say which.",
            "API token refused: scopes, expiry or account",
        ),
    ],
    page: Page {
        what_happened: "An intact API token came in the right way, under a user name of the right kind, and was refused \
            without a word on why.",
        why_it_fails: "Bitbucket takes only API tokens that were made *with scopes*, for Bitbucket. A token without \
            scopes looks just the same from outside. Expired and revoked tokens, and tokens of another account, get the \
            same answer.",
        fix: "Open the token's page in the Atlassian account.\n\n\
            - No Bitbucket scopes: create a new token with scopes, since those of an existing one cannot be changed.\n\
            - Expired: create a new one.\n\
            - Otherwise compare the account's email with the one that is sent.",
        how_to_tell: "The token's page shows scopes, expiry and when it was last used. If this very token worked before, \
            its scopes are not the reason: it expired or was revoked.",
        sources: &["0.7", "A7", "B10", "E5"],
    },
    doc: Some(links::REST_401),
    outranks: &[One("token-expired"), One("email-of-another-account")],
    fires: &[
        Example::rest("All as it should be, and yet refused").pair("me@acme.com:{api_token}"),
        Example::git("The same on git").pair("x-bitbucket-api-token-auth:{api_token}"),
    ],
    silent: &[
        Example::rest("A user name is another mistake").pair("jane:{api_token}"),
        Example::rest("A cut token is another mistake").pair("me@acme.com:{cut api_token}"),
        Example::rest("Scopes that do not suffice are named with a 403")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .answer(&[("x-credential-type", "api_token")]),
    ],
    ..Rule::PLAIN
};
