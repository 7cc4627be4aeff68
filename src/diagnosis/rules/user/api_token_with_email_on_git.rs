//! An API token on git under the email that REST wants.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "api-token-with-email-on-git",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "git wants the Bitbucket username, not the email",
    summary: "git sent an API token under an email address, which is right for REST only.",
    cases: &[
        Case::likely(&[OnGit, Pair, ApiToken, EmailUser, Plain401]).unless(&[AcceptedHere]),
        Case::possible(&[OnGit, Pair, ApiToken, EmailUser])
            .any(&[Plain403, Plain404])
            .unless(&[AcceptedHere]),
    ],
    advice: &[Advice::always(
        "For git use x-bitbucket-api-token-auth or the Bitbucket username with this token; the email is for REST only.",
        "git needs the Bitbucket username, not the email",
    )],
    page: Page {
        what_happened: "The pair that works for the REST API, email and API token, was given to git.",
        why_it_fails: "The user name depends on the way in: REST takes the email of the Atlassian account, git the \
            Bitbucket username or the literal `x-bitbucket-api-token-auth`.",
        fix: "- git: user name `x-bitbucket-api-token-auth` or the Bitbucket username, in the steps below.\n\
            - Jenkins does so by itself when the credential holds the email.\n\
            - curl, Python and all other REST calls keep the email.\n\n\
            The token can stay. First let git's credential helper forget the old pair. Where no user name is \
            configured, this takes all that it has for the host; a line `username=NAME` before the empty one takes \
            only that:\n\n    printf 'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential reject\n\n\
            Then put the user name into the remote's address; there it wins over all settings, and git asks for the \
            token:\n\n    git remote set-url origin \
            https://x-bitbucket-api-token-auth@bitbucket.org/WORKSPACE/REPO.git\n\n\
            For all clones of one repository, if their addresses hold no name:\n\n    git config --global \
            credential.https://bitbucket.org/WORKSPACE/REPO.git.username x-bitbucket-api-token-auth\n\n\
            Set for the whole host, the name would go out with access tokens of other repositories too, which want \
            `x-token-auth`.",
        how_to_tell: "The same token under the literal settles it. If that is refused too, the token's scopes or its \
            expiry are to blame. One author's notes say that git wants the email, so this is likely and not proven.",
        sources: &["0.5", "E2", "F4"],
    },
    doc: Some(links::USING_API_TOKENS),
    fires: &[
        Example::git("The email that REST wants").pair("me@acme.com:{api_token}"),
        Example::git("Cut as well")
            .pair("me@acme.com:{cut api_token}")
            .after(&["damaged-token"]),
        Example::git("A repository that hides")
            .pair("me@acme.com:{api_token}")
            .status(404),
    ],
    silent: &[
        Example::rest("On REST the email is right").pair("me@acme.com:{api_token}"),
        Example::git("The literal").pair("x-bitbucket-api-token-auth:{api_token}"),
        Example::git("The username").pair("jane:{api_token}"),
    ],
    ..Rule::PLAIN
};
