//! What may be sent, minted for the test: kinds of credentials, the states they can be in, and what the sandbox is told.

use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};
use why401::credentials::mint;
use why401::sandbox::credential::{self, Account, Credential};
use why401::sandbox::store::every_scope;
use why401::sandbox::world;

/// By the table of A, and what people send for them (A18 to A21, A24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    ApiToken,
    RepoToken,
    ProjectToken,
    WorkspaceToken,
    AppPassword,
    /// 20 characters (A21).
    OldAppPassword,
    OauthJwt,
    /// About 90 characters (A13).
    OauthOpaque,
    ConsumerSecret,
    /// 24 characters (A21).
    LegacyToken,
    AccountPassword,
    ConnectJwt,
    PipelinesJwt,
    DataCenterToken,
    GitHubToken,
    GitLabToken,
    PrivateKey,
    /// Nothing that anybody knows.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Good,
    /// May read repositories, nothing else.
    FewScopes,
    /// May write repositories and not read them (D4).
    WritesOnly,
    NoScopes,
    Expired,
    Revoked,
    OtherAccount,
    OtherProduct,
    /// Its end is missing (A5).
    Damaged,
}

use Kind::*;
use State::*;

/// Every kind in every state that it can have.
pub const CREDENTIALS: &[(Kind, State)] = &[
    (ApiToken, Good),
    (ApiToken, FewScopes),
    (ApiToken, WritesOnly),
    (ApiToken, NoScopes),
    (ApiToken, Expired),
    (ApiToken, Revoked),
    (ApiToken, OtherAccount),
    (ApiToken, OtherProduct),
    (ApiToken, Damaged),
    (RepoToken, Good),
    (RepoToken, FewScopes),
    (RepoToken, Expired),
    (RepoToken, Damaged),
    (ProjectToken, Good),
    (ProjectToken, Revoked),
    (WorkspaceToken, Good),
    (WorkspaceToken, FewScopes),
    (AppPassword, Good),
    (AppPassword, FewScopes),
    (AppPassword, Revoked),
    (AppPassword, OtherAccount),
    (AppPassword, Damaged),
    (OldAppPassword, Good),
    (OldAppPassword, Revoked),
    (OauthJwt, Good),
    (OauthJwt, FewScopes),
    (OauthJwt, Expired),
    (OauthJwt, Revoked),
    (OauthJwt, Damaged),
    (OauthOpaque, Good),
    (OauthOpaque, Expired),
    (OauthOpaque, Revoked),
    (ConsumerSecret, Good),
    (LegacyToken, Good),
    (AccountPassword, Good),
    (AccountPassword, OtherAccount),
    (ConnectJwt, Good),
    (PipelinesJwt, Good),
    (DataCenterToken, Good),
    (GitHubToken, Good),
    (GitLabToken, Good),
    (PrivateKey, Good),
    (Unknown, Good),
];

impl Kind {
    /// On no date before that there was one (C).
    pub fn begins(self) -> UtcDateTime {
        match self {
            ApiToken => utc_datetime!(2025-06-01 0:00),
            ProjectToken | WorkspaceToken => utc_datetime!(2023-02-01 0:00),
            _ => UtcDateTime::MIN,
        }
    }

    pub fn is_access_token(self) -> bool {
        matches!(self, RepoToken | ProjectToken | WorkspaceToken)
    }

    /// Bearer on REST, `x-token-auth` on git (A10, A13).
    pub fn is_bearer(self) -> bool {
        self.is_access_token() || matches!(self, OauthJwt | OauthOpaque)
    }

    pub fn is_app_password(self) -> bool {
        matches!(self, AppPassword | OldAppPassword)
    }

    /// Ends in a checksum of the rest (A3).
    pub fn has_checksum(self) -> bool {
        self == ApiToken || self == AppPassword || self.is_access_token()
    }

    /// The sandbox's name for it; `None` for what it has never heard of.
    fn known(self) -> Option<credential::Kind> {
        use credential::Kind as Known;
        Some(match self {
            ApiToken => Known::ApiToken,
            RepoToken => Known::RepoAccessToken,
            ProjectToken => Known::ProjectAccessToken,
            WorkspaceToken => Known::WorkspaceAccessToken,
            AppPassword | OldAppPassword => Known::AppPassword,
            OauthJwt | OauthOpaque => Known::OauthAccessToken,
            ConsumerSecret => Known::OauthConsumer,
            LegacyToken => Known::LegacyApiToken,
            AccountPassword => Known::AccountPassword,
            ConnectJwt => Known::ConnectJwt,
            PipelinesJwt => Known::PipelinesOidcToken,
            DataCenterToken => Known::DataCenterToken,
            GitHubToken | GitLabToken | PrivateKey | Unknown => return None,
        })
    }

    fn whole(self, seed: u64, ends: UtcDateTime) -> String {
        match self {
            ApiToken => mint::api_token(seed),
            RepoToken | ProjectToken | WorkspaceToken => mint::access_token(seed),
            AppPassword => mint::app_password(seed),
            OldAppPassword => mint::alphanumerics(seed, 20),
            OauthJwt => mint::jwt_until(ends.unix_timestamp(), seed),
            OauthOpaque => format!("{}=", mint::alphanumerics(seed, 91)),
            ConsumerSecret => mint::alphanumerics(seed, 32),
            LegacyToken => mint::alphanumerics(seed, 24),
            AccountPassword => mint::alphanumerics(seed, 14),
            ConnectJwt => mint::connect_jwt(seed),
            PipelinesJwt => mint::pipelines_jwt(seed),
            DataCenterToken => mint::data_center_token(seed),
            GitHubToken => mint::github_token(seed),
            GitLabToken => mint::gitlab_token(seed),
            PrivateKey => mint::private_key(seed),
            Unknown => mint::alphanumerics(seed, 70),
        }
    }
}

/// The key of the one consumer.
pub fn consumer_key() -> String {
    mint::alphanumerics(99, 18)
}

/// What is sent, and what the sandbox knows of it.
pub fn minted(kind: Kind, state: State, now: UtcDateTime) -> (String, Option<Credential>) {
    let seed = place(kind, state);
    let ends = match state {
        Expired => now - Duration::hours(1),
        _ => now + Duration::hours(1),
    };
    let whole = kind.whole(seed, ends);
    let sent = match state {
        Damaged => whole[..whole.len() * 2 / 3].to_owned(),
        _ => whole.clone(),
    };
    (
        sent,
        kind.known()
            .map(|known| credential(known, state, whole, ends)),
    )
}

/// A seed of its own.
fn place(kind: Kind, state: State) -> u64 {
    let found = CREDENTIALS.iter().position(|one| *one == (kind, state));
    found.expect("it is in the list") as u64 + 1
}

fn credential(
    known: credential::Kind,
    state: State,
    secret: String,
    ends: UtcDateTime,
) -> Credential {
    let lives = match state {
        Expired => credential::State::Expired,
        Revoked => credential::State::Revoked,
        NoScopes => credential::State::Unscoped,
        OtherAccount => credential::State::OtherAccount,
        OtherProduct => credential::State::OtherProduct,
        Good | FewScopes | WritesOnly | Damaged => credential::State::Good,
    };
    let mut made = Credential::new(known, lives, secret);
    made.scopes = scopes(known, state);
    made.expires = Some(ends);
    made.owner = (state == OtherAccount).then(|| Account {
        username: world::OTHER_USERNAME.to_owned(),
        email: world::OTHER_EMAIL.to_owned(),
    });
    let bound = |to: &str| Some(to.to_owned());
    if known.is_access_token() {
        made.workspace = bound(world::WORKSPACE);
    }
    if matches!(
        known,
        credential::Kind::RepoAccessToken | credential::Kind::ProjectAccessToken
    ) {
        made.project = bound("WEB");
    }
    if known == credential::Kind::RepoAccessToken {
        made.repository = bound("website");
    }
    if known == credential::Kind::OauthConsumer {
        made.username = consumer_key();
    }
    made
}

fn scopes(known: credential::Kind, state: State) -> Vec<String> {
    let named = |name: &str| vec![name.to_owned()];
    match (state, known) {
        (NoScopes | OtherProduct, _) => vec![],
        (FewScopes, credential::Kind::ApiToken) => named("read:repository:bitbucket"),
        (WritesOnly, _) => named("write:repository:bitbucket"),
        (FewScopes, _) => named("repository"),
        _ => every_scope(known),
    }
}
