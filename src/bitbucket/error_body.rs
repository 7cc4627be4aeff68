//! The origin's words of refusal, recognised from a closed list (B10-B33, table I).

use super::scope::ScopeList;
use serde_json::Value;
use std::borrow::Cow;

mod words;

pub use words::Words;

/// More of a body is not read.
const MAX_BYTES: usize = 64 * 1024;

/// What the body of a refused response says. Nothing of it is kept but what the closed lists know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// There was a body of text or JSON. Without it, that nothing is said means nothing.
    pub is_text: bool,
    /// Each at most once, in the order of [`Words`].
    pub words: Vec<Words>,
    /// The number in `CHANGE-3222`.
    pub change: Option<u16>,
    /// `error.detail.required` (B18).
    pub required: Option<ScopeList>,
    /// `error.detail.granted` (B18).
    pub granted: Option<ScopeList>,
}

impl ErrorBody {
    /// Reads at most 64 KiB of JSON or text; HTML says next to nothing.
    pub fn parse(body: &[u8]) -> Self {
        let body = body[..body.len().min(MAX_BYTES)].trim_ascii();
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        if is_html(body) {
            return Self::from_page(body);
        }
        if body.is_empty() {
            return Self::default();
        }
        match serde_json::from_slice(body) {
            Ok(envelope @ Value::Object(_)) => Self::from_envelope(&envelope),
            Ok(Value::String(text)) => Self::from_text(&text),
            Ok(_) => Self::default(),
            // Plain text, or JSON that was cut off.
            Err(_) => Self::from_text(&String::from_utf8_lossy(body)),
        }
    }

    pub fn says(&self, words: Words) -> bool {
        self.words.contains(&words)
    }

    /// The error envelope of REST (B33), or an OAuth error (RFC 6749 5.2).
    fn from_envelope(envelope: &Value) -> Self {
        let error = &envelope["error"];
        let detail = &error["detail"];
        let mut said = Vec::new();
        for part in [
            error,
            &error["message"],
            detail,
            &envelope["error_description"],
            &envelope["message"],
        ] {
            said.extend(part.as_str());
        }
        // One level below, where links and keys are.
        for part in [detail, &error["data"], &envelope["data"]] {
            let members = part
                .as_object()
                .into_iter()
                .flat_map(|members| members.values());
            said.extend(members.filter_map(Value::as_str));
        }
        Self {
            required: scopes(&detail["required"]),
            granted: scopes(&detail["granted"]),
            ..Self::from_text(&said.join("\n"))
        }
    }

    /// A page for people: of all it says, what only such a page says.
    fn from_page(page: &[u8]) -> Self {
        let mut words = words::in_text(&String::from_utf8_lossy(page));
        words.retain(|words| *words == Words::RedirectUriInvalid);
        Self {
            words,
            ..Self::default()
        }
    }

    fn from_text(text: &str) -> Self {
        Self {
            is_text: !text.trim().is_empty(),
            words: words::in_text(text),
            change: change_number(text),
            ..Self::default()
        }
    }
}

fn is_html(body: &[u8]) -> bool {
    let starts = |word: &[u8]| {
        body.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    starts(b"<!doctype html") || starts(b"<html")
}

/// A list of names, or names in one string.
fn scopes(list: &Value) -> Option<ScopeList> {
    match list {
        Value::Array(names) => Some(
            names
                .iter()
                .map(|name| name.as_str().unwrap_or_default())
                .collect(),
        ),
        Value::String(names) => Some(ScopeList::parse(names)),
        _ => None,
    }
}

/// The first `CHANGE-` with four digits (B21).
fn change_number(text: &str) -> Option<u16> {
    text.split("CHANGE-").skip(1).find_map(|after| {
        let digits = after
            .get(..4)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let longer = after[4..].starts_with(|c: char| c.is_ascii_digit());
        digits.parse().ok().filter(|_| !longer)
    })
}

/// Lower case, with every run of blanks as one: git wraps its lines and repeats `remote:`, and `[ALERT]` (B25).
fn folded(text: &str) -> Cow<'_, str> {
    let plain = text
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic() && !byte.is_ascii_uppercase());
    if plain && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let lines = text
        .lines()
        .map(|line| without(without(line, "remote:"), "[ALERT]"));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    Cow::Owned(words.join(" ").to_ascii_lowercase())
}

fn without<'a>(line: &'a str, start: &str) -> &'a str {
    line.trim_start().strip_prefix(start).unwrap_or(line)
}

#[cfg(test)]
mod tests;
