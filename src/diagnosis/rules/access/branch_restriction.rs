//! A branch that not everybody may write to.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "branch-restriction",
    family: Family::Access,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "A branch restriction forbids the change",
    summary: "The credential works; a restriction or hook of the repository keeps this account from changing the branch.",
    cases: &[
        Case::proven(&[SaysBranchRestricted]),
        Case::possible(&[Succeeded, SaysHookDeclined]),
    ],
    advice: &[Advice::always(
        "Open a pull request, or ask an administrator for an exception in the branch restrictions; keep the credential.",
        "a branch restriction, not a credential fault",
    )],
    page: Page {
        what_happened: "The server refused to change a branch: in the body of a REST answer, or to git inside a 200.",
        why_it_fails: "Repositories restrict who may push to a branch, delete it or rewrite it, and may ask for pull \
            requests. The rule is about the account and the branch, not about how somebody logs in.",
        fix: "Push to another branch and open a pull request, or ask an administrator to add this account, in CI and \
            Jenkins the one of the token, to the restriction. Nothing changes in git, curl or Python.",
        how_to_tell: "REST says `BRANCH_PERMISSION_VIOLATED`. git says `pre-receive hook declined`, which other hooks say as \
            well: the lines above it name the rule. A missing scope is a 403 of the whole request.",
        sources: &["I9"],
    },
    doc: None,
    gate: &[SaysBranchRestricted],
    fires: &[
        Example::rest("A merge that a restriction forbids")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests/7/merge")
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(r#"{"error":{"message":"BRANCH_PERMISSION_VIOLATED"}}"#),
        Example::git("A push")
            .call("POST https://bitbucket.org/acme/site.git/git-receive-pack")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(200)
            .body("000eunpack ok\n003eng refs/heads/main pre-receive hook declined\n0000"),
    ],
    silent: &[
        Example::git("A push that went through")
            .call("POST https://bitbucket.org/acme/site.git/git-receive-pack")
            .pair("x-bitbucket-api-token-auth:{api_token}")
            .status(200)
            .body("000eunpack ok\n0019ok refs/heads/main\n0000"),
        Example::rest("Another refusal")
            .pair("me@acme.com:{api_token}")
            .status(403),
    ],
    ..Rule::PLAIN
};
