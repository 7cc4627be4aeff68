//! What somebody may send as credentials, with everything that decides whether it works.

use time::UtcDateTime;

/// What a credential is, as `--credentials-file` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    ApiToken,
    AppPassword,
    RepoAccessToken,
    ProjectAccessToken,
    WorkspaceAccessToken,
    OauthAccessToken,
    OauthConsumer,
    AccountPassword,
    DataCenterToken,
}

/// How it was minted; the date may make something else of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
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
}

/// One credential that the store holds.
#[derive(Clone, Debug)]
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
    pub workspace: Option<String>,
    /// The only project.
    pub project: Option<String>,
    /// The only repository.
    pub repository: Option<String>,
    pub expires: Option<UtcDateTime>,
}
