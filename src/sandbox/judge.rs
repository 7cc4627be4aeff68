//! Who is asking: what Bitbucket makes of a request's credentials, by surface, date and reading.
//!
//! | surface | works | refused with |
//! |---|---|---|
//! | REST | Basic email and API token; Basic username and app password; Bearer access or OAuth token; a Connect JWT | 401, JSON or empty (B9 to B14) |
//! | git | Basic username or `x-bitbucket-api-token-auth` and API token; Basic `x-token-auth` and access or OAuth token | 401 or 410, text (B20, B23, B32) |
//! | archives | Basic email and API token; Bearer access or OAuth token | 302 to the login page, 403 (B30) |
//! | pages | nothing: credentials do not count there | 403 for `x-token-auth` (A26) |
//!
//! The credential is judged before anything that the path names is looked up.

mod archive;
mod git;
mod life;
mod presented;
pub mod refusal;
mod rest;
mod surface;

pub use surface::Surface;

use super::Bitbucket;
use super::answer::Answer;
use super::call::Call;
use super::credential::Credential;
use http::header::{SERVER, VARY};
use http::{HeaderName, StatusCode};
use presented::Presented;
use std::sync::Arc;

/// Whom the server takes the client for.
#[derive(Clone, Debug)]
pub enum Identity {
    Anonymous,
    Known(Arc<Credential>),
}

/// Judges the credentials of a call.
///
/// # Errors
/// The refusal in the shape that this site gives it: status, challenge, body.
pub fn identify(call: &Call, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    let presented = Presented::by(call, &bitbucket.reading);
    match Surface::of(call) {
        Surface::Rest => rest::judge(presented, bitbucket),
        Surface::RestOnWebsite => rest::judge_elsewhere(presented, bitbucket),
        Surface::Git => git::judge(presented, bitbucket),
        Surface::Archive => archive::judge(presented, call, bitbucket),
        Surface::Page => archive::judge_page(&presented),
        // The token endpoint knows consumers by its own rules; downloads are signed by their address.
        Surface::TokenEndpoint | Surface::Files => Ok(Identity::Anonymous),
    }
}

/// What a client hears that sent nothing and needs to (B9, F1).
pub fn challenge(call: &Call) -> Answer {
    match Surface::of(call) {
        Surface::Git => refusal::git(refusal::NO_ACCESS),
        _ => refusal::bare(refusal::BASIC),
    }
}

impl Identity {
    /// Adds what an answer says about the credentials that it recognised (B1 to B5), and nothing to a 401 (B6).
    pub fn sign(&self, answer: Answer) -> Answer {
        if answer.status == StatusCode::UNAUTHORIZED {
            return answer;
        }
        let signed = answer.with(SERVER, "AtlassianEdge").with(
            VARY,
            "Authorization, Origin, cookie, user-context, Accept-Encoding",
        );
        let Self::Known(credential) = self else {
            return signed;
        };
        let field = HeaderName::from_static;
        let signed = match credential.kind.credential_type() {
            Some(name) => signed.with(field("x-credential-type"), name),
            None => signed,
        };
        signed
            .with(field("x-oauth-scopes"), &credential.scopes.join(", "))
            .with(field("x-token-id"), &credential.id)
    }
}

#[cfg(test)]
mod tests;
