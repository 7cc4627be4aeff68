//! The structured event (design section 4).

/// One finding as logged. Serializes to the flat JSON object of the documentation.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Event {}
