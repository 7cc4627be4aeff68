//! What was seen before, passed to the diagnosis by value. Empty until the history issue.

/// What earlier exchanges say about this one's credential, user-id and client.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// This very secret was accepted before, on any surface.
    pub accepted: bool,
}
