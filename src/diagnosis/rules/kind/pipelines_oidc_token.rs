//! The token by which a pipeline proves itself to others.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];

pub const RULE: Rule = Rule {
    slug: "pipelines-oidc-token",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "A pipeline's OIDC token is not for Bitbucket itself",
    summary: "The JWT was issued by Bitbucket Pipelines to prove a step to other services; Bitbucket does not take it.",
    cases: &[
        Case::likely(&[PipelinesToken, Plain401])
            .any(ON)
            .unless(&[AcceptedHere]),
        Case::possible(&[PipelinesToken, Refused])
            .any(ON)
            .unless(&[AcceptedHere]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Use a repository access token from a secured variable as x-token-auth:TOKEN: the OIDC token is for other services.",
            "an OIDC token is for other services",
        ),
        Advice::always(
            "Send a repository access token from a secured variable, Bearer TOKEN: the step's OIDC token is for other services.",
            "an OIDC token is for other services",
        ),
    ],
    page: Page {
        what_happened: "The token is a JWT, and its issuer is the identity provider of Bitbucket Pipelines: it comes from \
            `BITBUCKET_STEP_OIDC_TOKEN`.",
        why_it_fails: "With this token a step proves to a cloud provider which repository it runs for. No page says that \
            Bitbucket's own API takes it, and it names no scopes for it.",
        fix: "Create a repository access token with the scopes that the step needs and keep it as a secured \
            variable.\n\n\
            - REST (curl, Python): `Bearer TOKEN`.\n\
            - git: `x-token-auth` as user name.\n\n\
            Within a pipeline git is signed in for its own repository already. Jenkins has no such token.",
        how_to_tell: "The issuer in the claims tells it apart from OAuth tokens, which are JWTs too. Nothing was verified, so \
            it is likely.",
        sources: &["A18"],
    },
    doc: Some(links::ACCESS_TOKENS),
    outranks: &[
        One("token-expired"),
        One("wrong-scheme"),
        One("account-password"),
    ],
    fires: &[
        Example::rest("As Bearer").field("Bearer {pipelines_jwt}"),
        Example::git("On git").pair("x-token-auth:{pipelines_jwt}"),
        Example::rest("Behind a 404")
            .field("Bearer {pipelines_jwt}")
            .status(404),
    ],
    silent: &[
        Example::rest("An OAuth token").field("Bearer {jwt}"),
        Example::rest("A service that it was made for")
            .call("POST https://sts.acme.com/")
            .field("Bearer {pipelines_jwt}"),
    ],
    ..Rule::PLAIN
};
