//! What was seen before says about this exchange.

use super::Signal::*;
use super::{Evidence, is_own_host};
use crate::history::{Past, RefreshToken, SecondLeg};
use crate::observation::Exchange;

pub(super) fn derive(evidence: &mut Evidence, exchange: &Exchange, past: Past) {
    evidence.add_if(past.accepted, AcceptedBefore);
    evidence.add_if(past.accepted_here, AcceptedHere);
    evidence.add_if(past.accepted_otherwise, AcceptedElsewhere);
    evidence.add_if(past.checksum_disproved, ChecksumDisproved);
    match past.second_leg {
        SecondLeg::Open => {}
        SecondLeg::Came => evidence.add(Followed),
        SecondLeg::Missing => evidence.add(NotFollowed),
    }
    evidence.add_if(past.alternates, Alternates);
    // What follows is told of Bitbucket only.
    if !is_own_host(exchange) {
        return;
    }
    evidence.add_if(past.newer_accepted, NewerAccepted);
    evidence.add_if(past.client_authenticates, ClientAuthenticates);
    evidence.add_if(past.netrc_suspect, NetrcSuspect);
    evidence.add_if(past.accepted_in_other_resource, AcceptedInOtherResource);
    match past.refresh_token {
        RefreshToken::Unknown => {}
        RefreshToken::Used => evidence.add(RefreshTokenUsed),
        RefreshToken::AccessToken => evidence.add(RefreshTokenIsAccess),
    }
}
