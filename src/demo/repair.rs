//! Reads the text of a fix as a person would, and changes the request accordingly.
//!
//! It is given the text as it arrived in the field and nothing else of the diagnosis: a fix that does not say enough
//! leaves the request broken.

mod draft;
mod phrases;
#[cfg(test)]
mod tests;

use super::person::Person;
use super::request::Request;
use crate::sandbox::credential::Kind;
use draft::Draft;
use std::time::Duration;

/// One thing that a fix asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    Scheme(Scheme),
    User(User),
    /// The secret as it was given out.
    AtHand,
    /// The same, unless the secret in use is a credential as it stands.
    Whole,
    /// The secret is one of this kind: the one in use, the one at hand, else a new one.
    Kind(Kind),
    /// Made for the purpose, with the scopes that the call needs.
    NewApiToken,
    /// A new one of the same kind that has these scopes.
    Scopes(Vec<String>),
    /// As [`Change::Scopes`], with these as well as those it has.
    MoreScopes(Vec<String>),
    /// On the token's page stands what is wrong with it.
    LookAtPage,
    /// What the client is set up with, if it is asked to send it.
    Configured,
    Path(String),
    /// In the path, for what stands there in their place.
    RealNames,
    /// The same path, below the API's version.
    BelowVersion,
    /// The very same credential, where git uses it.
    GoToGit,
    WaitOutTheHour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Basic,
    Bearer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum User {
    Email,
    Username,
    /// As the credential is listed.
    AsListed,
    ApiTokenLiteral,
    XTokenAuth,
}

/// A request that should work now.
#[derive(Debug)]
pub struct Repaired {
    pub request: Request,
    pub wait: Duration,
    /// What became of the secret, for people.
    pub secret: &'static str,
}

/// Why nobody can follow a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    #[error("the fix says nothing that can be done")]
    Nothing,
    #[error("the fix does not say which user name goes before the secret")]
    User,
    #[error("the fix does not say which secret to send, or how")]
    Secret,
}

/// Does what `fix` says.
///
/// # Errors
/// The text does not say enough.
pub fn repair(fix: &str, request: &Request, person: &Person<'_>) -> Result<Repaired, Unclear> {
    let changes = phrases::read(fix, request.is_push());
    if changes.is_empty() {
        return Err(Unclear::Nothing);
    }
    let mut draft = Draft::of(request, person);
    for change in changes {
        draft.make(change);
    }
    draft.finish()
}
