//! Where a secret may stand: each place is one kind of canary.

use crate::support::mint;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};

/// What is done with a secret, which the function writes into what is sent.
pub enum Place {
    /// A field of a request in the tunnel: its name, and its value.
    Field(&'static str, fn(&str) -> String),
    /// A user-id of this value of `Authorization`: a secret only until `--show-user-ids` says otherwise.
    UserId(fn(&str) -> String),
    /// The request's target.
    Target(fn(&str) -> String),
    /// A request's body, and its type.
    Body(&'static str, fn(&str) -> String),
    /// A whole head in the tunnel, behind which the connection may end.
    Inside(fn(&str) -> String),
    /// The same on the proxy's own port.
    Port(fn(&str) -> String),
    /// The name in the ClientHello.
    ServerName(fn(&str) -> String),
    /// The origin's answer.
    Answer(fn(&str) -> String),
}

use Place::{Answer, Body, Field, Inside, Port, ServerName, Target, UserId};

/// One kind each.
pub const PLACES: &[Place] = &[
    Field("authorization", |s| mint::basic("jane", s)),
    Field("authorization", |s| mint::basic("jane@acme.com", s)),
    UserId(|s| mint::basic(s, "")),
    UserId(|s| mint::basic(s, "x")),
    UserId(|s| mint::basic(&format!("{s}@acme.com"), "x")),
    Field("authorization", |s| {
        mint::basic("jane", &format!("ATBB{s}"))
    }),
    Field("authorization", |s| format!("Bearer {s}")),
    Field("authorization", |s| format!("Bearer {}.{s}.{s}", jwt(s))),
    Field("authorization", |s| format!("Bearer jane:{s}")),
    Field("authorization", |s| format!("Basic {}%%", pair(s))),
    Field("authorization", |s| {
        format!("Basic {}", BASE64_STANDARD_NO_PAD.encode(format!("j:{s}")))
    }),
    Field("authorization", |s| format!("Basic jane:{s}")),
    Field("authorization", |s| format!("Basic {s}")),
    Field("authorization", str::to_owned),
    Field("authorization", |s| format!("Basic {}", twice(&pair(s)))),
    Field("authorization", |s| format!("Basic \"{}\"", pair(s))),
    Field("authorization", |s| format!("Basic Basic {}", pair(s))),
    Field("authorization", |s| mint::basic("jane", &format!("{s}\n"))),
    Field("authorization", |s| mint::basic("jane", &format!("'{s}'"))),
    Field("authorization", |s| {
        mint::basic("jane", &format!("{s}%40%2F"))
    }),
    Field("authorization", |s| {
        mint::basic("jane", &format!("\u{feff}{s}\u{202e}"))
    }),
    Field("authorization", |s| {
        format!("Basic {}", utf16(&format!("jane:{s}")))
    }),
    Field("authorization", |s| mint::basic("jane", &s.repeat(1_500))),
    Field("authorization", |s| {
        format!("Digest username=\"x\", response=\"{s}\"")
    }),
    Field("authorization", |s| {
        format!("OAuth oauth_token=\"{s}\", oauth_signature=\"{s}\"")
    }),
    Field("authorization", |s| format!("token {s}")),
    Field("authorization", |s| format!("{s} {s}")),
    Field("authorization", |s| {
        format!("Negotiate {}", BASE64_STANDARD.encode(s))
    }),
    Field("cookie", |s| {
        format!("session={s}; cloud.session.token={s}")
    }),
    Field("x-token", str::to_owned),
    Field("private-token", str::to_owned),
    Field("proxy-authorization", |s| mint::basic("proxy", s)),
    Field("referer", |s| {
        format!("https://jane:{s}@bitbucket.org/?access_token={s}")
    }),
    Field("via", |s| format!("1.1 {s}")),
    Field("connection", |s| format!("keep-alive, {s}")),
    Field("x-forwarded-for", str::to_owned),
    Field("traceparent", str::to_owned),
    Target(|s| format!("/2.0/user?access_token={s}")),
    Target(|s| format!("/2.0/user?x-token={s}&{s}={s}#{s}")),
    Target(|s| format!("/2.0/user?oauth_consumer_key={s}&oauth_signature={s}")),
    Body("application/x-www-form-urlencoded", |s| {
        format!("grant_type=refresh_token&refresh_token={s}&client_secret={s}")
    }),
    Body("application/json", |s| format!("{{\"password\":\"{s}\"}}")),
    Inside(|s| format!("{s} /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")),
    Inside(|s| format!("GET / HTTP/1.1\r\nHost: {s}.example\r\nAuthorization: Bearer {s}\r\n\r\n")),
    Inside(|s| {
        format!(
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic {s}\r\n {s}\r\n\r\n"
        )
    }),
    Inside(|s| {
        format!(
            "POST /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n\
             1\r\na\r\n0\r\nX-Sum: {s}\r\nAuthorization: {s}\r\n\r\n"
        )
    }),
    Port(|s| {
        connect(&format!(
            "Proxy-Authorization: {}\r\n",
            mint::basic("jane", s)
        ))
    }),
    Port(|s| {
        connect(&format!(
            "X-Field: {s}\r\nAuthorization: Bearer {s}\r\nCookie: a={s}\r\n"
        ))
    }),
    Port(|s| format!("CONNECT jane:{s}@api.bitbucket.org:443 HTTP/1.1\r\n\r\n")),
    Port(|s| {
        format!(
            "GET http://jane:{s}@127.0.0.1:1/?t={s} HTTP/1.1\r\nHost: 127.0.0.1:1\r\nAuthorization: {s}\r\n\r\n"
        )
    }),
    Port(|s| {
        format!(
            "GET https://j:{s}@api.bitbucket.org/2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
        )
    }),
    ServerName(|s| format!("{s}.example")),
    Answer(|s| {
        answer(
            &format!("WWW-Authenticate: Basic realm=\"{s}\", Bearer error=\"{s}\"\r\n"),
            "no",
        )
    }),
    Answer(|s| {
        answer(
            &format!("Set-Cookie: a={s}\r\nX-Auth-Diagnosis: {s}\r\nX-OAuth-Scopes: {s}\r\n"),
            "no",
        )
    }),
    Answer(|s| answer("Content-Type: application/json\r\n", &envelope(s))),
    Answer(|s| format!("HTTP/1.1 401 {s}\r\nContent-Length: {}\r\n\r\n{s}", s.len())),
    Answer(|s| {
        format!(
            "HTTP/1.1 302 Found\r\nLocation: https://id.atlassian.com/login?t={s}\r\nContent-Length: 0\r\n\r\n"
        )
    }),
    Answer(|s| {
        format!(
            "HTTP/1.1 401 No\r\nTrailer: X-A\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-A: {s}\r\n\r\n"
        )
    }),
];

fn pair(secret: &str) -> String {
    BASE64_STANDARD.encode(format!("jane:{secret}"))
}

fn twice(encoded: &str) -> String {
    BASE64_STANDARD.encode(encoded)
}

fn utf16(text: &str) -> String {
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    BASE64_STANDARD.encode(bytes)
}

/// The head of a JWT whose claims hold the secret, too.
fn jwt(secret: &str) -> String {
    let part = |text: &str| BASE64_STANDARD_NO_PAD.encode(text);
    let claims = format!("{{\"sub\":\"{secret}\",\"exp\":1700000000}}");
    format!("{}.{}", part("{\"alg\":\"HS256\"}"), part(&claims))
}

fn connect(fields: &str) -> String {
    format!("CONNECT api.bitbucket.org:443 HTTP/1.1\r\nHost: api.bitbucket.org:443\r\n{fields}\r\n")
}

fn answer(fields: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 401 Unauthorized\r\n{fields}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn envelope(secret: &str) -> String {
    format!(
        "{{\"type\":\"error\",\"error\":{{\"message\":\"{secret}\",\"detail\":{{\"required\":[\"{secret}\"],\"granted\":[\"{secret}\"]}}}}}}"
    )
}
