//! The little that the body of a 2xx tells about credentials. Nothing of it is kept.

use serde::Deserialize;

/// More of a body is not read.
const MAX_BYTES: usize = 64 * 1024;

/// What git is told inside a 200 when a hook refuses the push (I9).
const HOOK_DECLINED: &[u8] = b"pre-receive hook declined";
/// What the page says on which a person would have let an app in (A12).
const REDIRECT_REFUSED: &[u8] = b"invalid redirect_uri";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Success {
    /// Of a page of a listing.
    pub listing: Option<Listing>,
    pub hook_declined: bool,
    /// A page that refuses the address to return to.
    pub redirect_refused: bool,
}

/// What a page of a listing holds, as far as it is visible to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Listing {
    Empty,
    /// Nothing but what says of itself that it is not private.
    Public,
    /// Anything else.
    Other,
}

#[derive(Deserialize)]
struct Page {
    values: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    is_private: Option<bool>,
}

impl Success {
    /// Reads at most 64 KiB; a listing that is longer is none.
    pub fn read(body: &[u8]) -> Self {
        let body = &body[..body.len().min(MAX_BYTES)];
        Self {
            listing: listing(body),
            hook_declined: says(body, HOOK_DECLINED),
            redirect_refused: says(body, REDIRECT_REFUSED),
        }
    }
}

/// `words` in lower case.
fn says(body: &[u8], words: &[u8]) -> bool {
    // Few places begin like the words: the rest is passed over many bytes at a time.
    let first = words[0];
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), body)
        .filter_map(|at| body.get(at..at + words.len()))
        .any(|part| part.eq_ignore_ascii_case(words))
}

fn listing(body: &[u8]) -> Option<Listing> {
    let body = body.trim_ascii_start();
    if !body.starts_with(b"{") {
        return None;
    }
    let page: Page = serde_json::from_slice(body).ok()?;
    let is_public = |item: &Item| item.is_private == Some(false);
    Some(match page.values.as_slice() {
        [] => Listing::Empty,
        values if values.iter().all(is_public) => Listing::Public,
        _ => Listing::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_by_what_everybody_may_see() {
        for (body, expected) in [
            (r#" {"size":0,"values":[]}"#, Some(Listing::Empty)),
            (
                r#"{"values":[{"is_private":false,"name":"a"}]}"#,
                Some(Listing::Public),
            ),
            (
                r#"{"values":[{"is_private":false},{"is_private":true}]}"#,
                Some(Listing::Other),
            ),
            (r#"{"values":[{"name":"a"}]}"#, Some(Listing::Other)),
            (r#"{"values":["a"]}"#, None),
            (r#"{"name":"a"}"#, None),
            (r#"{"values":[{"is_private":fal"#, None),
            ("[]", None),
            ("", None),
        ] {
            assert_eq!(Success::read(body.as_bytes()).listing, expected, "{body}");
        }
    }

    #[test]
    fn refusals_that_come_as_a_success() {
        let push = b"0000\x01003eng refs/heads/main pre-receive hook declined\n0000";
        assert!(Success::read(push).hook_declined);
        assert!(Success::read(b"<html><p>Invalid redirect_uri</p>").redirect_refused);
        assert_eq!(Success::read(b"000eunpack ok\n"), Success::default());
    }
}
