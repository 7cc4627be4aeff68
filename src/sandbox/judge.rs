//! Who is asking: what Bitbucket makes of a request's credentials, by site and date.

use super::Bitbucket;
use super::answer::Answer;
use super::call::Call;
use super::credential::Credential;
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
pub fn identify(_call: &Call, _bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    Ok(Identity::Anonymous)
}
