//! Findings about whether the credential is alive.

use super::entry::{Call, Entry, Step, call, exchange, fetch, record, rest, token_request};
use time::macros::utc_datetime;

/// What spends a refresh token.
const REFRESH: Call = token_request("grant_type=refresh_token&refresh_token={oauth_refresh_token}")
    .pair("{key oauth_consumer}:{oauth_consumer}");
const OLD_TOKEN: Call = rest().pair("j.doe@acme.example:{api_token|revoked}");

pub const ENTRIES: &[Entry] = &[
    record(
        "account-locked",
        "Nobody has seen Bitbucket Cloud say it, so the sandbox has no such answer (E43).",
        "\
> GET /2.0/user HTTP/1.1
> Host: api.bitbucket.org
> User-Agent: curl/8.14.1
> Authorization: Bearer {unknown_access_token}
>
< HTTP/1.1 403 Forbidden
< Date: Tue, 24 Nov 2026 09:30:00 GMT
< Content-Type: text/plain
<
Your account has been locked. Log in at bitbucket.org and solve the CAPTCHA.
",
    ),
    exchange(
        "api-token-without-scopes",
        rest().pair("j.doe@acme.example:{api_token|unscoped}"),
    ),
    exchange("app-password-brownout", fetch().pair("jdoe:{app_password}"))
        .on(utc_datetime!(2026-06-17 12:05)),
    exchange("app-password-removed", fetch().pair("jdoe:{app_password}")),
    exchange(
        "damaged-token",
        rest().pair("j.doe@acme.example:{cut api_token}"),
    ),
    exchange(
        "legacy-api-token",
        rest().pair("j.doe@acme.example:{legacy_api_token}"),
    ),
    exchange(
        "netrc-overrides",
        rest()
            .by("python-requests/2.34.2")
            .pair("jdoe:{unknown_password}"),
    )
    .once(&[Step::Call(
        rest()
            .by("python-requests/2.34.2")
            .field("Bearer {repo_access_token}"),
    )])
    .after("account-password")
    .in_event(),
    exchange(
        "oauth-consumer-misconfigured",
        token_request("grant_type=client_credentials"),
    ),
    exchange("spent-refresh-token", REFRESH).once(&[Step::Call(REFRESH)]),
    exchange("stale-cached-credential", OLD_TOKEN)
        .once(&[
            Step::Call(OLD_TOKEN),
            Step::Minutes(1),
            Step::Call(rest().pair("j.doe@acme.example:{api_token}")),
        ])
        .after("api-token-without-scopes")
        .in_event(),
    exchange(
        "token-expired",
        rest().field("Bearer {oauth_access_token|expired}"),
    ),
    exchange(
        "token-request-not-form-encoded",
        call("POST https://bitbucket.org/site/oauth2/access_token")
            .pair("{key oauth_consumer}:{oauth_consumer}")
            .fields(&[("Content-Type", "application/json")])
            .body(r#"{"grant_type":"client_credentials"}"#),
    ),
    exchange(
        "token-revoked",
        rest().field("Bearer {workspace_access_token}"),
    )
    .once(&[
        Step::Call(rest().field("Bearer {workspace_access_token}")),
        Step::End("{workspace_access_token}"),
        Step::Minutes(60),
    ])
    .after("token-expired"),
    exchange(
        "wrong-secret",
        rest().field("Bearer {repo_access_token|revoked}"),
    ),
];
