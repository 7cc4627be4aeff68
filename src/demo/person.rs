//! Who follows a fix: somebody with an account, a credential at hand, and the pages on which tokens are made.

use super::request::{Request, Sent, Surface};
use crate::bitbucket::scope;
use crate::sandbox::Bitbucket;
use crate::sandbox::credential::{Credential, Kind, State};
use crate::sandbox::store::{new_id, new_secret};
use crate::sandbox::world;
use http::Method;
use std::sync::Arc;

/// The owner of the account `jdoe`.
pub struct Person<'a> {
    pub bitbucket: &'a Bitbucket,
    /// The credential as it was given out: what the tool was meant to send.
    pub at_hand: Arc<Credential>,
}

impl Person<'_> {
    /// Makes a token on the account's page, or on that of a repository, with these scopes.
    pub fn create(&self, kind: Kind, scopes: Vec<String>) -> Arc<Credential> {
        create(self.bitbucket, kind, scopes)
    }

    /// An API token with what the documentation asks for this call, and no more.
    pub fn create_api_token_for(&self, request: &Request) -> Arc<Credential> {
        let scopes: Vec<&str> = match request.surface {
            Surface::Rest => scope::needs(&Method::GET, request.path())
                .map(|needs| needs.granular.iter().map(|scope| scope.as_str()).collect())
                .unwrap_or_default(),
            // D7.
            Surface::Git if request.is_push() => {
                vec!["read:repository:bitbucket", "write:repository:bitbucket"]
            }
            Surface::Git => vec!["read:repository:bitbucket"],
        };
        let owned = scopes.into_iter().map(str::to_owned).collect();
        self.create(Kind::ApiToken, owned)
    }

    /// The same kind of token in the same place, with these scopes.
    pub fn create_like(&self, old: &Credential, scopes: Vec<String>) -> Arc<Credential> {
        let new = Credential {
            secret: new_secret(old.kind),
            scopes,
            state: State::Good,
            expires: None,
            owner: None,
            ..old.clone()
        };
        self.bitbucket.store.add(new)
    }

    /// The entry of a credential on its page: only its owner sees one.
    pub fn page(&self, secret: &str) -> Option<Arc<Credential>> {
        self.bitbucket.store.find(secret)
    }

    /// As a client is set up that has the credential at hand, in the form that goes with it (A-table).
    pub fn configured(&self, surface: Surface) -> Sent {
        let it = &*self.at_hand;
        match (it.kind, surface) {
            (Kind::ApiToken, Surface::Rest) => Sent::basic(&it.email, &it.secret),
            (Kind::ApiToken | Kind::AppPassword, _) => Sent::basic(&it.username, &it.secret),
            (_, Surface::Rest) => Sent::Bearer(it.secret.clone()),
            (_, Surface::Git) => Sent::basic("x-token-auth", &it.secret),
        }
    }
}

/// Adds a credential to the store, bound to the repository of the stories where its kind is bound to one.
pub fn create(bitbucket: &Bitbucket, kind: Kind, scopes: Vec<String>) -> Arc<Credential> {
    let mut new = Credential::new(kind, State::Good, new_secret(kind));
    new.scopes = scopes;
    new.id = new_id();
    if kind == Kind::RepoAccessToken {
        new.workspace = Some(world::WORKSPACE.to_owned());
        new.project = Some("WEB".to_owned());
        new.repository = Some("website".to_owned());
    }
    bitbucket.store.add(new)
}
