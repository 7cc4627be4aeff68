//! Credentials on the website: archives take some, pages none (B30, A26).

use super::life::{self, Life};
use super::{Identity, Presented, refusal, rest};
use crate::sandbox::Bitbucket;
use crate::sandbox::answer::Answer;
use crate::sandbox::call::Call;
use crate::sandbox::credential::Credential;
use crate::sandbox::reading::Disputed;
use std::sync::Arc;

pub fn judge(presented: Presented, call: &Call, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    let now = bitbucket.clock.now();
    if matches!(presented, Presented::Nothing | Presented::OtherScheme) {
        return Ok(Identity::Anonymous);
    }
    if bitbucket.reading.otherwise(Disputed::B30) && now >= life::HEADER_ONLY {
        return Err(refusal::login(call));
    }
    let bearer = |secret: &str| {
        let found = bitbucket.store.find(secret);
        found.filter(|credential| rest::takes_bearer(credential, bitbucket))
    };
    let found: Option<Arc<Credential>> = match &presented {
        Presented::InQuery(_) if rest::query_is_closed(bitbucket) => {
            return Err(refusal::no_tokens_here());
        }
        Presented::Bearer(secret) | Presented::InQuery(secret) => bearer(secret),
        // Whatever REST makes of x-token-auth (A10): here it is a literal of git only (A26).
        Presented::Pair { user, secret } if user != "x-token-auth" => {
            let found = bitbucket.store.find(secret);
            found.filter(|credential| {
                Life::of(credential, now) == Life::Works
                    && rest::takes_pair(user, credential, bitbucket)
            })
        }
        _ => None,
    };
    found
        .map(Identity::Known)
        .ok_or_else(|| refusal::login(call))
}

/// A page looks at cookies, and at one user name that it was never meant for.
pub fn judge_page(presented: &Presented) -> Result<Identity, Answer> {
    match presented {
        Presented::Pair { user, .. } if user == "x-token-auth" => Err(refusal::no_tokens_here()),
        _ => Ok(Identity::Anonymous),
    }
}
