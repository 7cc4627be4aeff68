//! One story: what somebody sends, from which tool, on which day, and how that goes wrong.

use super::person;
use super::request::{FETCH, Request, Sent, Surface, Tool};
use super::stage::OPENING_DAY;
use crate::sandbox::Bitbucket;
use crate::sandbox::credential::{Credential, Kind, State};
use std::sync::Arc;
use time::UtcDateTime;

/// An entry of the table of stories.
#[derive(Clone, Copy)]
pub struct Story {
    /// What the diagnosis must say first.
    pub mistake: &'static str,
    pub title: &'static str,
    pub on: UtcDateTime,
    pub tool: Tool,
    pub target: &'static str,
    pub holds: Holding,
    /// What the tool makes of the credential.
    pub sends: fn(&Credential) -> Sent,
    /// The same request goes out that often before (B26).
    pub after: u32,
}

/// The credential that somebody means to use.
#[derive(Clone, Copy)]
pub enum Holding {
    /// One of the standard set.
    Listed(Kind, State),
    /// Made for the story, with these scopes alone.
    Made(Kind, &'static [&'static str]),
}

impl Story {
    pub const fn rest(mistake: &'static str, title: &'static str) -> Self {
        Self {
            mistake,
            title,
            on: OPENING_DAY,
            tool: Tool::Curl,
            target: "/2.0/repositories/acme/website",
            holds: Holding::Listed(Kind::ApiToken, State::Good),
            sends: |_| Sent::Nothing,
            after: 0,
        }
    }

    pub const fn git(mistake: &'static str, title: &'static str) -> Self {
        Self {
            tool: Tool::Git,
            target: FETCH,
            ..Self::rest(mistake, title)
        }
    }

    pub const fn on(self, on: UtcDateTime) -> Self {
        Self { on, ..self }
    }

    pub const fn with(self, tool: Tool) -> Self {
        Self { tool, ..self }
    }

    pub const fn get(self, target: &'static str) -> Self {
        Self { target, ..self }
    }

    pub const fn holding(self, kind: Kind, state: State) -> Self {
        Self {
            holds: Holding::Listed(kind, state),
            ..self
        }
    }

    pub const fn holding_scopes(self, kind: Kind, scopes: &'static [&'static str]) -> Self {
        Self {
            holds: Holding::Made(kind, scopes),
            ..self
        }
    }

    pub const fn sending(self, sends: fn(&Credential) -> Sent) -> Self {
        Self { sends, ..self }
    }

    pub const fn after(self, after: u32) -> Self {
        Self { after, ..self }
    }

    pub fn surface(&self) -> Surface {
        match self.tool {
            Tool::Git => Surface::Git,
            _ => Surface::Rest,
        }
    }

    /// `None` where the sandbox has no such credential.
    pub fn credential(&self, bitbucket: &Bitbucket) -> Option<Arc<Credential>> {
        match self.holds {
            Holding::Listed(kind, state) => bitbucket.store.first(kind, state),
            Holding::Made(kind, scopes) => {
                let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
                Some(person::create(bitbucket, kind, scopes))
            }
        }
    }

    pub fn request(&self, credential: &Credential) -> Request {
        Request {
            surface: self.surface(),
            tool: self.tool,
            target: self.target.to_owned(),
            sent: (self.sends)(credential),
        }
    }
}
