//! Lists in pages, as the REST API cuts them.

use super::{Request, query, refusal};
use crate::sandbox::answer::Answer;
use crate::sandbox::call::Call;
use http::StatusCode;
use serde_json::{Value, json};

/// Which part of a list was asked for.
pub(super) struct Page {
    /// From 1.
    number: usize,
    length: usize,
}

impl Page {
    /// # Errors
    /// 400 for a number that is none, or a length that this list does not allow.
    pub(super) fn asked_for(request: &Request) -> Result<Self, Answer> {
        // Lists of pull requests end at 50, all others at 100.
        let longest = match request.operation.answer {
            "[pullrequest]" => 50,
            _ => 100,
        };
        let length = number(request.call, "pagelen", 10)
            .filter(|length| *length <= longest)
            .ok_or_else(|| refusal::bad_request("Invalid pagelen"))?;
        let number =
            number(request.call, "page", 1).ok_or_else(|| refusal::bad_request("Invalid page"))?;
        Ok(Self { number, length })
    }

    /// The envelope around this part of `all`.
    ///
    /// # Errors
    /// 404 for a page behind the last; the first is always there.
    pub(super) fn cut(&self, all: Vec<Value>, request: &Request) -> Result<Value, Answer> {
        let size = all.len();
        let start = (self.number - 1).saturating_mul(self.length);
        if start >= size && self.number > 1 {
            return Err(Answer::error(StatusCode::NOT_FOUND, "Invalid page"));
        }
        let values: Vec<Value> = all.into_iter().skip(start).take(self.length).collect();
        let end = start + values.len();
        let mut envelope = json!({
            "pagelen": self.length,
            "size": size,
            "page": self.number,
            "values": values,
        });
        if end < size {
            envelope["next"] = link(request.call, self.number + 1).into();
        }
        if self.number > 1 {
            envelope["previous"] = link(request.call, self.number - 1).into();
        }
        Ok(envelope)
    }
}

/// A whole number from 1 on; `None` for anything else in its place.
fn number(call: &Call, name: &str, usual: usize) -> Option<usize> {
    match query::value(call, name) {
        None => Some(usual),
        Some(text) => text.parse().ok().filter(|number| *number > 0),
    }
}

/// The same list, other page: clients follow this and lose none of their own parameters, but for a token (B13).
fn link(call: &Call, page: usize) -> String {
    let others = query::without(call, &["page", "access_token"]);
    let joint = if others.is_empty() { "" } else { "&" };
    format!(
        "https://api.bitbucket.org{}?{others}{joint}page={page}",
        call.path
    )
}
