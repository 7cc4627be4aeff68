//! What is remembered of one credential that was accepted.

use super::few::Few;
use super::moment::Moment;
use super::place::{Place, Reach, Short, Territory};
use super::trace::{Sent, Way};
use time::Duration;

/// Success and refusal within this time of each other are one state of affairs.
const MINUTES: Duration = Duration::minutes(5);

#[derive(Debug)]
pub(super) struct Credential {
    pub first_seen: Moment,
    reach: Option<Reach>,
    /// It works in more territories than are kept: none may be called foreign.
    roams: bool,
    ways: Few<Way, 6>,
    operations: Few<Operation, 6>,
    territories: Few<Territory, 3>,
}

/// The last outcomes of one call.
#[derive(Clone, Copy, Debug)]
struct Operation {
    key: Short,
    succeeded: Moment,
    /// When it last succeeded again, within minutes of the success before a refusal.
    recovered: Option<Moment>,
    /// Since the last success.
    refused: bool,
}

impl Credential {
    pub fn new(first_seen: Moment) -> Self {
        Self {
            first_seen,
            reach: None,
            roams: false,
            ways: Few::NONE,
            operations: Few::NONE,
            territories: Few::NONE,
        }
    }

    /// The server knew it, sent like this.
    pub fn accepted(&mut self, sent: &Sent, place: &Place<'_>, reach: Option<Reach>) {
        self.reach = reach.or(self.reach);
        let way = sent.way(place);
        if self.ways.find(|known| *known == way).is_none() {
            self.ways.push(way);
        }
    }

    /// The call was done.
    pub fn succeeded(&mut self, sent: &Sent, place: &Place<'_>, now: Moment) {
        let key = sent.operation(place);
        if let Some(known) = self.operations.find(|known| known.key == key) {
            return known.succeed(now);
        }
        self.operations.push(Operation {
            key,
            succeeded: now,
            recovered: None,
            refused: false,
        });
        if let Some(territory) = place.territory()
            && self.territories.find(|known| *known == territory).is_none()
        {
            self.roams |= self.territories.push(territory).is_some();
        }
    }

    pub fn refused(&mut self, sent: &Sent, place: &Place<'_>) {
        let key = sent.operation(place);
        if let Some(known) = self.operations.find(|known| known.key == key) {
            known.refused = true;
        }
    }

    pub fn was_accepted_here(&self, sent: &Sent, place: &Place<'_>) -> bool {
        let way = sent.way(place);
        self.ways.iter().any(|known| *known == way)
    }

    pub fn alternates(&self, sent: &Sent, place: &Place<'_>, now: Moment) -> bool {
        let key = sent.operation(place);
        let mut known = self.operations.iter();
        known
            .find(|known| known.key == key)
            .is_some_and(|known| known.alternates(now))
    }

    /// It has worked, and nowhere near this place; `reach` as this answer tells it.
    pub fn works_outside_only(&self, place: &Place<'_>, reach: Option<Reach>) -> bool {
        let (Some(here), false) = (place.territory(), self.roams) else {
            return false;
        };
        let reach = reach.or(self.reach);
        let mut known = self.territories.iter().peekable();
        known.peek().is_some() && known.all(|there| here.lies_outside(*there, reach))
    }
}

impl Operation {
    fn succeed(&mut self, now: Moment) {
        if self.refused && self.succeeded.is_near(now, MINUTES) {
            self.recovered = Some(now);
        }
        (self.succeeded, self.refused) = (now, false);
    }

    /// A first refusal soon after a success, or one more of a series that has recovered before. A second one in a row
    /// without that is the end of the credential.
    fn alternates(&self, now: Moment) -> bool {
        let recovers = self
            .recovered
            .is_some_and(|recovered| recovered.is_near(now, MINUTES));
        self.succeeded.is_near(now, MINUTES) && (!self.refused || recovers)
    }
}
