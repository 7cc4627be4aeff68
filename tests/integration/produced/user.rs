//! Findings about the user name before the secret.

use super::entry::{Entry, Step, exchange, fetch, rest};
use time::macros::utc_datetime;

pub const ENTRIES: &[Entry] = &[
    exchange(
        "access-token-with-wrong-git-user",
        fetch().pair("jdoe:{repo_access_token}"),
    ),
    exchange(
        "api-token-with-email-on-git",
        fetch().pair("j.doe@acme.example:{api_token}"),
    ),
    exchange("api-token-with-username", rest().pair("jdoe:{api_token}")),
    exchange(
        "app-password-with-email",
        rest().pair("j.doe@acme.example:{app_password}"),
    )
    .on(utc_datetime!(2025-10-01 9:30)),
    exchange(
        "email-of-another-account",
        rest().pair("j.doe@acme.example:{api_token|other_account}"),
    )
    .after("api-token-without-scopes"),
    exchange(
        "git-user-on-rest",
        rest().pair("x-bitbucket-api-token-auth:{api_token}"),
    ),
    exchange("git-wrong-username", fetch().pair("JaneDoe:{api_token}"))
        .after("api-token-without-scopes")
        // The field has room for three.
        .in_event(),
    exchange(
        "swapped-halves",
        rest().pair("{api_token}:j.doe@acme.example"),
    ),
    exchange(
        "token-label-as-user",
        rest().pair("my ci token:{app_password}"),
    )
    .on(utc_datetime!(2025-10-01 9:30)),
    exchange(
        "uuid-as-user",
        rest().pair("557058:3b0e6a52-7c1d-4f0e-9a55-0d6f6b1c2e31:{api_token}"),
    ),
    exchange("workspace-as-user", rest().pair("acme:{app_password}"))
        .on(utc_datetime!(2025-10-01 9:30)),
    exchange("wrong-user", rest().pair("janedoe:{app_password}"))
        .on(utc_datetime!(2025-10-01 9:30))
        .once(&[Step::Call(rest().pair("jdoe:{app_password}"))]),
    exchange(
        "x-token-auth-with-api-token",
        fetch().pair("x-token-auth:{api_token}"),
    ),
];
