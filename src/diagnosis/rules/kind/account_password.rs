//! The password of the account, where a token belongs.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Recorded;

/// Where account passwords could ever be used; the token endpoint takes OAuth consumers.
const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];
/// What else explains the secret.
const GIVES_WAY: &[crate::evidence::Signal] = &[LiteralUser, NearLiteral, IdUser, AcceptedBefore];

pub const RULE: Rule = Rule {
    slug: "account-password",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "This looks like an account password",
    summary: "The secret has the shape of no token, as the password of an account has; Bitbucket refuses those.",
    cases: &[
        Case::proven(&[SaysAccountPasswordsEnded, PasswordShaped]).any(ON),
        // Shapes that other secrets have too: the words were seen with those as well.
        Case::likely(&[SaysAccountPasswordsEnded])
            .any(&[OldAppPassword, OtherSecret, RecordRedacted, RecordDoubtful])
            .unless(&[OnTokenEndpoint]),
        Case::likely(&[Pair, PasswordShaped, Plain401, AccountPasswordsGone])
            .any(ON)
            .unless(GIVES_WAY),
        Case::possible(&[Pair, PasswordShaped, Plain401])
            .any(ON)
            .unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[SaysAccountPasswordsEnded],
            "Use an API token with scopes, {api_token_form}: Bitbucket no longer takes account passwords.",
            "Bitbucket no longer takes account passwords",
        ),
        Advice::always(
            "Use an API token with scopes, {api_token_form}: this looks like an account password, which Bitbucket refuses.",
            "looks like an account password",
        ),
    ],
    page: Page {
        what_happened: "Basic authentication was refused, and the secret has the shape of no token that Bitbucket knows.",
        why_it_fails: "Since 2022-03-01 neither the REST API nor git takes the password of an account, whoever manages \
            it. Single sign-on and two-step verification make no difference: an API token passes both.",
        fix: "Create an API token with the scopes that the work needs.\n\n\
            - REST (curl, Python): Basic with the email of the Atlassian account and the token.\n\
            - git: `x-bitbucket-api-token-auth` or the Bitbucket username, and the token as password. Let the \
            credential helper forget the account's password, or it comes back.\n\
            - Jenkins: put the email and the token into the credential that held the password.\n\n\
            This makes git's credential helper forget all that it has for the host, where git is configured with a \
            user name only that one's:\n\n    printf 'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential \
            reject",
        how_to_tell: "The shape is all that can be seen, so the finding stays likely unless the server says it. A \
            mistyped token of an unknown kind looks the same: see `wrong-secret`.",
        sources: &["E23", "B32", "F4"],
    },
    doc: Some(links::USING_API_TOKENS),
    fires: &[
        Example::rest("Eight characters and more, of no token's shape")
            .pair("me@acme.com:correct horse"),
        Example::rest("Under Bearer")
            .sent(Sent::BearerPair("me@acme.com:correct horse"))
            .after(&["bearer-with-basic-pair"]),
        Example::git("The server says it")
            .pair("jane:correct horse")
            .body(ENDED),
        Example::rest("Before the end of account passwords it may have been a typing error")
            .pair("jane:correct horse")
            .on(utc_datetime!(2021-06-01 9:00)),
        Example::git("The server says it, and the record hides the secret")
            .field("Basic <redacted>")
            .recorded(Recorded::Redacted)
            .body(ENDED),
        Example::git("The server says it of twenty letters and digits")
            .pair("jane:{old_app_password}")
            .body(ENDED),
        Example::rest("An archive of the website")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .pair("jane:correct horse"),
    ],
    silent: &[
        Example::rest("An API token").pair("me@acme.com:{api_token}"),
        Example::git("The words contradict what was sent")
            .pair("x-token-auth:{access_token}")
            .body(ENDED),
        Example::git("The literal for tokens is never an account")
            .pair("x-token-auth:correct horse"),
        Example::rest("An account id is another mistake")
            .pair("557058:11111111-2222-3333-4444-555555555555:correct horse"),
        Example::rest("A token of another vendor is another mistake").pair("jane:{github_token}"),
        Example::rest("The token endpoint takes consumers")
            .call("POST https://bitbucket.org/site/oauth2/access_token")
            .pair("consumer:correct horse"),
    ],
    ..Rule::PLAIN
};

const ENDED: &str =
    "Bitbucket Cloud recently stopped supporting account passwords for Git authentication.";
