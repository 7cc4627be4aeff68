//! A private key where a token belongs.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "private-key-as-secret",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "A private key was sent as the secret",
    summary: "The secret is a private key in PEM or OpenSSH form; over HTTPS Bitbucket takes tokens.",
    cases: &[Case::proven(&[PrivateKey, Refused])
        .any(&[OnRest, OnGit, OnWebsite])
        .unless(&[AcceptedBefore])],
    advice: &[
        Advice::when(
            &[OnGit],
            "Use a token for HTTPS, x-bitbucket-api-token-auth:API_TOKEN, or clone over SSH. Replace the key: it left its machine.",
            "a private key was sent as the secret",
        ),
        Advice::always(
            "Use an API token, not a key: send {api_token_form}. Replace the key, it left its machine.",
            "a private key was sent as the secret",
        ),
    ],
    page: Page {
        what_happened: "What stands as the secret is a private key, or its first lines.",
        why_it_fails: "Keys are for SSH, where they never travel. Over HTTPS a secret is a token, and a key means nothing to \
            the server. A variable or a credential of the wrong kind was chosen.",
        fix: "- git: an API token under `x-bitbucket-api-token-auth`, or a remote that begins with \
            `git@bitbucket.org:` for SSH.\n\
            - REST (curl, Python): Basic with the account email and an API token.\n\
            - Jenkins: *Username with password*, not *SSH Username with private key*.\n\n\
            The key was shown to a server: make a new pair and remove the old public key.",
        how_to_tell: "The first line proves it. The line ends of the key are no fault of their own.",
        sources: &["A24"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[
        One("basic-without-user"),
        One("token-expired"),
        One("wrong-scheme"),
        One("account-password"),
    ],
    // The lines of a key are its own.
    silences: &[One("trailing-newline"), One("invisible-characters")],
    fires: &[
        Example::git("All its lines").pair("git:{private_key}"),
        Example::rest("One line of it").field("Bearer {cut private_key}"),
    ],
    silent: &[
        Example::git("A certificate is no private key")
            .pair("git:-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"),
        Example::git("An API token").pair("x-bitbucket-api-token-auth:{api_token}"),
        Example::rest("Another host")
            .call("GET https://git.acme.com/rest")
            .pair("git:{private_key}"),
    ],
    ..Rule::PLAIN
};
