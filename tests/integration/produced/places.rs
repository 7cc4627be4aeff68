//! Fills the places of a text: credentials of a sandbox by kind and state, or freshly minted ones.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::sync::Arc;
use why401::credentials::mint;
use why401::sandbox::Bitbucket;
use why401::sandbox::credential::Credential;

/// `{api_token}` is the first good one of that kind, `{api_token|expired}` goes by state, `{api_token|reads only}` by
/// note. `{key oauth_consumer}` is the name it is listed with. What names nothing stays as it is.
pub fn fill(text: &str, bitbucket: Option<&Bitbucket>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(place, behind)| {
            let value = value(place, bitbucket)?;
            Some((value, behind))
        });
        rest = match value {
            Some((value, behind)) => {
                filled.push_str(&value);
                behind
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled + rest
}

fn value(place: &str, bitbucket: Option<&Bitbucket>) -> Option<String> {
    let inner = |name| place.strip_prefix(name)?.strip_prefix(' ');
    let within = |name| value(inner(name)?, bitbucket);
    if let Some(consumer) = inner("key") {
        return Some(credential(consumer, bitbucket?)?.username.clone());
    }
    if let Some(token) = within("cut") {
        return token.get(..128).map(str::to_owned);
    }
    if let Some(token) = within("base64") {
        return Some(BASE64_STANDARD.encode(token));
    }
    if let Some(token) = within("escaped") {
        return Some(token.replace('=', "%3D"));
    }
    let held = bitbucket.and_then(|bitbucket| credential(place, bitbucket));
    held.map(|credential| credential.secret.clone())
        .or_else(|| minted(place))
}

/// What no sandbox has.
fn minted(place: &str) -> Option<String> {
    Some(match place {
        "github_token" => mint::github_token(7),
        "private_key" => mint::private_key(7),
        "unknown_password" => mint::alphanumerics(7, 14),
        "unknown_access_token" => mint::access_token(7),
        _ => return None,
    })
}

fn credential(place: &str, bitbucket: &Bitbucket) -> Option<Arc<Credential>> {
    let (kind, which) = place.split_once('|').unwrap_or((place, "good"));
    bitbucket.store.all().into_iter().find(|credential| {
        let entry = serde_json::to_value(&**credential).expect("an entry is JSON");
        entry["kind"] == kind && (entry["state"] == which || entry["note"] == which)
    })
}
