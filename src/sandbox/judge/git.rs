//! Credentials on git over HTTPS: nothing but pairs, each kind under its own user name.

use super::life::Life;
use super::{Identity, Presented, refusal};
use crate::sandbox::Bitbucket;
use crate::sandbox::answer::Answer;
use crate::sandbox::credential::{Credential, Kind};
use crate::sandbox::reading::Disputed;

pub fn judge(presented: Presented, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    match presented {
        Presented::Nothing | Presented::OtherScheme | Presented::InQuery(_) => {
            Ok(Identity::Anonymous)
        }
        Presented::Pair { user, secret } => pair(&user, &secret, bitbucket),
        // No page offers Bearer to git (A10).
        Presented::Bearer(_)
        | Presented::Jwt(_)
        | Presented::Schemeless(_)
        | Presented::Unreadable => Err(wrong()),
    }
}

fn pair(user: &str, secret: &str, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    let Some(credential) = bitbucket.store.find(secret) else {
        return Err(wrong());
    };
    let life = Life::of(&credential, bitbucket.clock.now());
    match (life, credential.kind) {
        (Life::KindEnded, Kind::AppPassword) => Err(refusal::git_app_password()),
        (Life::KindEnded, _) => Err(refusal::git_account_password()),
        (Life::Works, _) if takes(user, &credential, bitbucket) => Ok(Identity::Known(credential)),
        // The token service talks of access where it means the credential (B23).
        (_, kind) if kind.is_atlassian_token() => Err(refusal::git(refusal::NO_ACCESS)),
        _ => Err(wrong()),
    }
}

/// The user names of the A-table; the case of a username counts (E40).
fn takes(user: &str, credential: &Credential, bitbucket: &Bitbucket) -> bool {
    let is_username = user == credential.true_username();
    let is_email = user.eq_ignore_ascii_case(credential.true_email());
    let email_unless = |fact| is_email && bitbucket.reading.otherwise(fact);
    match credential.kind {
        Kind::ApiToken => {
            is_username || user == "x-bitbucket-api-token-auth" || email_unless(Disputed::E2)
        }
        Kind::AppPassword => is_username || email_unless(Disputed::I13),
        Kind::AccountPassword => is_username || is_email,
        kind => kind.goes_as_x_token_auth() && user == "x-token-auth",
    }
}

/// For what git's side knows nothing about (B32).
fn wrong() -> Answer {
    refusal::git("Invalid username or password")
}
