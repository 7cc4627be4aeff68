//! Findings about the kind of secret, and the scheme and place it goes with.

use super::entry::{Entry, call, exchange, fetch, rest};
use time::macros::utc_datetime;

pub const ENTRIES: &[Entry] = &[
    exchange(
        "access-token-on-user-endpoint",
        call("GET https://api.bitbucket.org/2.0/user").field("Bearer {repo_access_token}"),
    ),
    exchange("account-password", fetch().pair("jdoe:{account_password}")),
    exchange(
        "auth-method-unsupported-for-endpoint",
        call("PUT https://api.bitbucket.org/2.0/addon").pair("j.doe@acme.example:{api_token}"),
    ),
    exchange(
        "basic-with-access-token",
        rest().pair("j.doe@acme.example:{repo_access_token}"),
    ),
    exchange("bearer-with-api-token", rest().field("Bearer {api_token}")),
    exchange(
        "bearer-with-app-password",
        rest().field("Bearer {app_password}"),
    )
    .on(utc_datetime!(2025-10-01 9:30)),
    exchange(
        "bearer-with-basic-pair",
        rest().field("Bearer j.doe@acme.example:{api_token}"),
    ),
    exchange(
        "data-center-token",
        rest().field("Bearer {data_center_token}"),
    ),
    exchange(
        "oauth-consumer-as-basic",
        rest().pair("{key oauth_consumer}:{oauth_consumer}"),
    ),
    exchange(
        "pipelines-oidc-token",
        rest().field("Bearer {pipelines_oidc_token}"),
    ),
    exchange("private-key-as-secret", fetch().pair("jdoe:{private_key}")),
    exchange(
        "wrong-host",
        call("GET https://bitbucket.org/api/2.0/user").field("Bearer {oauth_access_token}"),
    ),
    exchange(
        "wrong-product-token",
        rest().pair("j.doe@acme.example:{api_token|other_product}"),
    )
    .after("api-token-without-scopes")
    // The field has room for three.
    .in_event(),
    exchange("wrong-vendor-token", rest().field("Bearer {github_token}")),
];
