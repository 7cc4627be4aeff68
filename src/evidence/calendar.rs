//! What the date says: which credentials were taken on that day, and which calls existed (table C).

use super::Signal::*;
use super::{Evidence, form, is_own_host};
use crate::bitbucket::Surface;
use crate::bitbucket::endpoint::{self, AddressFault};
use crate::bitbucket::timeline::{self, AppPasswords, QueryTokens};
use crate::observation::{Clock, Exchange};

pub(super) fn derive(evidence: &mut Evidence, exchange: &Exchange, clock: Clock) {
    if !is_own_host(exchange) {
        return;
    }
    match AppPasswords::at(clock.date) {
        AppPasswords::Work => evidence.add(AppPasswordsWork),
        AppPasswords::Brownouts { known_window } => {
            evidence.add(InBrownouts);
            evidence.add_if(known_window, InKnownWindow);
        }
        AppPasswords::Removed => evidence.add(AppPasswordsGone),
    }
    match QueryTokens::at(clock.date) {
        QueryTokens::Work => {}
        QueryTokens::Doubtful => evidence.add(QueryTokensDoubtful),
        QueryTokens::Brownouts => evidence.add(QueryTokensFading),
        QueryTokens::Refused => evidence.add(QueryTokensRefused),
    }
    let api_only = timeline::website_api_ended(clock.date);
    evidence.add_if(api_only, ApiHostOnly);
    evidence.add_if(timeline::oauth1_ended(clock.date), OAuth1Gone);
    let doubtful = evidence.has(SchemeCase) && timeline::scheme_case_counted(clock.date);
    evidence.add_if(doubtful, SchemeCaseDoubtful);
    evidence.add_if(!clock.agrees, ClocksApart);
    let gone = timeline::account_passwords_ended(clock.date);
    evidence.add_if(gone, AccountPasswordsGone);
    let (first, last) = timeline::OLD_API_TOKENS_END;
    let ending = (first..=last).contains(&clock.date.date());
    evidence.add_if(ending, OldTokensEnding);
    derive_removed_call(evidence, exchange, clock);
    derive_address(evidence, exchange, clock);
    derive_end(evidence, exchange, clock);
}

fn derive_address(evidence: &mut Evidence, exchange: &Exchange, clock: Clock) {
    let request = &exchange.request;
    match AddressFault::of(request.surface, &request.path, clock.date.date()) {
        Some(AddressFault::Placeholder) => evidence.add(AddressPlaceholder),
        Some(AddressFault::StandIn) => evidence.add(AddressStandIn),
        Some(AddressFault::NoCall) => evidence.add(NoSuchCall),
        None => {}
    }
}

/// A JWT says itself until when it lasts (A13).
fn derive_end(evidence: &mut Evidence, exchange: &Exchange, clock: Clock) {
    let end = form::token_sent(&exchange.request).and_then(|token| token.claims.expires);
    let passed = end.is_some_and(|end| end <= clock.date);
    evidence.add_if(passed, JwtExpired);
}

fn derive_removed_call(evidence: &mut Evidence, exchange: &Exchange, clock: Clock) {
    let request = &exchange.request;
    if request.surface != Surface::Rest {
        return;
    }
    let Some(removed) = endpoint::removed(&request.method, &request.path, clock.date.date()) else {
        return;
    };
    evidence.add(RemovedOperation);
    evidence.replacement = removed.instead;
    evidence.add_if(removed.instead.is_some(), ReplacementKnown);
}
