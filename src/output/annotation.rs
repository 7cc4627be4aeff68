//! The diagnosis in what old tools do print: the reason phrase, git's `remote:` lines, Bitbucket's error envelope.
//!
//! Everything begins with `why401:`, so that nobody takes it for the vendor's words, and is ASCII of our own texts.

mod envelope;

pub use envelope::in_envelope;

use crate::diagnosis::taxonomy::Verdict;
use crate::diagnosis::{Finding, Report};
use http::StatusCode;

/// Where to say it besides the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Annotate {
    /// In the reason phrase, which HTTP/2 does not have.
    pub reason: bool,
    /// In git's text and in the error envelope of the API.
    pub body: bool,
}

impl Annotate {
    pub fn or(self, other: Self) -> Self {
        Self {
            reason: self.reason || other.reason,
            body: self.body || other.body,
        }
    }
}

/// Bytes of a reason phrase at most.
const PHRASE: usize = 80;

/// What is worth a place in an answer: the first finding, unless it says that nothing is wrong.
pub fn worth_saying(report: &Report) -> Option<&Finding> {
    report
        .findings
        .first()
        .filter(|finding| finding.verdict != Verdict::Note)
}

/// `Unauthorized (why401: API token needs the account email as user name)`.
///
/// The standard phrase comes first, since programs compare with it. `None` for a status without one.
pub fn reason_phrase(status: StatusCode, finding: &Finding) -> Option<String> {
    let standard = status.canonical_reason()?;
    let phrase = format!("{standard} (why401: {})", finding.reason);
    (phrase.len() <= PHRASE).then_some(phrase)
}

/// `why401: api-token-with-username (likely): Use …`, without a line break.
pub fn sentence(finding: &Finding) -> String {
    format!(
        "why401: {} ({}): {}",
        finding.mistake,
        finding.certainty.as_str(),
        finding.fix
    )
}

/// A text that git shows line by line behind `remote:`, with our line below it.
pub fn in_text(text: &[u8], finding: &Finding) -> Vec<u8> {
    let mut longer = text.to_vec();
    if !matches!(text.last(), None | Some(b'\n')) {
        longer.push(b'\n');
    }
    longer.extend_from_slice(sentence(finding).as_bytes());
    longer.push(b'\n');
    longer
}

#[cfg(test)]
mod tests;
