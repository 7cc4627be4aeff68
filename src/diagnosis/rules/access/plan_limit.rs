//! The workspace has more users than its plan allows.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "plan-limit",
    family: Family::Access,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "The plan's user limit is exceeded",
    summary: "The workspace has more users than its plan allows and is read-only until that changes.",
    cases: &[
        Case::proven(&[Status402]).any(&[OnRest, OnGit]),
        Case::proven(&[SaysUserLimit]),
    ],
    advice: &[Advice::always(
        "Ask an administrator of the workspace to remove users or change its plan. The credential is not at fault.",
        "plan limit reached, not a credential fault",
    )],
    page: Page {
        what_happened: "The server answered 402: the workspace is over the user limit of its plan.",
        why_it_fails: "Above the limit private repositories can be read but not written, whoever asks.",
        fix: "An administrator removes users from the workspace or chooses a larger plan; nothing changes for clients.",
        how_to_tell: "Reading still works with the same credential, and every member meets the same answer. A missing \
            scope is a 403 and names the scope.",
        sources: &["B25"],
    },
    gate: &[Status402, SaysUserLimit],
    fires: &[
        Example::git("A push")
            .call("POST https://bitbucket.org/acme/site.git/git-receive-pack")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(402),
        Example::rest("Whatever the credential looks like")
            .pair("jane:{cut api_token}")
            .status(402),
        Example::git("By the words alone, as git prints them")
            .call("POST https://bitbucket.org/acme/site.git/git-receive-pack")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(403)
            .body("remote: [ALERT] Your push failed because the account 'acme' has exceeded its\nremote: [ALERT] user limit and this repository is restricted to read-only access."),
    ],
    silent: &[Example::rest("Refused for another reason").pair("jane:{api_token}")],
    ..Rule::PLAIN
};
