//! Exchanges as they went over the wire, each story named after a finding that it brings.

use crate::credentials::mint;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::UtcDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};
use time::macros::utc_datetime;

/// A Tuesday, when app passwords were gone.
pub const START: UtcDateTime = utc_datetime!(2026-11-24 16:40:12);

pub struct Story {
    pub name: &'static str,
    pub calls: Vec<Call>,
}

/// A request and its answer.
#[derive(Clone)]
pub struct Call {
    pub method: &'static str,
    pub host: &'static str,
    /// With the query.
    pub target: String,
    /// Without `Host`.
    pub fields: Vec<(&'static str, String)>,
    pub status: u16,
    pub reason: &'static str,
    pub answer: Vec<(&'static str, String)>,
    pub body: &'static str,
}

const CHALLENGE: &str = "Basic realm=\"Bitbucket.org HTTP\"";

/// A call of REST, refused.
pub fn rest(field: &str) -> Call {
    let mut call = Call {
        method: "GET",
        host: "api.bitbucket.org",
        target: "/2.0/repositories/acme/site".to_owned(),
        fields: vec![
            ("User-Agent", "curl/8.14.1".to_owned()),
            ("Accept", "*/*".to_owned()),
        ],
        status: 401,
        reason: "Unauthorized",
        answer: vec![
            ("Server", "AtlassianEdge".to_owned()),
            ("WWW-Authenticate", CHALLENGE.to_owned()),
        ],
        body: "",
    };
    if !field.is_empty() {
        call.fields.push(("Authorization", field.to_owned()));
    }
    call
}

fn git(field: &str) -> Call {
    let mut call = rest(field);
    call.host = "bitbucket.org";
    call.target = "/acme/site.git/info/refs?service=git-upload-pack".to_owned();
    call.fields[0].1 = "git/2.47.3".to_owned();
    call
}

impl Call {
    fn answered(mut self, status: u16, reason: &'static str, body: &'static str) -> Self {
        if status != 401 {
            self.answer.truncate(1);
        }
        Self {
            status,
            reason,
            body,
            ..self
        }
    }

    fn to(mut self, target: &str) -> Self {
        self.target = target.to_owned();
        self
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.answer.push((name, value.to_owned()));
        self
    }
}

/// When a call came; a second apart.
pub fn dated(place: usize) -> (String, String) {
    let date = START.saturating_add(time::Duration::seconds(i64::try_from(place).unwrap()));
    let utc = date.to_offset(time::UtcOffset::UTC);
    let http = utc.format(&Rfc2822).unwrap().replace("+0000", "GMT");
    (utc.format(&Rfc3339).unwrap(), http)
}

fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

/// Of every kind of evidence: form of the field, kind of secret, user, words of the server, other calls.
pub fn stories() -> Vec<Story> {
    let (token, access) = (mint::api_token(1), mint::access_token(1));
    let good = basic(&format!("jane@acme.com:{token}"));
    let one = |name, call: Call| Story {
        name,
        calls: vec![call],
    };
    vec![
        one(
            "api-token-with-username",
            rest(&basic(&format!("jane:{token}"))),
        ),
        one("bearer-with-api-token", rest(&format!("Bearer {token}"))),
        one(
            "basic-with-access-token",
            rest(&basic(&format!("jane:{access}"))),
        ),
        one("quoted-credentials", rest(&format!("Bearer \"{access}\""))),
        one("quoted-credentials", rest(&format!("Bearer '{access}'"))),
        one(
            "invisible-characters",
            rest(&format!("Bearer \u{200b}{access}")),
        ),
        one("missing-scheme", rest(&access)),
        one(
            "token-expired",
            rest(&format!("Bearer {}", mint::jwt_until(1_700_000_000, 1))),
        ),
        one(
            "no-credentials",
            rest("").answered(404, "Not Found", HIDDEN),
        ),
        one(
            "app-password-removed",
            rest(&basic(&format!("jane:{}", mint::app_password(1)))).answered(410, "Gone", ENDED),
        ),
        one(
            "scope-missing",
            rest(&good)
                .answered(403, "Forbidden", LACKING)
                .with("X-Credential-Type", "api_token"),
        ),
        one(
            "rate-limited",
            rest("").answered(
                429,
                "Too Many Requests",
                "Rate limit for this resource has been exceeded",
            ),
        ),
        one(
            "oauth-token-in-query",
            rest("").to(&format!("/2.0/user?access_token={access}")),
        ),
        one(
            "account-password",
            git(&basic("jane:correct horse battery")).answered(401, "Unauthorized", ACCOUNT),
        ),
        one(
            "proxy-authentication",
            Call {
                method: "CONNECT",
                ..rest("").to("api.bitbucket.org:443").answered(
                    407,
                    "Proxy Authentication Required",
                    "",
                )
            },
        ),
        Story {
            name: "challenge",
            calls: vec![git(""), git(&basic(&format!("jane@acme.com:{token}")))],
        },
        Story {
            name: "upstream-bug",
            calls: vec![
                rest(&good)
                    .answered(200, "OK", "{\"values\": []}")
                    .with("X-Credential-Type", "api_token"),
                rest(&good),
            ],
        },
        one("no-credentials", git("")),
    ]
}

const HIDDEN: &str = r#"{"type": "error", "error": {"message": "You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated."}}"#;
const ENDED: &str = r#"{"type": "error", "error": {"message": "App passwords are deprecated and must be replaced with API tokens. CHANGE-3222"}}"#;
const LACKING: &str = r#"{"type": "error", "error": {"message": "Your credentials lack one or more required privilege scopes.", "detail": {"granted": ["read:user:bitbucket"], "required": ["read:repository:bitbucket"]}}}"#;
const ACCOUNT: &str =
    "Bitbucket Cloud recently stopped supporting account passwords for Git authentication.";
