//! An API token under the literal that belongs to access tokens.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];

pub const RULE: Rule = Rule {
    slug: "x-token-auth-with-api-token",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "x-token-auth is not the user name of an API token",
    summary: "An API token was sent under `x-token-auth`, the user name that goes with access tokens on git.",
    cases: &[
        Case::likely(&[Pair, ApiToken, XTokenAuth, Plain401])
            .any(ON)
            .unless(&[AcceptedHere]),
        Case::possible(&[Pair, ApiToken, XTokenAuth, Refused])
            .any(ON)
            .unless(&[AcceptedHere]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Use x-bitbucket-api-token-auth or the Bitbucket username as user name; keep the API token.",
            "API token needs x-bitbucket-api-token-auth",
        ),
        Advice::always(
            "Use the email of the Atlassian account as user name and keep the API token: send {form}.",
            "API token needs the account email as user name",
        ),
    ],
    page: Page {
        what_happened: "The secret begins like an API token, and the user name before it is `x-token-auth`.",
        why_it_fails: "`x-token-auth` stands for *no person* and goes with repository, project, workspace and OAuth access \
            tokens on git. An API token belongs to a person, and has a literal of its own.",
        fix: "- git: user name `x-bitbucket-api-token-auth` or the Bitbucket username, in the steps below.\n\
            - REST (curl, Jenkins, Python): Basic with the email of the Atlassian account.\n\n\
            The token can stay. Take `x-token-auth` out of where it stands: the remote's address, or what `git config \
            --get-regexp '^credential'` shows. First let git's credential helper forget the old pair. Where no user \
            name is configured, this takes all that it has for the host; a line `username=NAME` before the empty one \
            takes only that:\n\n    printf 'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential reject\n\n\
            Then put the user name into the remote's address; there it wins over all settings, and git asks for the \
            token:\n\n    git remote set-url origin \
            https://x-bitbucket-api-token-auth@bitbucket.org/WORKSPACE/REPO.git\n\n\
            For all clones of one repository, if their addresses hold no name:\n\n    git config --global \
            credential.https://bitbucket.org/WORKSPACE/REPO.git.username x-bitbucket-api-token-auth",
        how_to_tell: "ATATT begins an API token, ATCTT an access token. On REST the literal is wrong for both kinds: see \
            `git-user-on-rest` and `basic-with-access-token`.",
        sources: &["0.5", "A10", "A26", "E3"],
    },
    doc: Some(links::USING_API_TOKENS),
    outranks: &[One("git-wrong-username")],
    fires: &[
        Example::git("The literal of access tokens").pair("x-token-auth:{api_token}"),
        Example::git("A repository that hides")
            .pair("x-token-auth:{api_token}")
            .status(404),
        Example::git("Cut as well")
            .pair("x-token-auth:{cut api_token}")
            .after(&["damaged-token"]),
        Example::rest("An archive of the website")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .pair("x-token-auth:{api_token}"),
    ],
    silent: &[
        Example::git("An access token").pair("x-token-auth:{access_token}"),
        Example::git("The literal of API tokens").pair("x-bitbucket-api-token-auth:{api_token}"),
        Example::git("Nearly the same").pair("x-auth-token:{api_token}"),
    ],
    ..Rule::PLAIN
};
