//! What is wrong with a composed request, read from how it was composed and from the facts, never from the rules.

mod access;
mod git;
mod life;
mod rest;
mod seen;
mod written;

pub use seen::Seen;

use super::composition::Composition;
use super::credential::{Kind, State};
use super::exchange::{Heard, TakenFor};
use super::form::{Fault, Scheme};
use super::place::Surface;
use time::UtcDateTime;
use time::macros::utc_datetime;
use why401::diagnosis::Certainty;

/// All that is true, and what may be thought to be.
#[derive(Debug, Default)]
pub struct Truth {
    /// What can be seen from outside, in the order of telling.
    pub visible: Vec<Seen>,
    /// So many of the first may change places.
    pub equals: usize,
    /// What nobody can tell from the true ones: it may be listed as possible.
    pub hidden: Vec<&'static str>,
    /// The hidden one that comes first, where that was agreed.
    pub foremost: Option<&'static str>,
    /// Those of the hidden ones that are really so; one of them is to be listed.
    pub real: Vec<&'static str>,
}

impl Truth {
    pub fn of(composed: &Composition, heard: &Heard) -> Self {
        let mut truth = Self {
            equals: 1,
            ..Self::default()
        };
        match heard.taken_for {
            TakenFor::Somebody => access::add(&mut truth, composed),
            TakenFor::Nobody => access::add_anonymous(&mut truth, composed, heard),
            TakenFor::Impostor => truth.add_refused(composed),
        }
        truth
    }

    fn add_refused(&mut self, composed: &Composition) {
        life::add_ended(self, composed);
        written::add(self, composed);
        match composed.place.surface {
            Surface::Rest => rest::add(self, composed),
            Surface::Git => git::add(self, composed),
            Surface::WebsiteApi => rest::add_on_website(self, composed),
            Surface::Archive => rest::add_archive(self, composed),
        }
        life::add(self, composed);
        if self.visible.first().is_some_and(|one| {
            one.slug.starts_with("app-password-") && one.least == Certainty::Proven
        }) {
            // A 410 says nothing else.
            for other in &mut self.visible[1..] {
                *other = other.perhaps();
            }
        }
        // A name and a brownout, a proof and what makes it needless: no order was agreed.
        let free = ["app-password-brownout", "empty-credentials"];
        if self.first().iter().any(|one| free.contains(&one.slug)) && !is_first_by_kind(self) {
            self.in_any_order();
        }
    }

    /// One of these comes first; any may where there are none.
    pub fn first(&self) -> Vec<Seen> {
        if !self.visible.is_empty() {
            return self.visible.iter().take(self.equals).copied().collect();
        }
        self.foremost.map(seen::possible).into_iter().collect()
    }

    fn see(&mut self, seen: Seen) {
        if !self.visible.iter().any(|one| one.slug == seen.slug) {
            self.visible.push(seen);
        }
    }

    fn may(&mut self, slugs: &[&'static str]) {
        self.hidden.extend(slugs);
    }

    /// No order was agreed for those so far.
    fn in_any_order(&mut self) {
        self.equals = self.visible.len();
    }
}

const QUERY_TOKENS_END: UtcDateTime = utc_datetime!(2026-05-04 0:00);
const ACCOUNT_PASSWORDS_END: UtcDateTime = utc_datetime!(2022-03-01 0:00);
const BROWNOUTS_BEGIN: UtcDateTime = utc_datetime!(2026-06-09 0:00);
const APP_PASSWORDS_END: UtcDateTime = utc_datetime!(2026-07-28 0:00);

/// Whether a brownout is known for this minute (C4).
fn is_brownout(now: UtcDateTime) -> bool {
    let window = now.hour().is_multiple_of(6) && now.minute() < 15;
    window && (BROWNOUTS_BEGIN..APP_PASSWORDS_END).contains(&now)
}

/// Whether the secret itself is good on that date.
fn is_alive(composed: &Composition) -> bool {
    use State::{Damaged, Expired, NoScopes, OtherProduct, Revoked};
    let now = composed.date();
    let has_ended = match composed.kind {
        Kind::AppPassword | Kind::OldAppPassword => now >= APP_PASSWORDS_END || is_brownout(now),
        Kind::AccountPassword => now >= ACCOUNT_PASSWORDS_END,
        _ => false,
    };
    let dead = matches!(
        composed.state,
        Damaged | Expired | NoScopes | OtherProduct | Revoked
    );
    !has_ended && !dead
}

/// What the server makes of the credentials (0.5, A10, A16, B13, B17, B30, C2).
pub fn taken_for(composed: &Composition) -> TakenFor {
    if matches!(
        composed.scheme,
        Scheme::Nothing | Scheme::BearerInLowerCase | Scheme::Token
    ) {
        return TakenFor::Nobody;
    }
    let by_surface = match composed.place.surface {
        Surface::Rest => rest::takes(composed),
        Surface::WebsiteApi => rest::takes(composed) && composed.date() < QUERY_TOKENS_END,
        Surface::Git => git::takes(composed),
        Surface::Archive => rest::takes_archive(composed),
    };
    match composed.fault == Fault::None && is_alive(composed) && by_surface {
        true => TakenFor::Somebody,
        false => TakenFor::Impostor,
    }
}

/// The kind says what to put in the place of an empty user name.
fn is_first_by_kind(truth: &Truth) -> bool {
    truth.visible.len() > 1
        && truth.visible[0].slug != "empty-credentials"
        && truth
            .visible
            .iter()
            .any(|one| one.slug == "empty-credentials")
        && !truth
            .visible
            .iter()
            .any(|one| one.slug == "app-password-brownout")
}

/// Whether all of a user-id and secret are there to be seen, as they are.
fn is_plain(composed: &Composition) -> bool {
    composed.fault == Fault::None && composed.state != State::Damaged
}
