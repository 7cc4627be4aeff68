//! A request without credentials for something that is not public.

use crate::diagnosis::rule::prelude::*;
use crate::history::{Past, SecondLeg};

const MISSING: Past = Past {
    second_leg: SecondLeg::Missing,
    ..Past::NONE
};
const CAME: Past = Past {
    second_leg: SecondLeg::Came,
    ..MISSING
};

pub const RULE: Rule = Rule {
    slug: "no-credentials",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "No credentials were sent",
    summary: "The request carries no credentials, and what it asks for is not public.",
    cases: &[
        Case::proven(&[NoAuthorization, Plain401]).unless(&[ChallengerClient, Followed]),
        Case::proven(&[NoAuthorization, Plain401, NotFollowed]),
        Case::likely(&[NoAuthorization, Plain404, SaysAuthenticate]),
        Case::possible(&[NoAuthorization, Plain401, ChallengerClient]).unless(&[Followed]),
        Case::possible(&[NoAuthorization, OnRest]).any(&[Plain403, Plain404, Status429]),
        Case::possible(&[NoAuthorization, OnGit]).any(&[Plain403, Plain404, Status429]),
        Case::possible(&[NoAuthorization, OnWebsite]).any(&[Plain403, Plain404, Status429]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "No credentials came: give git a credential helper that has some for this host ({form}).",
            "no credentials were sent",
        ),
        Advice::always(
            "Configure credentials for this host, and make the client send them without waiting for a 401: none were sent.",
            "no credentials were sent",
        ),
    ],
    page: Page {
        what_happened: "The request has no Authorization field, and no token in the query either.",
        why_it_fails: "Private repositories and most of the API need credentials. Bitbucket answers anonymous requests \
            with 401, and often with 404 or 403, so that nobody can tell what exists.",
        fix: "Configure credentials for exactly this host. Clients that only answer a 401 (Java, wget, PowerShell) \
            need a switch to send them at once, because a 404 never asks for them.\n\n\
            - curl: a netrc entry wants `--netrc`.\n\
            - git: see what its helper has, as below.\n\
            - Jenkins: choose a credential in the job's repository setting.\n\
            - Python: `auth=` or a header on the session, not only on the first call.\n\n\
            After a redirect to another host clients drop the field on purpose.\n\n\
            This shows what git's credential helper has, without the secret:\n\n    printf \
            'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential fill | sed 's/^password=..*/password=set/'",
        how_to_tell: "git, wget and Java try once without credentials first: see `challenge`. It becomes this finding \
            when no second try follows.",
        sources: &["B16", "B23", "F1", "E28"],
    },
    doc: Some(links::AUTHENTICATION),
    fires: &[
        Example::rest("curl without any credentials"),
        Example::git("git had none to offer after the first 401").past(MISSING),
        Example::rest("A private repository, hidden behind a 404")
            .status(404)
            .body(HIDDEN),
        Example::git("git's first try").after(&["challenge"]),
        Example::git("A server that does not ask")
            .status(403)
            .body(ABSENT),
        Example::rest("An archive of a private repository")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
            .status(404),
        Example::rest("An answer that says as little as possible")
            .status(403)
            .body(r#"{"type":"error","error":{"message":"Forbidden"}}"#),
        Example::rest("Anonymous calls have a small allowance")
            .status(429)
            .after(&["rate-limited"]),
    ],
    silent: &[
        Example::git("git came back with credentials").past(CAME),
        Example::rest("Credentials are there").pair("me@acme.com:{api_token}"),
        Example::rest("A token travels in the query")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abc"),
        Example::rest("A public repository").status(200),
    ],
    ..Rule::PLAIN
};

const ABSENT: &str = "The requested repository either does not exist or you do not have access. If you believe this repository exists and you have access, make sure you're authenticated.";
const HIDDEN: &str = r#"{"type":"error","error":{"message":"You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated."}}"#;
