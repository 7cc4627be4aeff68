//! The phrases of fixes, and what they ask for.

use super::{Change, Scheme, User};
use crate::sandbox::credential::Kind;
use crate::sandbox::world::WORKSPACE;
use Change::*;

const BASIC: Change = Scheme(Scheme::Basic);
const BEARER: Change = Scheme(Scheme::Bearer);

/// In the order in which they are done: a new token first, then the form it is sent in, whose user name is its owner's.
const PHRASES: &[(&str, &[Change])] = &[
    ("Copy it again", &[AtHand]),
    ("Copy the token again", &[AtHand]),
    (
        "the place where they were made",
        &[AtHand, User(User::AsListed)],
    ),
    ("on its page", &[LookAtPage]),
    ("this access token is still there", &[LookAtPage]),
    ("Get a fresh token from where this one came", &[LookAtPage]),
    ("Get a new access token", &[LookAtPage]),
    ("See its page and make a new one", &[LookAtPage]),
    ("on the token's page", &[LookAtPage]),
    ("whether this token expired", &[LookAtPage]),
    ("Create an API token with scopes", &[NewApiToken]),
    ("Use an API token", &[NewApiToken]),
    ("Wait for the second try", &[Configured]),
    ("Configure credentials for this host", &[Configured]),
    ("Send credentials", &[Configured]),
    ("Leave the git credential as it is", &[GoToGit]),
    // Whole forms.
    (
        "Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        &[BASIC, Kind(Kind::ApiToken), User(User::Email)],
    ),
    (
        "Basic base64(USERNAME:APP_PASSWORD)",
        &[BASIC, Kind(Kind::AppPassword), User(User::Username)],
    ),
    (
        "x-bitbucket-api-token-auth:API_TOKEN",
        &[BASIC, Kind(Kind::ApiToken), User(User::ApiTokenLiteral)],
    ),
    (
        "x-token-auth:TOKEN",
        &[BASIC, User(User::XTokenAuth), Whole],
    ),
    ("Bearer TOKEN", &[BEARER, Whole]),
    // Halves of one.
    ("as Bearer", &[BEARER]),
    ("For git send Basic", &[BASIC]),
    ("Basic with the account email", &[BASIC, User(User::Email)]),
    (
        "Use the email of the Atlassian account",
        &[User(User::Email)],
    ),
    (
        "x-bitbucket-api-token-auth or the Bitbucket username",
        &[User(User::ApiTokenLiteral)],
    ),
    (
        "git takes it with the Bitbucket username",
        &[User(User::Username)],
    ),
    ("Use the Bitbucket username", &[User(User::Username)]),
    ("Use x-token-auth", &[User(User::XTokenAuth)]),
    ("Call https://api.bitbucket.org/2.0/...", &[BelowVersion]),
    ("Put real names into the path", &[RealNames]),
    // Time.
    ("wait out the hour", &[WaitOutTheHour]),
    ("until the hour is over", &[WaitOutTheHour]),
];

/// What a fix asks for; nothing where no phrase is understood.
pub fn read(fix: &str, pushing: bool) -> Vec<Change> {
    let found = PHRASES.iter().filter(|(phrase, _)| fix.contains(phrase));
    let mut changes: Vec<Change> = found.flat_map(|(_, changes)| changes.to_vec()).collect();
    changes.extend(scopes(fix, pushing));
    changes.extend(path(fix));
    changes
}

/// `also has X and Y: …`, `Add X to the OAuth consumer`, `lacks X. … a new token that has it too`, and both halves of
/// `with X, to push also Y`.
fn scopes(fix: &str, pushing: bool) -> Option<Change> {
    if let Some((fetch, push)) = between(fix, "token with ", &[": ", "; "])
        .and_then(|list| list.split_once(", to push also "))
    {
        let named = [Some(fetch), pushing.then_some(push)];
        return Some(Scopes(
            named.into_iter().flatten().map(str::to_owned).collect(),
        ));
    }
    let list = between(fix, "also has ", &[": ", "; "])
        .or_else(|| between(fix, "Add ", &[" to the OAuth consumer"]))
        .or_else(|| {
            let again = fix.contains("a new token that has it too");
            between(fix, "lacks ", &[". "]).filter(|_| again)
        })?;
    Some(MoreScopes(list.split(" and ").map(str::to_owned).collect()))
}

/// `Call /2.0/… instead`, where capitals stand for a name.
fn path(fix: &str) -> Option<Change> {
    let path = between(fix, "Call ", &[" instead"])?;
    Some(Path(path.replace("WORKSPACE", WORKSPACE)))
}

fn between<'a>(text: &'a str, before: &str, after: &[&str]) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    let end = after.iter().filter_map(|mark| rest.find(mark)).min()?;
    Some(&rest[..end])
}
