//! Findings about the form of the credentials.

use super::entry::{Entry, Sent, call, exchange, record, rest};
use why401::sandbox::reading::Disputed;

pub const ENTRIES: &[Entry] = &[
    exchange(
        "authorization-nominated",
        rest()
            .pair("jdoe:{api_token}")
            .fields(&[("Connection", "authorization")]),
    ),
    exchange(
        "base64-line-wrapped",
        rest().sent(Sent::Wrapped(76, "j.doe@acme.example:{api_token}")),
    ),
    exchange(
        "basic-not-encoded",
        rest().field("Basic j.doe@acme.example:{api_token}"),
    ),
    exchange(
        "basic-without-user",
        rest().field("Basic {base64 api_token}"),
    ),
    exchange(
        "conflicting-credentials",
        call("GET https://api.bitbucket.org/2.0/user?access_token={oauth_access_token}")
            .pair("jdoe:{api_token}"),
    ),
    exchange(
        "double-encoded",
        rest().pair("j.doe@acme.example:{base64 api_token}"),
    ),
    exchange(
        "duplicate-scheme",
        rest().field("Bearer Bearer {repo_access_token}"),
    ),
    exchange("empty-credentials", rest().pair("j.doe@acme.example:")),
    exchange(
        "escaped-credentials",
        rest().pair("j.doe@acme.example:{escaped api_token}"),
    ),
    exchange(
        "invisible-characters",
        rest().pair("j.doe@acme.example:{api_token}\u{200b}"),
    ),
    exchange(
        "malformed-basic",
        rest().field("Basic {base64 unknown_password}"),
    ),
    exchange("masked-secret", rest().pair("j.doe@acme.example:********")),
    exchange("missing-scheme", rest().field("{repo_access_token}")),
    exchange("no-credentials", rest()),
    exchange(
        "non-ascii-credentials",
        rest().pair("jdoe:Straßenbahn-Füße"),
    )
    .after("account-password"),
    exchange(
        "oauth-token-in-query",
        call("GET https://api.bitbucket.org/2.0/user?access_token={oauth_access_token}"),
    ),
    exchange(
        "oauth1-signature",
        rest().field(
            r#"OAuth oauth_consumer_key="{key oauth_consumer}", oauth_signature="x", oauth_nonce="1""#,
        ),
    ),
    record(
        "plain-http",
        "No fact says what port 80 of Bitbucket answers, so the sandbox listens for TLS alone.",
        "\
* Connected to api.bitbucket.org (104.192.142.25) port 80
> GET /2.0/user HTTP/1.1
> Host: api.bitbucket.org
> User-Agent: curl/8.14.1
> Authorization: Bearer {unknown_access_token}
>
< HTTP/1.1 301 Moved Permanently
< Date: Tue, 24 Nov 2026 09:30:00 GMT
< Location: https://api.bitbucket.org/2.0/user
<
",
    ),
    exchange(
        "quoted-credentials",
        rest().pair("j.doe@acme.example:\"{api_token}\""),
    ),
    exchange(
        "repeated-authorization",
        rest()
            .pair("j.doe@acme.example:{api_token}")
            .fields(&[("Authorization", "Bearer {repo_access_token}")]),
    ),
    exchange("scheme-case", rest().field("bearer {repo_access_token}")),
    exchange(
        "text-around-token",
        rest().pair("j.doe@acme.example:jdoe:{api_token}"),
    ),
    exchange(
        "trailing-newline",
        rest().pair("j.doe@acme.example:{api_token}\n"),
    ),
    exchange(
        "unexpanded-placeholder",
        rest().pair("j.doe@acme.example:$BITBUCKET_TOKEN"),
    ),
    exchange("waits-for-challenge", rest().by("Java/21.0.5")).disputing(&[Disputed::B16]),
    exchange("wrong-scheme", rest().field("token {repo_access_token}")),
];
