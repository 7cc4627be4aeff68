//! How far a record can be relied on.

/// A record is not the wire: what its recorder hid or dropped is unknown, not wrong (E14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recorded {
    /// Seen on the wire.
    #[default]
    No,
    /// The record shows the fields of the request.
    Whole,
    /// Its recorder's own mark stands where the value was.
    Redacted,
    /// Somebody crossed the value out, or the record is of a kind that drops it, or shows no request.
    Doubtful,
}

impl Recorded {
    /// That no credentials are seen means nothing.
    pub fn hides(self) -> bool {
        matches!(self, Self::Redacted | Self::Doubtful)
    }
}
