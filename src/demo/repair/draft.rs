//! A request while it is being changed.

use super::{Change, Repaired, Scheme, Unclear, User};
use crate::demo::person::Person;
use crate::demo::request::{FETCH, Request, Sent, Surface, Tool};
use crate::sandbox::credential::{Credential, Kind, State};
use crate::sandbox::world::WORKSPACE;
use std::sync::Arc;
use std::time::Duration;

/// A little more than the hour that Bitbucket counts in (B26).
const AN_HOUR: Duration = Duration::from_secs(61 * 60);

pub(super) struct Draft<'a> {
    person: &'a Person<'a>,
    request: Request,
    scheme: Option<Scheme>,
    user: Option<String>,
    secret: Option<String>,
    /// What the secret is, where it is one of the person's own.
    credential: Option<Arc<Credential>>,
    wait: Duration,
    told: &'static str,
}

impl<'a> Draft<'a> {
    pub(super) fn of(request: &Request, person: &'a Person<'a>) -> Self {
        let (scheme, user, secret) = parts(&request.sent);
        Self {
            person,
            request: request.clone(),
            scheme,
            user,
            credential: secret.as_deref().and_then(|secret| person.page(secret)),
            secret,
            wait: Duration::ZERO,
            told: "the same secret",
        }
    }

    pub(super) fn make(&mut self, change: Change) {
        match change {
            Change::Scheme(scheme) => self.scheme = Some(scheme),
            Change::User(user) => self.user = Some(self.name(user)),
            Change::Whole if self.credential.is_some() => {}
            Change::AtHand | Change::Whole => {
                self.take(self.person.at_hand.clone(), "the whole secret");
            }
            Change::Kind(kind) => self.be(kind),
            Change::NewApiToken => self.renew(),
            Change::Scopes(scopes) => self.widen(scopes),
            Change::MoreScopes(more) => {
                let had = self.credential.as_ref().map(|old| old.scopes.clone());
                self.widen([had.unwrap_or_default(), more].concat());
            }
            Change::LookAtPage => self.look(),
            Change::Configured => {
                let configured = self.person.configured(self.request.surface);
                (self.scheme, self.user, self.secret) = parts(&configured);
                self.told = "what is configured";
            }
            Change::Path(path) => self.request.target = path,
            Change::RealNames => {
                let target = self.request.target.split('/').map(real_name);
                self.request.target = target.collect::<Vec<_>>().join("/");
            }
            Change::BelowVersion => self.request.target.insert_str(0, "/2.0"),
            Change::GoToGit => self.go_to_git(),
            Change::WaitOutTheHour => self.wait = AN_HOUR,
        }
    }

    pub(super) fn finish(self) -> Result<Repaired, Unclear> {
        let secret = self.secret.ok_or(Unclear::Secret)?;
        let sent = match self.scheme.ok_or(Unclear::Secret)? {
            Scheme::Bearer => Sent::Bearer(secret),
            Scheme::Basic => Sent::Basic {
                user: self.user.ok_or(Unclear::User)?,
                secret,
            },
        };
        Ok(Repaired {
            request: Request {
                sent,
                ..self.request
            },
            wait: self.wait,
            secret: self.told,
        })
    }

    fn name(&self, user: User) -> String {
        let owner = self.credential.as_ref().unwrap_or(&self.person.at_hand);
        match user {
            User::Email => owner.true_email(),
            User::Username => owner.true_username(),
            User::AsListed => &owner.username,
            User::ApiTokenLiteral => "x-bitbucket-api-token-auth",
            User::XTokenAuth => "x-token-auth",
        }
        .to_owned()
    }

    fn take(&mut self, credential: Arc<Credential>, told: &'static str) {
        self.secret = Some(credential.secret.clone());
        self.credential = Some(credential);
        self.told = told;
    }

    fn be(&mut self, kind: Kind) {
        let is_it = |credential: &Arc<Credential>| credential.kind == kind;
        if self.credential.as_ref().is_some_and(is_it) {
            return;
        }
        if is_it(&self.person.at_hand) {
            self.make(Change::AtHand);
        } else if kind == Kind::ApiToken {
            self.renew();
        }
    }

    fn renew(&mut self) {
        let new = self.person.create_api_token_for(&self.request);
        self.take(new, "a new API token");
    }

    fn widen(&mut self, scopes: Vec<String>) {
        if let Some(old) = self.credential.clone() {
            self.take(
                self.person.create_like(&old, scopes),
                "a new token with that scope",
            );
        }
    }

    /// What the owner sees there settles what the refusal left open (G6, G7).
    fn look(&mut self) {
        let Some(token) = self.credential.clone() else {
            return;
        };
        match token.state {
            State::OtherAccount => self.user = Some(self.owner_here(&token)),
            State::Unscoped | State::OtherProduct => self.renew(),
            State::Expired | State::Revoked if token.kind == Kind::ApiToken => self.renew(),
            State::Expired | State::Revoked => {
                let scopes = token.scopes.clone();
                self.take(self.person.create_like(&token, scopes), "a new token");
            }
            _ => {}
        }
    }

    fn owner_here(&self, token: &Credential) -> String {
        match self.request.surface {
            Surface::Rest => token.true_email(),
            Surface::Git => token.true_username(),
        }
        .to_owned()
    }

    fn go_to_git(&mut self) {
        self.request.surface = Surface::Git;
        self.request.tool = Tool::Git;
        FETCH.clone_into(&mut self.request.target);
    }
}

/// The stories have variables for the workspace only.
fn real_name(segment: &str) -> &str {
    match segment.starts_with('$') {
        true => WORKSPACE,
        false => segment,
    }
}

fn parts(sent: &Sent) -> (Option<Scheme>, Option<String>, Option<String>) {
    match sent.clone() {
        Sent::Basic { user, secret } => (Some(Scheme::Basic), Some(user), Some(secret)),
        Sent::Bearer(secret) => (Some(Scheme::Bearer), None, Some(secret)),
        // Nobody can tell the halves of what is written wrongly.
        Sent::Nothing | Sent::AsWritten(_) => (None, None, None),
    }
}
