//! What was seen before, passed to the diagnosis by value. Empty until the history issue.

/// What earlier (and, for an anonymous first leg, later) exchanges say about this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// This very secret was accepted before, on any surface.
    pub accepted: bool,
    /// It was accepted on this surface with the same user-id.
    pub accepted_here: bool,
    /// Whether the client answered the challenge of an anonymous 401.
    pub second_leg: SecondLeg,
}

/// What became of an anonymous first leg. The shell asks again once it knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondLeg {
    /// Not known yet: the answer is still on its way to the client.
    #[default]
    Open,
    /// The same client asked again, with credentials.
    Came,
    /// It did not within a few seconds.
    Missing,
}
