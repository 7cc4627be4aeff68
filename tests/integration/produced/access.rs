//! Findings about what the credential may do.

use super::entry::{Entry, Step, call, exchange, rest};

pub const ENTRIES: &[Entry] = &[
    exchange(
        "access-token-outside-its-resource",
        call("GET https://api.bitbucket.org/2.0/repositories/acme/deployment")
            .field("Bearer {repo_access_token}"),
    )
    .once(&[Step::Call(rest().field("Bearer {repo_access_token}"))]),
    exchange(
        "branch-restriction",
        call(
            "POST https://api.bitbucket.org/2.0/repositories/acme/deployment/pullrequests/9/merge",
        )
        .pair("j.doe@acme.example:{api_token}"),
    ),
    exchange(
        "no-access",
        call("GET https://api.bitbucket.org/2.0/repositories/globex/vault")
            .pair("j.doe@acme.example:{api_token}"),
    ),
    exchange(
        "plan-limit",
        call(
            "GET https://bitbucket.org/acme-labs/prototype.git/info/refs?service=git-receive-pack",
        )
        .by("git/2.47.3")
        .pair("jdoe:{api_token}"),
    ),
    exchange(
        "scope-missing",
        call("GET https://api.bitbucket.org/2.0/user")
            .pair("j.doe@acme.example:{api_token|no scope for users}"),
    ),
    exchange(
        "workspace-policy",
        call("GET https://bitbucket.org/acme-bank/ledger.git/info/refs?service=git-upload-pack")
            .by("git/2.47.3")
            .pair("jdoe:{api_token}"),
    ),
    exchange(
        "write-scope-without-read",
        rest().pair("j.doe@acme.example:{api_token|writes only}"),
    ),
];
