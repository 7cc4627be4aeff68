//! What the diagnosis leaves unsaid or says too surely, and why it stays so.

use super::composition::Composition;
use super::credential::{Kind, State};
use super::form::{Fault, Scheme, User};
use super::place::Surface;
use time::macros::utc_datetime;

/// One limit: the reason, and whom it touches.
type Limit = (&'static str, fn(&Composition) -> bool);

const LIMITS: &[Limit] = &[
    (
        "REST under bitbucket.org/api ended on 2026-05-04; records from before are read as of a page of the website",
        |one| {
            one.place.surface == Surface::WebsiteApi && one.date() < utc_datetime!(2026-05-04 0:00)
        },
    ),
    (
        "of four that fit a plain 401 equally three are shown, and another product is the least likely",
        |one| {
            let basic = matches!(one.scheme, Scheme::Basic(_));
            (one.kind, one.state) == (Kind::ApiToken, State::OtherProduct) && basic
        },
    ),
    (
        "a token that was cut where a line of base64 would end looks like one of which only that line arrived",
        |one| {
            one.kind == Kind::AppPassword
                && one.state == State::Damaged
                && one.fault == Fault::EscapedUser
                && one.user() != Some(User::Empty)
        },
    ),
];

/// Why a disagreement about this one is known and stays.
pub fn reason(composed: &Composition) -> Option<&'static str> {
    let touching = LIMITS.iter().find(|(_, touches)| touches(composed));
    touching.map(|(reason, _)| *reason)
}
