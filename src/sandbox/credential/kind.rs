//! The kinds of credentials that the facts tell apart (the table of A, and A14 to A20).

use serde::{Deserialize, Serialize};

/// What a credential is, as `--credentials-file` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    ApiToken,
    /// The 24 characters from before 2023: they never had scopes.
    LegacyApiToken,
    AppPassword,
    RepoAccessToken,
    ProjectAccessToken,
    WorkspaceAccessToken,
    OauthAccessToken,
    /// Good for nothing but a new access token, once (A12).
    OauthRefreshToken,
    /// What a person's consent sends back to an app: good for tokens, once.
    OauthCode,
    OauthConsumer,
    /// What a Connect app signs for itself (A16).
    ConnectJwt,
    /// For servers of third parties (A18).
    PipelinesOidcToken,
    /// For `api.atlassian.com/admin` (A20).
    OrganisationApiKey,
    AccountPassword,
    /// Of the product that customers host themselves (A19).
    DataCenterToken,
}

impl Kind {
    /// `x-credential-type`, where a value was ever seen (B2, I10).
    pub fn credential_type(self) -> Option<&'static str> {
        Some(match self {
            Self::ApiToken => "api_token",
            Self::AppPassword => "apppassword",
            Self::RepoAccessToken => "repo_access_token",
            Self::ProjectAccessToken => "project_access_token",
            Self::WorkspaceAccessToken => "workspace_access_token",
            Self::OauthAccessToken => "oauth2",
            _ => return None,
        })
    }

    /// Bound to a repository, a project or a workspace, with a bot as its account (A11).
    pub fn is_access_token(self) -> bool {
        matches!(
            self,
            Self::RepoAccessToken | Self::ProjectAccessToken | Self::WorkspaceAccessToken
        )
    }

    /// Bearer on REST, `x-token-auth` on git (A10, A13).
    pub fn goes_as_x_token_auth(self) -> bool {
        self.is_access_token() || self == Self::OauthAccessToken
    }

    /// The scheme that it is right to send it with on REST.
    pub fn rest_scheme(self) -> Option<&'static str> {
        match self {
            Self::ApiToken | Self::AppPassword | Self::AccountPassword => Some("Basic"),
            Self::ConnectJwt => Some("JWT"),
            kind if kind.goes_as_x_token_auth() => Some("Bearer"),
            _ => None,
        }
    }

    /// Whether it stands for a person's account.
    pub fn is_personal(self) -> bool {
        matches!(
            self,
            Self::ApiToken
                | Self::LegacyApiToken
                | Self::AppPassword
                | Self::OauthAccessToken
                | Self::OauthRefreshToken
                | Self::OauthCode
                | Self::AccountPassword
                | Self::DataCenterToken
        )
    }

    /// What the token service was made for, and refuses in its own words (B10).
    pub fn is_atlassian_token(self) -> bool {
        self.goes_as_x_token_auth()
            || matches!(
                self,
                Self::ApiToken | Self::LegacyApiToken | Self::OrganisationApiKey
            )
    }
}
