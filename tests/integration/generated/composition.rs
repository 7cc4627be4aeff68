//! One request as it is composed, and all that can be.

use super::credential::{CREDENTIALS, Kind, State};
use super::form::{FAULTS, FORMS, Fault, Scheme, User};
use super::place::{PLACES, Place, Surface};
use std::fmt;
use time::UtcDateTime;
use time::macros::utc_datetime;

/// Before, on and after each date of the timeline (C), in and between brownouts (C4).
pub const DATES: &[UtcDateTime] = &[
    utc_datetime!(2021-06-01 9:00),
    utc_datetime!(2022-03-01 0:01),
    utc_datetime!(2024-06-01 9:00),
    utc_datetime!(2025-10-01 9:00),
    utc_datetime!(2026-02-20 9:00),
    utc_datetime!(2026-03-20 9:00),
    utc_datetime!(2026-04-14 0:01),
    utc_datetime!(2026-04-21 9:00),
    utc_datetime!(2026-05-04 0:01),
    utc_datetime!(2026-06-08 18:05),
    utc_datetime!(2026-06-09 0:05),
    utc_datetime!(2026-06-20 9:00),
    utc_datetime!(2026-07-27 18:10),
    utc_datetime!(2026-07-28 0:20),
    utc_datetime!(2026-08-20 0:01),
    utc_datetime!(2026-11-24 9:00),
];

#[derive(Clone, Copy)]
pub struct Composition {
    pub kind: Kind,
    pub state: State,
    pub scheme: Scheme,
    pub fault: Fault,
    pub place: &'static Place,
    /// Its place in [`DATES`].
    pub era: usize,
}

impl Composition {
    pub fn date(&self) -> UtcDateTime {
        DATES[self.era]
    }

    pub fn user(&self) -> Option<User> {
        match self.scheme {
            Scheme::Basic(user) => Some(user),
            _ => None,
        }
    }

    /// Whether somebody could have sent it: the kind is there already, the fault shows.
    fn makes_sense(&self) -> bool {
        let key_without_secret =
            self.user() == Some(User::Key) && self.kind != Kind::ConsumerSecret;
        let several_lines = self.kind == Kind::PrivateKey && self.user().is_none();
        let nothing_to_vary = self.scheme == Scheme::Nothing
            && (self.kind, self.state) != (Kind::ApiToken, State::Good);
        // Nobody gives git a query.
        let query_of_git = self.scheme == Scheme::Query && self.place.surface == Surface::Git;
        self.fault.fits(self.kind, self.state, self.scheme)
            && (self.kind.begins() <= self.date() || self.scheme == Scheme::Nothing)
            && !key_without_secret
            && !several_lines
            && !nothing_to_vary
            && !query_of_git
    }
}

/// Every `step`th of all well-formed ones.
pub fn well_formed(step: usize) -> impl Iterator<Item = Composition> {
    composed(&[Fault::None], step)
}

/// Every `step`th of all that have a fault of form besides.
pub fn faulty(step: usize) -> impl Iterator<Item = Composition> {
    composed(FAULTS, step)
}

fn composed(faults: &'static [Fault], step: usize) -> impl Iterator<Item = Composition> {
    let sizes = [
        CREDENTIALS.len(),
        FORMS.len(),
        faults.len(),
        PLACES.len(),
        DATES.len(),
    ];
    let all = (0..sizes.iter().product()).step_by(step);
    all.map(move |number| {
        let mut rest: usize = number;
        let mut digit = |size: usize| {
            let digit = rest % size;
            rest /= size;
            digit
        };
        let (kind, state) = CREDENTIALS[digit(sizes[0])];
        Composition {
            kind,
            state,
            scheme: FORMS[digit(sizes[1])],
            fault: faults[digit(sizes[2])],
            place: &PLACES[digit(sizes[3])],
            era: digit(sizes[4]),
        }
    })
    .filter(Composition::makes_sense)
}

impl fmt::Debug for Composition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place {
            method,
            path,
            query,
            ..
        } = self.place;
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        write!(
            f,
            "{method} {path}{query} with {:?} {:?} by {:?}",
            self.state, self.kind, self.scheme
        )?;
        if self.fault != Fault::None {
            write!(f, " and {:?}", self.fault)?;
        }
        write!(f, " on {}", self.date())
    }
}
