//! Findings whose cause lies elsewhere.

use super::entry::{Entry, Step, call, exchange, fetch, observation, record, rest};
use time::macros::utc_datetime;
use why401::diagnosis::example::Example;
use why401::observation::Ending;

const HANDBOOK: super::entry::Call =
    call("GET https://api.bitbucket.org/2.0/repositories/acme/handbook");
const NO_EXCHANGE: &str = "The connection ends before there is an exchange; `distrust.rs` has real clients that end theirs so.";
const SUCCESS: &str = "The body of a success says it, and live nothing reads those.";

pub const ENTRIES: &[Entry] = &[
    exchange(
        "absolute-form-https",
        rest().pair("j.doe@acme.example:{api_token}").in_clear(),
    )
    .in_event(),
    record(
        "anonymous-ok",
        SUCCESS,
        "\
> GET /2.0/repositories/acme HTTP/1.1
> Host: api.bitbucket.org
> User-Agent: curl/8.14.1
>
< HTTP/1.1 200 OK
< Date: Tue, 24 Nov 2026 09:30:00 GMT
< Content-Type: application/json
<
{\"pagelen\":10,\"size\":0,\"page\":1,\"values\":[]}
",
    ),
    record(
        "bad-request",
        "Only its words tell it from a refusal, and live those of a 400 are not read on REST.",
        "\
> POST /2.0/repositories/acme/website/pullrequests HTTP/1.1
> Host: api.bitbucket.org
> User-Agent: curl/8.14.1
> Authorization: Bearer {unknown_access_token}
>
< HTTP/1.1 400 Bad Request
< Date: Tue, 24 Nov 2026 09:30:00 GMT
< Content-Type: application/json
<
{\"type\":\"error\",\"error\":{\"message\":\"Bad request\"}}
",
    ),
    exchange("challenge", fetch()),
    observation(
        "client-distrusts-ca",
        NO_EXCHANGE,
        Example::handshake("curl", Ending::UnknownCa),
    ),
    exchange(
        "credential-manager-probe",
        call("GET https://api.bitbucket.org/2.0/user")
            .by("Git-Credential-Manager/2.6.1 (Linux; x64) CLR/8.0.11")
            .pair("jdoe:{api_token}"),
    ),
    exchange(
        "endpoint-removed",
        call("GET https://api.bitbucket.org/2.0/workspaces").pair("j.doe@acme.example:{api_token}"),
    ),
    observation(
        "https-scheme-for-plain-proxy",
        NO_EXCHANGE,
        Example::handshake("HTTPS_PROXY begins with https://", Ending::OnPlainPort),
    ),
    record(
        "ignored-credentials",
        SUCCESS,
        "\
> GET /2.0/repositories/acme HTTP/1.1
> Host: api.bitbucket.org
> User-Agent: curl/8.14.1
> Authorization: bearer {unknown_access_token}
>
< HTTP/1.1 200 OK
< Date: Tue, 24 Nov 2026 09:30:00 GMT
< Content-Type: application/json
<
{\"pagelen\":10,\"size\":0,\"page\":1,\"values\":[]}
",
    ),
    exchange(
        "login-page-redirect",
        call("GET https://bitbucket.org/acme/website/get/main.tar.gz")
            .pair("x-token-auth:{oauth_access_token}"),
    ),
    record(
        "proxy-authentication",
        "It is the answer of a parent proxy, which the sandbox is not; `parent.rs` has the exchange.",
        "\
> CONNECT api.bitbucket.org:443 HTTP/1.1
> Host: api.bitbucket.org:443
> User-Agent: curl/8.14.1
>
< HTTP/1.1 407 Proxy Authentication Required
< Date: Tue, 24 Nov 2026 09:30:00 GMT
< Proxy-Authenticate: Basic realm=\"acme\"
<
",
    ),
    exchange("rate-limited", HANDBOOK)
        .on(utc_datetime!(2026-11-25 9:30))
        .once(&[Step::Calls(60, HANDBOOK)]),
    record(
        "redacted-record",
        "It is about the record itself: no exchange has it.",
        "\
> GET /2.0/user HTTP/1.1
> Host: api.bitbucket.org
> User-Agent: git/2.47.3
> Authorization: Basic <redacted>
>
< HTTP/1.1 401 Unauthorized
< Date: Tue, 24 Nov 2026 09:30:00 GMT
< WWW-Authenticate: Basic realm=\"Bitbucket.org HTTP\"
<
",
    ),
    exchange(
        "redirect-forwards-authorization",
        call("GET https://bbuseruploads.s3.amazonaws.com/1/app.zip?X-Amz-Signature=0a")
            .field("Bearer {repo_access_token}"),
    )
    .in_event(),
    exchange(
        "server-error",
        call("POST https://bitbucket.org/acme/website.git/info/lfs/objects/batch")
            .by("git-lfs/3.6.1 (GitHub; linux amd64; go 1.23)")
            .pair("jdoe:{api_token}"),
    )
    .in_event(),
    // A token that is ended right after it worked looks like the server's fault, of which the sandbox has none.
    exchange(
        "upstream-bug",
        rest().field("Bearer {workspace_access_token}"),
    )
    .once(&[
        Step::Call(rest().field("Bearer {workspace_access_token}")),
        Step::End("{workspace_access_token}"),
    ]),
    exchange(
        "wrong-endpoint",
        call("GET https://api.bitbucket.org/user").pair("j.doe@acme.example:{api_token}"),
    ),
    exchange(
        "wrong-path",
        call("GET https://api.bitbucket.org/2.0/repositories/acme/Web%20Site")
            .pair("j.doe@acme.example:{api_token}"),
    )
    .after("no-access"),
];
