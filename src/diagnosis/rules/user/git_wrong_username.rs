//! An API token on git under a name that may not be its owner's.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "git-wrong-username",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "The username before the API token may be the wrong one",
    summary: "git sent an API token under a name that may not be the Bitbucket username of its owner.",
    cases: &[Case::possible(&[OnGit, Pair, ApiToken, NamedUser, Plain401]).unless(&[AcceptedHere])],
    advice: &[Advice::always(
        "Use x-bitbucket-api-token-auth as user name, which fits every API token, or the exact Bitbucket username of its owner.",
        "git may not know this username",
    )],
    page: Page {
        what_happened: "git sent an API token under a name that is neither an email nor one of Bitbucket's literals, and \
            was refused.",
        why_it_fails: "The name must be the *Bitbucket username* of the token's owner, which is not the display name, not \
            the nickname in the address of the profile, and by one report is case-sensitive.",
        fix: "- git: user name `x-bitbucket-api-token-auth`, which needs no account's name, or the Bitbucket username \
            of Personal settings, Account settings; in the steps below.\n\
            - Jenkins does so by itself for an API token.\n\n\
            First let git's credential helper forget the old pair. Where no user name is configured, this takes all \
            that it has for the host; a line `username=NAME` before the empty one takes only that:\n\n    printf \
            'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential reject\n\n\
            Then put the user name into the remote's address; there it wins over all settings, and git asks for the \
            token:\n\n    git remote set-url origin \
            https://x-bitbucket-api-token-auth@bitbucket.org/WORKSPACE/REPO.git\n\n\
            For all clones of one repository, if their addresses hold no name:\n\n    git config --global \
            credential.https://bitbucket.org/WORKSPACE/REPO.git.username x-bitbucket-api-token-auth",
        how_to_tell: "The same token under the literal settles it: if that is refused too, the token's scopes or its \
            expiry are to blame (`api-token-without-scopes`).",
        sources: &["0.5", "E40"],
    },
    doc: Some(links::USING_API_TOKENS),
    // The literal settles it at once.
    outranks: &[One("wrong-product-token")],
    alternative: true,
    fires: &[
        Example::git("A name that may be right")
            .pair("jane:{api_token}")
            .after(&["api-token-without-scopes", "token-expired"]),
        Example::git("Nearly the literal").pair("x-bitbucket-api-token:{api_token}"),
        Example::git("The literal, but for its case")
            .pair("X-Bitbucket-API-Token-Auth:{api_token}"),
        Example::git("The literal of another service").pair("x-access-token:{api_token}"),
    ],
    silent: &[
        Example::git("The literal").pair("x-bitbucket-api-token-auth:{api_token}"),
        Example::git("An email is another mistake").pair("me@acme.com:{api_token}"),
        Example::git("An access token").pair("jane:{access_token}"),
        Example::rest("Not git").pair("jane:{api_token}"),
        Example::git("What is not there, or not for this account")
            .pair("jane:{api_token}")
            .status(404),
    ],
    ..Rule::PLAIN
};
