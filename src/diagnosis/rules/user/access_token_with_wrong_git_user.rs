//! An access token on git under a user name that is not `x-token-auth`.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "access-token-with-wrong-git-user",
    family: Family::User,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "On git an access token needs the user x-token-auth",
    summary: "git sent an access or OAuth token without the user name `x-token-auth`, or under another one.",
    cases: &[
        Case::likely(&[OnGit, Pair, NotXTokenAuth, Plain401])
            .any(&[AccessToken, OAuthToken, Jwt])
            .unless(&[AcceptedHere, PipelinesToken, ConnectJwt]),
        Case::possible(&[OnGit, Pair, AccessToken, NotXTokenAuth])
            .any(&[Plain403, Plain404])
            .unless(&[AcceptedHere]),
        // No user name at all: the documentation has one for git, and Bearer for REST.
        Case::possible(&[OnGit, Bearer, Plain401])
            .any(&[AccessToken, OAuthToken, Jwt])
            .unless(&[AcceptedHere, Pair, PipelinesToken, ConnectJwt, SaysExpired]),
        // Who puts such a literal means a token, whatever it looks like.
        Case::possible(&[OnGit, Pair, OtherSecret, NearLiteral, Plain401]).unless(&[AcceptedHere]),
        Case::possible(&[OnGit, Pair, CutJwt, NotXTokenAuth, Plain401]).unless(&[AcceptedHere]),
    ],
    advice: &[
        Advice::when(
            &[NearLiteral],
            "Use x-token-auth, spelt exactly so and not {near}, as user name and the token as password.",
            "access token needs user name x-token-auth on git",
        ),
        Advice::always(
            "Use x-token-auth as user name and the token as password.",
            "access token needs user name x-token-auth on git",
        ),
    ],
    page: Page {
        what_happened: "git sent a repository, project or workspace access token, or an OAuth token, under a user name \
            that does not go with it, or as Bearer, without any.",
        why_it_fails: "These tokens belong to no person. On git the literal `x-token-auth` stands where a user name \
            would; other services have other literals (`oauth2`, `x-access-token`), which Bitbucket does not know.",
        fix: "- git: user name `x-token-auth`, in the steps below.\n\
            - CI and scripts: `GIT_ASKPASS=./token.sh git clone \
            https://x-token-auth@bitbucket.org/WORKSPACE/REPO.git`, where `token.sh` is an executable script of the \
            two lines `#!/bin/sh` and `printf '%s\\n' \"$TOKEN\"`.\n\
            - Jenkins: keep it as an access token, not as *Username with password*, and its plugin puts the name \
            before it.\n\
            - curl and Python on REST: Bearer, and no user name.\n\n\
            The token can stay. First let git's credential helper forget the old pair. Where no user name is \
            configured, this takes all that it has for the host; a line `username=NAME` before the empty one takes \
            only that:\n\n    printf 'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential reject\n\n\
            Then put the user name into the remote's address; there it wins over all settings, and git asks for the \
            token:\n\n    git remote set-url origin https://x-token-auth@bitbucket.org/WORKSPACE/REPO.git\n\n\
            For all clones of one repository, if their addresses hold no name:\n\n    git config --global \
            credential.https://bitbucket.org/WORKSPACE/REPO.git.username x-token-auth\n\n\
            Set for the whole host, the name would go out with API tokens of other repositories too. Several access \
            tokens on one machine: `git config --global credential.https://bitbucket.org.useHttpPath true` keeps one \
            per repository.",
        how_to_tell: "git itself says only `You may not have access to this repository or it no longer exists in this \
            workspace`, as for many other causes. API tokens (ATATT) have a literal of their own, \
            `x-bitbucket-api-token-auth`. On REST an access token goes as Bearer, without a user name.",
        sources: &["A10", "A26", "F4"],
    },
    doc: Some(links::ACCESS_TOKENS),
    outranks: &[One("empty-credentials")],
    fires: &[
        Example::git("Somebody's user name").pair("jane:{access_token}"),
        Example::git("Nearly right").pair("x-auth-token:{access_token}"),
        Example::git("The literal of another service").pair("oauth2:{access_token}"),
        Example::git("Nearly right, but for its case").pair("X-Token-Auth:{access_token}"),
        Example::git("No user name").pair(":{access_token}"),
        Example::git("An OAuth token").pair("jane:{oauth_token}"),
        Example::git("One of the newer kind").pair("jane:{jwt}"),
        Example::git("No access")
            .pair("jane:{access_token}")
            .status(404),
        Example::git("Cut as well")
            .pair("jane:{cut jwt}")
            .after(&["damaged-token"]),
        Example::git("As REST wants it, without a user name").field("Bearer {access_token}"),
        Example::git("A token of no known shape under a literal")
            .pair("oauth2:0123456789abcdef0123456789abcdef01234567"),
    ],
    silent: &[
        Example::git("A token of Pipelines is another mistake").pair("jane:{pipelines_jwt}"),
        Example::git("The right one").pair("x-token-auth:{access_token}"),
        Example::git("An API token has another literal").pair("jane:{api_token}"),
        Example::rest("Not git").pair("jane:{access_token}"),
    ],
    ..Rule::PLAIN
};
