//! Fills the places of a fix and a reason with the few values that evidence holds.

use crate::evidence::{Evidence, Signal};
use std::borrow::Cow;

/// The longest fix, in ASCII characters.
pub const FIX_LIMIT: usize = 140;
/// The longest reason, in ASCII characters: it shares 80 with the standard phrase and our name.
pub const REASON_LIMIT: usize = 50;

/// Fills `{form}`, `{api_token_form}`, `{length}`, `{near}`, `{vendor}`, `{replacement}` and `{missing}`; all of our own lists, or counts.
/// `{missing}` takes what room is left: every scope, or the first and how many more.
pub fn fill(text: &'static str, evidence: &Evidence, limit: usize) -> Cow<'static, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let (mut filled, mut rest) = (String::with_capacity(limit), text);
    while let Some((before, place, after)) = next_place(rest) {
        filled.push_str(before);
        filled.push_str(&value(place, evidence));
        rest = after;
    }
    filled.push_str(rest);
    // Last, because it takes what room the others leave.
    if filled.contains(MISSING) {
        let room = limit.saturating_sub(filled.len() - MISSING.len());
        filled = filled.replace(MISSING, &missing_within(evidence, room));
    }
    Cow::Owned(filled)
}

const MISSING: &str = "{missing}";

/// What stands before the first place, its name, and what stands behind it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (head, after) = text.split_once('}')?;
    let (before, place) = head.rsplit_once('{')?;
    Some((before, place, after))
}

fn value(place: &str, evidence: &Evidence) -> Cow<'static, str> {
    let known = match place {
        "form" => working_form(evidence),
        "api_token_form" => api_token_form(evidence),
        "length" => match evidence.length {
            Some(length @ ..=9_999) => return length.to_string().into(),
            _ => "many",
        },
        "near" => evidence.near_literal.unwrap_or("it"),
        "vendor" => evidence.vendor.unwrap_or("another vendor"),
        "replacement" => evidence.replacement.unwrap_or("another call"),
        // `{missing}`, and braces that are no place.
        _ => return format!("{{{place}}}").into(),
    };
    known.into()
}

/// The scopes that are missing, in at most `room` characters where that is possible.
fn missing_within(evidence: &Evidence, room: usize) -> String {
    let names: Vec<&str> = evidence
        .missing
        .iter()
        .map(|scope| scope.as_str())
        .collect();
    let [first, rest @ ..] = names.as_slice() else {
        return "a scope".to_owned();
    };
    let several = !rest.is_empty();
    let fewer = several.then(|| format!("{first} and {} more", rest.len()));
    let count = several.then(|| format!("{} scopes", names.len()));
    [Some(names.join(" and ")), fewer, count]
        .into_iter()
        .flatten()
        .find(|text| text.len() <= room)
        .unwrap_or("a scope".to_owned())
}

/// The whole form that will work here, so that one repair is enough: it depends on where the request goes, what
/// kind of secret there is, and the day.
fn working_form(evidence: &Evidence) -> &'static str {
    use Signal::*;
    let has = |signal| evidence.has(signal);
    let app_password = has(AppPassword) || has(OldAppPassword);
    let token = has(AccessToken)
        || has(OAuthToken)
        || has(Jwt)
        || has(CutJwt)
        || has(XTokenAuth) && !has(ApiToken);
    let bearer = has(Bearer) && !has(PairWithoutBasic) || has(TokenInQuery) || has(TokenInForm);
    let forms = [
        (
            has(OnTokenEndpoint),
            "Basic base64(CLIENT_ID:CLIENT_SECRET)",
        ),
        (has(OnGit) && token, "x-token-auth:TOKEN"),
        (has(ConnectJwt), "JWT TOKEN"),
        (
            token || bearer && !has(ApiToken) && !app_password,
            "Bearer TOKEN",
        ),
        (!evidence.on_bitbucket(), "Basic base64(USER:SECRET)"),
        (
            app_password && !has(AppPasswordsGone),
            "Basic base64(USERNAME:APP_PASSWORD)",
        ),
    ];
    let fitting = forms.into_iter().find(|(fits, _)| *fits);
    fitting.map_or_else(|| api_token_form(evidence), |(_, form)| form)
}

/// The form for an API token, whatever was sent.
fn api_token_form(evidence: &Evidence) -> &'static str {
    if evidence.has(Signal::OnGit) {
        "x-bitbucket-api-token-auth:API_TOKEN"
    } else {
        "Basic base64(ACCOUNT_EMAIL:API_TOKEN)"
    }
}

#[cfg(test)]
mod tests;
