//! OAuth tokens as the token endpoint gives them out.

use super::jwt::jwt;
use super::secret::{new_id, new_secret};
use super::seed::seed;
use crate::credentials::mint::alphanumerics;
use crate::sandbox::credential::{Account, Credential, Kind, State};
use serde_json::json;
use time::{Duration, UtcDateTime};

/// What a token is made of.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The consumer's key.
    pub consumer: String,
    pub scopes: Vec<String>,
    /// Whom it acts for; nobody for a token of the consumer itself (A14).
    pub account: Option<Account>,
    /// The only workspace it reaches, for a token of the consumer itself.
    pub workspace: Option<String>,
}

/// An access token in the form of today, a JWT of more than 1,900 characters (A13).
pub fn access_token(grant: &Grant, now: UtcDateTime, lifetime: Duration) -> Credential {
    let claims = json!({
        "iss": "https://bitbucket.org",
        "sub": grant.account.as_ref().map_or(&grant.consumer, |account| &account.username),
        "aud": "https://api.bitbucket.org",
        "client_id": grant.consumer,
        "scope": grant.scopes.join(" "),
        "iat": now.unix_timestamp(),
        "exp": (now + lifetime).unix_timestamp(),
        "jti": alphanumerics(seed(), 32),
        // What fills the long ones is not known (H).
        "context": alphanumerics(seed(), 900),
    });
    let expires = Some(now + lifetime);
    given(grant, Kind::OauthAccessToken, jwt(&claims), expires)
}

/// An access token as consumers from before the change still get it: 92 characters without meaning (A13).
pub fn opaque_access_token(grant: &Grant, now: UtcDateTime, lifetime: Duration) -> Credential {
    let kind = Kind::OauthAccessToken;
    given(grant, kind, new_secret(kind), Some(now + lifetime))
}

/// Dies unused after three months (A12).
pub fn refresh_token(grant: &Grant, now: UtcDateTime) -> Credential {
    let kind = Kind::OauthRefreshToken;
    given(
        grant,
        kind,
        new_secret(kind),
        Some(now + Duration::days(91)),
    )
}

/// What an app gets when a person says yes. Nobody can say yes here, so there is one
/// from the start, without the ten minutes that others live (RFC 6749 4.1.2).
pub fn code(grant: &Grant) -> Credential {
    given(grant, Kind::OauthCode, alphanumerics(seed(), 18), None)
}

fn given(grant: &Grant, kind: Kind, secret: String, expires: Option<UtcDateTime>) -> Credential {
    let (username, email) = match &grant.account {
        Some(account) => (account.username.clone(), account.email.clone()),
        None => Default::default(),
    };
    Credential {
        username,
        email,
        scopes: grant.scopes.clone(),
        id: new_id(),
        workspace: grant.workspace.clone(),
        expires,
        consumer: Some(grant.consumer.clone()),
        ..Credential::new(kind, State::Good, secret)
    }
}
