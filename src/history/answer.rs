//! What an answer says about the credentials that were sent.

use super::place::Reach;
use crate::bitbucket::Surface;
use crate::observation::Exchange;
use http::StatusCode;

/// An answer as far as history looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub(super) outcome: Outcome,
    /// There is an `x-credential-type` (B1).
    pub(super) recognised: bool,
    pub(super) reach: Option<Reach>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The call was done.
    Succeeded,
    /// The credential is good, and the call was refused for another reason.
    Recognised,
    Refused,
    /// Nothing follows: a redirect, a fault, a 404 to nobody.
    Silent,
}

impl Answer {
    /// `credential_type`: the value of `x-credential-type`.
    pub fn new(surface: Surface, status: StatusCode, credential_type: Option<&str>) -> Self {
        let recognised = credential_type.is_some();
        let outcome = match status.as_u16() {
            200..=299 => Outcome::Succeeded,
            401 => Outcome::Refused,
            // Only there it is about credentials (B27).
            400 if surface == Surface::TokenEndpoint => Outcome::Refused,
            403 | 404 if recognised => Outcome::Recognised,
            _ => Outcome::Silent,
        };
        Self {
            outcome,
            recognised,
            reach: credential_type.and_then(Reach::named),
        }
    }

    pub(super) fn of(exchange: &Exchange) -> Self {
        Self::new(
            exchange.request.surface,
            exchange.response.status,
            exchange.response.credential_type.as_deref(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes() {
        use Outcome::*;
        let (rest, endpoint) = (Surface::Rest, Surface::TokenEndpoint);
        for (surface, status, credential_type, expected) in [
            (rest, 200, None, Succeeded),
            (rest, 204, Some("api_token"), Succeeded),
            (rest, 401, None, Refused),
            (rest, 403, Some("api_token"), Recognised),
            (rest, 403, None, Silent),
            (rest, 404, None, Silent),
            (rest, 400, None, Silent),
            (endpoint, 400, None, Refused),
            (rest, 302, None, Silent),
            (rest, 503, None, Silent),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let answer = Answer::new(surface, status, credential_type);
            assert_eq!(answer.outcome, expected, "{surface:?} {status}");
        }
    }
}
