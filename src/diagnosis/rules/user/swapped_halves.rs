//! User-id and secret in each other's place.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];

pub const RULE: Rule = Rule {
    slug: "swapped-halves",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "User name and secret have changed places",
    summary: "The token stands before the colon, where the user name belongs, with the user name, a dummy or nothing behind it.",
    cases: &[
        Case::proven(&[SwappedHalves, ChecksumFits, Refused]).any(ON),
        Case::likely(&[SwappedHalves, Refused]).any(ON),
    ],
    advice: &[
        Advice::when(
            &[OnRest, AccessToken],
            "Send this token as Bearer TOKEN, without a user name; it came as the user name of Basic.",
            "token stands as the user name",
        ),
        Advice::always(
            "Change the two halves: the user name goes before the colon, the token after it. Send {form}.",
            "user name and secret have changed places",
        ),
    ],
    page: Page {
        what_happened: "The first half of the pair is a token, or the second half is an email address or a literal user \
            name: the two have changed places, or the token was given as the user name with no password.",
        why_it_fails: "Some services take an API key as user name with an empty or dummy password; Bitbucket never does. The \
            checksum of the token shows which half it is.",
        fix: "Put the user name first.\n\n\
            - curl: the line `user = \"EMAIL:TOKEN\"` in a file for `--config`.\n\
            - git: user name `x-bitbucket-api-token-auth` or `x-token-auth`, the token at the password prompt.\n\
            - Jenkins: the token into the field Password.\n\
            - Python: `auth=(email, token)`.\n\
            - REST with an access token: no pair at all, Bearer.",
        how_to_tell: "Where a checksum fits it is proven; where only an email stands in the place of the secret it is \
            likely. The user name that is left is judged as usual.",
        sources: &["A3", "E11"],
    },
    doc: Some(links::USING_API_TOKENS),
    outranks: &[One("empty-credentials"), All(Family::User)],
    fires: &[
        Example::rest("Exchanged").pair("{api_token}:me@acme.com"),
        Example::git("The token as user name, nothing behind it").pair("{api_token}:"),
        Example::rest("An access token, as other services take keys").pair("{access_token}:"),
        Example::rest("A token before a dummy, as other services take it")
            .pair("{api_token}:x-oauth-basic"),
        Example::rest("Cut as well")
            .pair("{cut api_token}:me@acme.com")
            .after(&["damaged-token"]),
        Example::rest("A secret of no known kind before an email")
            .pair("correct horse:me@acme.com"),
    ],
    silent: &[
        Example::rest("In the right order").pair("me@acme.com:{api_token}"),
        Example::rest("Two tokens").pair("{api_token}:{access_token}"),
        Example::rest("The token endpoint")
            .call("POST https://bitbucket.org/site/oauth2/access_token")
            .pair("{access_token}:"),
    ],
    ..Rule::PLAIN
};
