//! What somebody may send as credentials, with everything that decides whether it works.

mod kind;

pub use kind::Kind;

use super::world;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use time::UtcDateTime;
use time::format_description::well_known::Rfc3339;

/// How it was minted; the date may make something else of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Good,
    /// An API token without scopes (A-table).
    Unscoped,
    Expired,
    Revoked,
    /// Belongs to another account than the one it is listed with (E25).
    OtherAccount,
    /// Made for another Atlassian product (A7).
    OtherProduct,
    /// A consumer that is not marked as private: it gets no token of its own (A14).
    Public,
}

/// One credential that the store holds. Serialized it is an entry of `--credentials-file`, its secret included.
#[derive(Clone, Serialize)]
pub struct Credential {
    pub kind: Kind,
    pub state: State,
    /// The Bitbucket username it is listed with; a consumer's key.
    pub username: String,
    /// The Atlassian account email it is listed with; empty where a kind has none.
    pub email: String,
    pub secret: String,
    /// In the vocabulary of its kind (B3).
    pub scopes: Vec<String>,
    /// `x-token-id` (B5).
    pub id: String,
    /// The only workspace it reaches, for kinds that belong to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// The only project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// The only repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "rfc3339_or_null"
    )]
    pub expires: Option<UtcDateTime>,
    /// Whose it really is, where that is not the account it is listed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Account>,
    /// The key of the consumer that a token was given to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer: Option<String>,
    /// What sets it apart from others of its kind and state, for people.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub note: String,
}

/// One account under both of its names (0.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    pub username: String,
    pub email: String,
}

impl Credential {
    /// Listed with the main account where its kind belongs to a person, without scopes, limits or end.
    pub fn new(kind: Kind, state: State, secret: String) -> Self {
        let (username, email) = match kind.is_personal() {
            true => (world::USERNAME, world::EMAIL),
            false => ("", ""),
        };
        Self {
            kind,
            state,
            username: username.to_owned(),
            email: email.to_owned(),
            secret,
            scopes: Vec::new(),
            id: String::new(),
            workspace: None,
            project: None,
            repository: None,
            expires: None,
            owner: None,
            consumer: None,
            note: String::new(),
        }
    }

    /// The email of the account it really belongs to.
    pub fn true_email(&self) -> &str {
        self.owner
            .as_ref()
            .map_or(&self.email, |owner| &owner.email)
    }

    /// The Bitbucket username of the account it really belongs to.
    pub fn true_username(&self) -> &str {
        self.owner
            .as_ref()
            .map_or(&self.username, |owner| &owner.username)
    }

    /// The user name that git is configured with for it (A-table).
    pub fn git_username(&self) -> Option<&str> {
        match self.kind {
            Kind::ApiToken | Kind::AppPassword | Kind::AccountPassword => Some(&self.username),
            kind if kind.goes_as_x_token_auth() => Some("x-token-auth"),
            _ => None,
        }
    }

    /// Whether its time has come.
    pub fn is_past(&self, now: UtcDateTime) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }
}

/// Without the secret: what is printed for debugging ends in logs.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("kind", &self.kind)
            .field("state", &self.state)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[expect(clippy::ref_option, reason = "the signature is serde's")]
fn rfc3339_or_null<S: Serializer>(
    date: &Option<UtcDateTime>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = date.and_then(|date| date.format(&Rfc3339).ok());
    text.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn what_is_printed_for_debugging_has_no_secret() {
        let credential = Credential::new(Kind::ApiToken, State::Good, "s3cret".into());
        let text = format!("{credential:?}");
        assert!(
            text.contains("ApiToken") && !text.contains("s3cret"),
            "{text}"
        );
    }

    #[test]
    fn an_entry_names_dates_as_text_and_leaves_out_what_it_lacks() {
        let mut credential = Credential::new(Kind::AppPassword, State::Good, "x".into());
        credential.expires = Some(utc_datetime!(2026-12-01 8:00));
        let entry = serde_json::to_value(&credential).unwrap();
        assert_eq!(entry["expires"], "2026-12-01T08:00:00Z");
        assert_eq!(entry["kind"], "app_password");
        assert_eq!(entry.get("workspace"), None);
    }
}
