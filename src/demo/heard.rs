//! What the proxy said about a refusal, as a client reads it from the response.

use crate::output::field::X_AUTH_DIAGNOSIS;
use http::HeaderMap;
use sfv::{BareItem, List, ListEntry, Parameters, Parser};

/// `x-auth-diagnosis`, and its first member taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The whole value.
    pub field: String,
    /// The other members: `email-of-another-account (possible)`.
    pub others: Vec<String>,
    pub mistake: String,
    pub certainty: String,
    pub fix: String,
    /// Of the event in the log.
    pub id: String,
}

impl Heard {
    /// `None` where there is no field, or one that RFC 9651 does not allow.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(X_AUTH_DIAGNOSIS)?;
        let list = Parser::new(value.as_bytes()).parse::<List>().ok()?;
        let mut members = list.into_iter();
        let Some(ListEntry::Item(first)) = members.next() else {
            return None;
        };
        let text = |key: &str| text(&first.params, key);
        Some(Self {
            field: value.to_str().ok()?.to_owned(),
            others: members
                .map(|member| other(&member))
                .collect::<Option<_>>()?,
            mistake: first.bare_item.as_token()?.to_string(),
            certainty: text("certainty")?,
            fix: text("fix")?,
            id: text("id")?,
        })
    }
}

fn other(member: &ListEntry) -> Option<String> {
    let ListEntry::Item(item) = member else {
        return None;
    };
    let certainty = text(&item.params, "certainty")?;
    Some(format!("{} ({certainty})", item.bare_item.as_token()?))
}

fn text(parameters: &Parameters, key: &str) -> Option<String> {
    match parameters.get(key)? {
        BareItem::Token(token) => Some(token.to_string()),
        BareItem::String(string) => Some(string.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn heard(value: &'static str) -> Option<Heard> {
        let mut headers = HeaderMap::new();
        headers.insert(X_AUTH_DIAGNOSIS, HeaderValue::from_static(value));
        Heard::of(&headers)
    }

    #[test]
    fn the_first_member_is_the_finding() {
        let heard = heard(
            r#"no-credentials;certainty=proven;fix="Send \"them\".";id="k3", challenge;certainty=possible"#,
        )
        .unwrap();
        assert_eq!(heard.mistake, "no-credentials");
        assert_eq!(
            (heard.certainty.as_str(), heard.id.as_str()),
            ("proven", "k3")
        );
        assert_eq!(heard.fix, "Send \"them\".");
        assert_eq!(heard.others, ["challenge (possible)"]);
        assert!(
            heard
                .field
                .starts_with("no-credentials;certainty=proven;fix=")
        );
    }

    #[test]
    fn what_is_no_such_field_says_nothing() {
        assert_eq!(Heard::of(&HeaderMap::new()), None);
        assert_eq!(heard("no-credentials"), None);
        assert_eq!(heard("\"text\""), None);
    }
}
