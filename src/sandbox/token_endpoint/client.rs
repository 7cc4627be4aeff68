//! Which consumer asks: by Basic, or by two parameters of the form (RFC 6749 2.3.1).

use super::Refusal;
use crate::sandbox::Bitbucket;
use crate::sandbox::call::Call;
use crate::sandbox::credential::{Credential, Kind, State};
use crate::sandbox::form;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use std::sync::Arc;

/// The consumer that these credentials belong to.
///
/// # Errors
/// B27's words for wrong ones, and for none.
pub(super) fn client(
    call: &Call,
    form: &str,
    bitbucket: &Bitbucket,
) -> Result<Arc<Credential>, Refusal> {
    let in_form = || {
        Some((
            form::value(form, "client_id")?,
            form::value(form, "client_secret")?,
        ))
    };
    let (key, secret) = basic(call).or_else(in_form).ok_or_else(|| {
        Refusal::new(
            "unauthorized_client",
            "Requests must be authenticated using OAuth client credentials",
        )
    })?;
    let consumer = bitbucket.store.find(&secret).filter(|found| {
        let is_consumer = found.kind == Kind::OauthConsumer && found.username == key;
        is_consumer && matches!(found.state, State::Good | State::Public)
    });
    consumer.ok_or_else(|| Refusal::new("unauthorized_client", "Invalid OAuth client credentials"))
}

fn basic(call: &Call) -> Option<(String, String)> {
    let field = call.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, value) = field.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    let (key, secret) = pair.split_once(':')?;
    Some((key.to_owned(), secret.to_owned()))
}
