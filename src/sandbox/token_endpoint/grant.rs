//! What each grant type needs before it gives a token.

use super::client::client;
use super::tokens;
use super::{CHANGE_3052, Refusal};
use crate::sandbox::Bitbucket;
use crate::sandbox::answer::Answer;
use crate::sandbox::call::Call;
use crate::sandbox::credential::{Account, Credential, Kind, State};
use crate::sandbox::form;
use crate::sandbox::reading::Disputed;
use crate::sandbox::store::oauth::Grant;
use crate::sandbox::world::WORKSPACE;
use http::header::AUTHORIZATION;
use std::sync::Arc;
use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};

/// The password grant ended with account passwords (C).
const NO_PASSWORDS: UtcDateTime = utc_datetime!(2022-03-01 0:00);

/// Answers by `grant_type`; an unknown one is told before the client is looked at (I8).
///
/// # Errors
/// What is wrong with the request.
pub(super) fn grant(call: &Call, form: &str, bitbucket: &Bitbucket) -> Result<Answer, Refusal> {
    let kind = form::value(form, "grant_type");
    let now = bitbucket.clock.now();
    match kind.as_deref() {
        Some("client_credentials") => client_credentials(call, form, bitbucket),
        Some("authorization_code") => authorization_code(call, form, bitbucket),
        Some("refresh_token") => refresh_token(call, form, bitbucket),
        Some("password") if now < NO_PASSWORDS => password(call, form, bitbucket),
        Some("urn:bitbucket:oauth2:jwt") => connect_jwt(call, bitbucket),
        other => Err(Refusal::new(
            "unsupported_grant_type",
            format!("Unsupported grant type: {}", other.unwrap_or("None")),
        )),
    }
}

/// For the consumer itself, if it can keep a secret (A14).
fn client_credentials(call: &Call, form: &str, bitbucket: &Bitbucket) -> Result<Answer, Refusal> {
    let consumer = client(call, form, bitbucket)?;
    if consumer.state == State::Public {
        return Err(Refusal::new(
            "invalid_grant",
            "Cannot use client_credentials with a consumer marked as \"public\".",
        ));
    }
    let grant = Grant {
        account: None,
        workspace: Some(WORKSPACE.to_owned()),
        ..of(&consumer, &consumer)
    };
    let refreshes = bitbucket.clock.now() < CHANGE_3052;
    Ok(tokens::give(
        bitbucket,
        &grant,
        "client_credentials",
        refreshes.then(|| tokens::refresh(bitbucket, &grant)),
    ))
}

/// A code is good for one token.
fn authorization_code(call: &Call, form: &str, bitbucket: &Bitbucket) -> Result<Answer, Refusal> {
    let consumer = client(call, form, bitbucket)?;
    let code = stored(form, "code", Kind::OauthCode, &consumer, bitbucket)
        .ok_or_else(|| Refusal::new("invalid_grant", "The specified code is not valid."))?;
    bitbucket.store.end(&code.secret, bitbucket.clock.now());
    let grant = of(&consumer, &code);
    Ok(tokens::give(
        bitbucket,
        &grant,
        "authorization_code",
        Some(tokens::refresh(bitbucket, &grant)),
    ))
}

/// One sentence for a spent, an outdated and a never-valid one (I5).
fn refresh_token(call: &Call, form: &str, bitbucket: &Bitbucket) -> Result<Answer, Refusal> {
    let consumer = client(call, form, bitbucket)?;
    let used = stored(
        form,
        "refresh_token",
        Kind::OauthRefreshToken,
        &consumer,
        bitbucket,
    )
    .ok_or_else(|| Refusal::new("invalid_request", "Invalid refresh_token"))?;
    let grant = of(&consumer, &used);
    let now = bitbucket.clock.now();
    let next = match now < CHANGE_3052 {
        true => used.secret.clone(),
        false => {
            let grace = match bitbucket.reading.otherwise(Disputed::I5) {
                true => Duration::minutes(10),
                false => Duration::ZERO,
            };
            bitbucket.store.end(&used.secret, now + grace);
            tokens::refresh(bitbucket, &grant)
        }
    };
    Ok(tokens::give(
        bitbucket,
        &grant,
        "authorization_code",
        Some(next),
    ))
}

fn password(call: &Call, form: &str, bitbucket: &Bitbucket) -> Result<Answer, Refusal> {
    let consumer = client(call, form, bitbucket)?;
    let name = form::value(form, "username").unwrap_or_default();
    let secret = form::value(form, "password").unwrap_or_default();
    let account = bitbucket.store.find(&secret).filter(|found| {
        found.kind == Kind::AccountPassword && [&found.username, &found.email].contains(&&name)
    });
    let account = account.ok_or_else(|| Refusal::new("invalid_grant", "Invalid password"))?;
    let grant = Grant {
        scopes: consumer.scopes.clone(),
        ..of(&consumer, &account)
    };
    Ok(tokens::give(
        bitbucket,
        &grant,
        "password",
        Some(tokens::refresh(bitbucket, &grant)),
    ))
}

/// Connect's swap (A16): the JWT that an app signed, under its own scheme.
fn connect_jwt(call: &Call, bitbucket: &Bitbucket) -> Result<Answer, Refusal> {
    let field = call.headers.get(AUTHORIZATION);
    let jwt = field
        .and_then(|field| field.to_str().ok())
        .and_then(|field| field.strip_prefix("JWT "));
    let app = jwt
        .and_then(|jwt| bitbucket.store.find(jwt))
        .filter(|found| found.kind == Kind::ConnectJwt && is_alive(found, bitbucket));
    let app =
        app.ok_or_else(|| Refusal::new("unauthorized_client", "Authentication must use app JWT"))?;
    let grant = Grant {
        account: None,
        ..of(&app, &app)
    };
    Ok(tokens::give(
        bitbucket,
        &grant,
        "urn:bitbucket:oauth2:jwt",
        None,
    ))
}

/// What the consumer may have: what it was granted before, or what it is registered with.
fn of(consumer: &Credential, granted: &Credential) -> Grant {
    Grant {
        consumer: consumer.username.clone(),
        scopes: granted.scopes.clone(),
        account: Some(Account {
            username: granted.username.clone(),
            email: granted.email.clone(),
        }),
        workspace: granted.workspace.clone(),
    }
}

/// A code or refresh token of this very consumer, still good.
fn stored(
    form: &str,
    parameter: &str,
    kind: Kind,
    consumer: &Credential,
    bitbucket: &Bitbucket,
) -> Option<Arc<Credential>> {
    let found = bitbucket.store.find(&form::value(form, parameter)?)?;
    // One that a file listed may be anybody's.
    let is_its_own = found
        .consumer
        .as_ref()
        .is_none_or(|key| *key == consumer.username);
    (found.kind == kind && is_its_own && is_alive(&found, bitbucket)).then_some(found)
}

fn is_alive(credential: &Credential, bitbucket: &Bitbucket) -> bool {
    credential.state == State::Good && !credential.is_past(bitbucket.clock.now())
}
