//! What is asked of the OAuth token endpoint, and what it says (A12, A14, B27).

use super::Evidence;
use super::Signal::{self, *};
use crate::bitbucket::endpoint;
use crate::bitbucket::error_body::Words;
use crate::observation::{Encoding, Exchange, Grant};

const SAID: &[(Words, Signal)] = &[
    (Words::GrantMissing, SaysGrantMissing),
    (Words::GrantUnsupported, SaysGrantUnsupported),
    (Words::ClientInvalid, SaysClientInvalid),
    (Words::ClientMissing, SaysClientMissing),
    (Words::ClientPublic, SaysClientPublic),
    (Words::CallbackMissing, SaysCallbackMissing),
    (Words::RefreshTokenInvalid, SaysRefreshInvalid),
];

pub(super) fn derive(evidence: &mut Evidence, exchange: &Exchange) {
    let (request, response) = (&exchange.request, &exchange.response);
    if endpoint::is_authorize_page(request.surface, &request.path) {
        let refused =
            response.success.redirect_refused || response.body.says(Words::RedirectUriInvalid);
        evidence.add_if(refused, SaysRedirectRefused);
    }
    let Some(asked) = request.token_request else {
        return;
    };
    let is_form = matches!(asked.encoding, Encoding::Form | Encoding::Unknown);
    evidence.add_if(!is_form, NotFormEncoded);
    evidence.add_if(asked.grant == Some(Grant::RefreshToken), RefreshGrant);
    for (words, signal) in SAID {
        evidence.add_if(response.body.says(*words), *signal);
    }
}
