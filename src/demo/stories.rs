//! The stories, in the order in which they are told. A finding that is new needs one entry here.

use super::request::{PUSH, Sent, Tool};
use super::story::Story;
use crate::credentials::mint;
use crate::sandbox::credential::{Credential, Kind::*, State::*};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::UtcDateTime;
use time::macros::utc_datetime;

/// App passwords worked, and there was no word of brownouts.
const IN_2025: UtcDateTime = utc_datetime!(2025-10-01 9:00);
/// C4.
const IN_A_BROWNOUT: UtcDateTime = utc_datetime!(2026-06-17 12:05);
/// B26.
const ANONYMOUS_CALLS_AN_HOUR: u32 = 60;

const PULL_REQUESTS: &str = "/2.0/repositories/acme/website/pullrequests";

pub const STORIES: &[Story] = &[
    // A right token in the wrong company: mostly the same bare 401.
    Story::rest(
        "api-token-with-username",
        "The app password was replaced by an API token, the user name was not.",
    )
    .sending(|it| Sent::basic(&it.username, &it.secret)),
    Story::rest(
        "api-token-without-scopes",
        "The token was made with the button beside the right one: no scopes.",
    )
    .holding(ApiToken, Unscoped)
    .with(Tool::Requests)
    .sending(email_and_secret),
    Story::rest(
        "api-token-without-scopes",
        "The token is a year old, and expired.",
    )
    .holding(ApiToken, Expired)
    .sending(email_and_secret),
    Story::rest(
        "api-token-without-scopes",
        "The token belongs to a colleague, the email does not.",
    )
    .holding(ApiToken, OtherAccount)
    .sending(email_and_secret),
    Story::rest(
        "damaged-token",
        "A prompt cut the token after 128 characters.",
    )
    .sending(|it| Sent::basic(&it.email, it.secret.get(..128).unwrap_or_default())),
    Story::rest(
        "account-password",
        "A script still has the password of the account.",
    )
    .holding(AccountPassword, Good)
    .sending(email_and_secret),
    Story::rest(
        "app-password-removed",
        "A job that nobody has touched since 2024.",
    )
    .holding(AppPassword, Good)
    .with(Tool::Requests)
    .sending(|it| Sent::basic(&it.username, &it.secret)),
    Story::rest(
        "basic-with-access-token",
        "A repository access token, in a form that asks for user and password.",
    )
    .holding(RepoAccessToken, Good)
    .with(Tool::Requests)
    .sending(|it| Sent::basic("jdoe", &it.secret)),
    Story::rest(
        "bearer-with-api-token",
        "The API token goes as Bearer, as other services want it.",
    )
    .sending(bearer),
    Story::rest(
        "git-user-on-rest",
        "A script took the user name from git's remote.",
    )
    .sending(|it| Sent::basic("x-bitbucket-api-token-auth", &it.secret)),
    Story::rest("swapped-halves", "Two variables in the wrong order.")
        .with(Tool::Requests)
        .sending(|it| Sent::basic(&it.secret, &it.email)),
    Story::rest(
        "wrong-vendor-token",
        "The variable holds the token for GitHub.",
    )
    .sending(|_| Sent::Bearer(mint::github_token(1))),
    Story::rest(
        "token-expired",
        "An OAuth token was stored: it is good for an hour.",
    )
    .holding(OauthAccessToken, Expired)
    .with(Tool::Requests)
    .sending(bearer),
    Story::rest(
        "wrong-secret",
        "The access token was revoked when its maker left the team.",
    )
    .holding(RepoAccessToken, Revoked)
    .sending(bearer),
    // The form of the field.
    Story::rest(
        "no-credentials",
        "The variable that holds the header is empty in CI.",
    )
    .get("/2.0/user"),
    Story::rest(
        "empty-credentials",
        "The variable that holds the token is empty in CI.",
    )
    .sending(|it| Sent::basic(&it.email, "")),
    Story::rest(
        "unexpanded-placeholder",
        "Single quotes kept the shell from filling in the token.",
    )
    .sending(|it| Sent::basic(&it.email, "$BITBUCKET_TOKEN")),
    Story::rest("trailing-newline", "echo, not printf, went into base64.")
        .sending(|it| Sent::basic(&it.email, &format!("{}\n", it.secret))),
    Story::rest(
        "basic-not-encoded",
        "The header was put together without base64.",
    )
    .sending(|it| Sent::AsWritten(format!("Basic {}:{}", it.email, it.secret))),
    Story::rest("basic-without-user", "The token alone went into base64.")
        .sending(|it| Sent::AsWritten(format!("Basic {}", STANDARD.encode(&it.secret)))),
    Story::rest("missing-scheme", "The header holds the token alone.")
        .holding(RepoAccessToken, Good)
        .sending(|it| Sent::AsWritten(it.secret.clone())),
    Story::rest(
        "duplicate-scheme",
        "The variable holds `Bearer` already, and the client adds one.",
    )
    .holding(RepoAccessToken, Good)
    .sending(|it| Sent::AsWritten(format!("Bearer Bearer {}", it.secret))),
    Story::rest(
        "quoted-credentials",
        "The token came out of a file with its quotes.",
    )
    .sending(|it| Sent::basic(&it.email, &format!("\"{}\"", it.secret))),
    Story::rest(
        "escaped-credentials",
        "The token was escaped for a URL, and stands in no URL.",
    )
    .sending(|it| Sent::basic(&it.email, &it.secret.replace('=', "%3D"))),
    Story::rest(
        "double-encoded",
        "The value of a Kubernetes secret, not decoded.",
    )
    .sending(|it| Sent::basic(&it.email, &STANDARD.encode(&it.secret))),
    Story::rest("malformed-basic", "The user name alone went into base64.")
        .sending(|it| Sent::AsWritten(format!("Basic {}", STANDARD.encode(&it.email)))),
    // git has rules of its own.
    Story::git(
        "api-token-with-email-on-git",
        "The pair that works for REST was given to git.",
    )
    .sending(email_and_secret),
    Story::git(
        "access-token-with-wrong-git-user",
        "An access token under the user name of GitHub's tokens.",
    )
    .holding(RepoAccessToken, Good)
    .sending(|it| Sent::basic("x-access-token", &it.secret)),
    Story::git(
        "x-token-auth-with-api-token",
        "An API token under the user name of access tokens.",
    )
    .sending(|it| Sent::basic("x-token-auth", &it.secret)),
    Story::git("bearer-with-api-token", "git with an extra header: Bearer.").sending(bearer),
    Story::git(
        "app-password-removed",
        "The credential helper still has the app password.",
    )
    .holding(AppPassword, Good)
    .sending(|it| Sent::basic(&it.username, &it.secret)),
    Story::git(
        "challenge",
        "git's first try, as on every clone; logs are full of it.",
    ),
    Story::rest(
        "credential-manager-probe",
        "Git Credential Manager tests what it keeps for git, on REST.",
    )
    .get("/2.0/user")
    .with(Tool::CredentialManager)
    .sending(|it| Sent::basic(&it.username, &it.secret)),
    // Credentials that are known, and may not do this.
    Story::rest(
        "scope-missing",
        "The API token can read repositories, not pull requests.",
    )
    .get(PULL_REQUESTS)
    .holding_scopes(ApiToken, &["read:repository:bitbucket"])
    .sending(email_and_secret),
    Story::rest(
        "scope-missing",
        "A tool tests the login first, and the token cannot read users.",
    )
    .get("/2.0/user")
    .holding_scopes(ApiToken, &["read:repository:bitbucket"])
    .sending(email_and_secret),
    Story::rest(
        "scope-missing",
        "The OAuth consumer was registered for accounts alone.",
    )
    .holding_scopes(OauthAccessToken, &["account"])
    .sending(bearer),
    Story::rest(
        "scope-missing",
        "The access token can read code, not pull requests.",
    )
    .get(PULL_REQUESTS)
    .holding_scopes(RepoAccessToken, &["repository"])
    .sending(bearer),
    Story::rest("scope-missing", "No access token can ever read snippets.")
        .get("/2.0/snippets/acme")
        .holding(WorkspaceAccessToken, Good)
        .sending(bearer),
    Story::rest(
        "write-scope-without-read",
        "The API token can write, which does not include reading.",
    )
    .holding_scopes(ApiToken, &["write:repository:bitbucket"])
    .sending(email_and_secret),
    Story::rest(
        "access-token-on-user-endpoint",
        "A tool asks who it is, and the access token is nobody's.",
    )
    .get("/2.0/user")
    .holding(RepoAccessToken, Good)
    .sending(bearer),
    Story::git(
        "scope-missing",
        "The API token can clone, and now it shall push.",
    )
    .get(PUSH)
    .holding_scopes(ApiToken, &["read:repository:bitbucket"])
    .sending(|it| Sent::basic(&it.username, &it.secret)),
    // Not the credential's fault.
    Story::rest("endpoint-removed", "A tool lists all workspaces first.")
        .get("/2.0/workspaces")
        .sending(email_and_secret),
    Story::rest("wrong-endpoint", "The address lacks the API's version.")
        .get("/user")
        .sending(email_and_secret),
    Story::rest(
        "wrong-endpoint",
        "Single quotes kept the shell from filling in the workspace.",
    )
    .get("/2.0/repositories/$WORKSPACE/website")
    .sending(email_and_secret),
    Story::rest(
        "rate-limited",
        "A dashboard asks for something public all day, without credentials.",
    )
    .get("/2.0/repositories/acme/handbook")
    .on(utc_datetime!(2026-11-25 9:30))
    .after(ANONYMOUS_CALLS_AN_HOUR),
    // What the date decides.
    Story::rest(
        "app-password-with-email",
        "2025: an app password, under the email that API tokens go with.",
    )
    .on(IN_2025)
    .holding(AppPassword, Good)
    .sending(email_and_secret),
    Story::rest(
        "token-label-as-user",
        "2025: a form asked for a name, and got that of the app password.",
    )
    .on(IN_2025)
    .holding(AppPassword, Good)
    .sending(|it| Sent::basic("ci deploy token", &it.secret)),
    Story::rest(
        "app-password-brownout",
        "June 2026: it worked a minute ago.",
    )
    .on(IN_A_BROWNOUT)
    .holding(AppPassword, Good)
    .sending(|it| Sent::basic(&it.username, &it.secret)),
    Story::git("app-password-brownout", "June 2026: and git stops, too.")
        .on(IN_A_BROWNOUT)
        .holding(AppPassword, Good)
        .sending(|it| Sent::basic(&it.username, &it.secret)),
];

fn email_and_secret(it: &Credential) -> Sent {
    Sent::basic(&it.email, &it.secret)
}

fn bearer(it: &Credential) -> Sent {
    Sent::Bearer(it.secret.clone())
}
