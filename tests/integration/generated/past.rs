//! The same credential through a brownout, with the history that the proxy keeps of it.

use super::composition::{Composition, DATES};
use super::credential::{Kind, State};
use super::exchange::Bitbuckets;
use super::form::{Fault, Scheme, User};
use super::place::PLACES;
use time::UtcDateTime;
use time::macros::utc_datetime;
use why401::history::{History, Trace};
use why401::sandbox::reading::Reading;

/// An hour around the window of 06:00 (C4).
const MINUTES: &[UtcDateTime] = &[
    utc_datetime!(2026-06-20 5:58),
    utc_datetime!(2026-06-20 5:59),
    utc_datetime!(2026-06-20 6:01),
    utc_datetime!(2026-06-20 6:14),
    utc_datetime!(2026-06-20 6:16),
    utc_datetime!(2026-06-20 6:17),
];

fn composed(kind: Kind, place: usize) -> Composition {
    Composition {
        kind,
        state: State::Good,
        scheme: Scheme::Basic(User::Username),
        fault: Fault::None,
        place: &PLACES[place],
        era: DATES
            .iter()
            .position(|date| *date == utc_datetime!(2026-06-20 9:00))
            .expect("it is in the list"),
    }
}

const BLAMED: &[&str] = &[
    "upstream-bug",
    "token-revoked",
    "token-expired",
    "wrong-secret",
];

/// Refusals after a success a few minutes before, each with what is wrong with its findings.
fn refusals(bitbuckets: &Bitbuckets, one: &Composition) -> Vec<Option<String>> {
    let mut history = History::new();
    let mut refusals = Vec::new();
    for now in MINUTES {
        let seen = bitbuckets.seen(one, *now).expect("it can be sent");
        let response = &seen.exchange.response;
        let trace = Trace::of(&seen.exchange.request, None);
        let answer = trace.answered(response.status, response.credential_type.as_deref());
        let past = history.past(&trace, &answer, *now);
        history.record(&trace, &answer, *now);
        let heard = seen.heard(&past);
        if past.alternates && [401, 410].contains(&heard.status.as_u16()) {
            let found: Vec<_> = heard
                .report
                .findings
                .iter()
                .map(|one| one.mistake)
                .collect();
            let right = found.first() == Some(&"app-password-brownout")
                && !BLAMED.iter().any(|slug| found.contains(slug));
            refusals.push((!right).then(|| format!("{one:?} at {now}: {heard:?}")));
        }
    }
    refusals
}

#[test]
fn an_app_password_that_alternates_in_the_brownouts_blames_neither_it_nor_the_vendor() {
    let bitbuckets = Bitbuckets::reading(&Reading::default());
    let kinds = [Kind::AppPassword, Kind::OldAppPassword].into_iter();
    let all = kinds.flat_map(|kind| (0..PLACES.len()).map(move |place| composed(kind, place)));
    let refusals: Vec<_> = all.flat_map(|one| refusals(&bitbuckets, &one)).collect();
    assert!(refusals.len() > 20, "{}", refusals.len());
    let complaints: Vec<_> = refusals.into_iter().flatten().collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
