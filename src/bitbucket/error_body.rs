//! The origin's words of refusal, recognised from a closed list (B10-B33).

/// What the body of a refused response says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    pub words: Vec<Words>,
    /// `error.detail.required` (B18).
    pub required: Vec<String>,
    /// `error.detail.granted` (B18).
    pub granted: Vec<String>,
}

/// A known sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// B10.
    TokenInvalid,
}
