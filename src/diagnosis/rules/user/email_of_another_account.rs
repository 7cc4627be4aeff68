//! An intact API token under the email of an account that may not be its owner's.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

/// The token worked, under another user-id or on another surface.
const WORKED_ELSEWHERE: Past = Past {
    accepted: true,
    accepted_otherwise: true,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "email-of-another-account",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The email may belong to another account",
    summary: "The pair is well formed; the token may belong to another account than the one with this email.",
    cases: &[Case::possible(&[
        OnRest,
        Basic,
        ApiToken,
        ChecksumFits,
        EmailUser,
        WellFormed,
        Plain401,
    ])
    .unless(&[AcceptedHere])],
    advice: &[Advice::always(
        "Check that the token was made by the account with this email (an alias does not count), its scopes and its expiry.",
        "the token may belong to another account",
    )],
    page: Page {
        what_happened: "An intact API token came under an email address, as it should, and was refused.",
        why_it_fails: "The email must be that of the account that made the token. People with two accounts, an alias, \
            or a changed address send the wrong one.",
        fix: "Sign in to the account that owns the token and use the email that its profile shows.\n\n\
            - curl: in netrc or a config file.\n\
            - Python: in `auth=`.\n\
            - Jenkins: in the credential.\n\
            - git needs no email: `x-bitbucket-api-token-auth` goes with every API token.",
        how_to_tell: "A token without Bitbucket scopes, and an expired one, are refused with the same words. The token's \
            page shows scopes, expiry and when it was last used; a token that was *never accessed* although you use it \
            points here.",
        sources: &["0.5", "B10", "E25"],
    },
    doc: Some(links::REST_401),
    fires: &[
        Example::rest("Nothing else to blame")
            .pair("me@acme.com:{api_token}")
            .after(&["api-token-without-scopes", "token-expired"]),
        Example::rest("The same token worked before, under another user name")
            .pair("me@acme.com:{api_token}")
            .past(WORKED_ELSEWHERE),
    ],
    silent: &[
        Example::rest("A user name is another mistake").pair("jane:{api_token}"),
        Example::rest("A cut token is another mistake").pair("me@acme.com:{cut api_token}"),
    ],
    ..Rule::PLAIN
};
