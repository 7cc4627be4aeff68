//! What calls need: one by one, and the least scopes for all of them, by credential where that is known.

use crate::bitbucket::call::Call;
use crate::bitbucket::endpoint::Removed;
use crate::bitbucket::scope::{self, Needs, Scope, Vocabulary};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

pub mod json;
pub mod text;

/// Beyond these, credentials count as one that is not known.
const MAX_CREDENTIALS: usize = 10_000;

/// A call with what is documented for it on a day.
#[derive(Clone, Debug)]
pub struct Needed {
    pub call: Call,
    /// `None` for an unknown call.
    pub needs: Option<Needs>,
    pub removed: Option<Removed>,
}

impl Needed {
    pub fn on(call: Call, date: Date) -> Self {
        Self {
            needs: call.needs(),
            removed: call.removed(date),
            call,
        }
    }
}

/// A call that was seen, and with what.
#[derive(Clone, Debug)]
pub struct Seen {
    pub call: Call,
    /// The id under which the log names the credential.
    pub credential: Option<String>,
    /// What the server said that it may do; empty when it did not.
    pub granted: Vec<Scope>,
}

impl Seen {
    /// A call that nobody has made yet.
    pub fn planned(call: Call) -> Self {
        Self {
            call,
            credential: None,
            granted: Vec::new(),
        }
    }
}

/// The scopes that several calls need together.
#[derive(Debug, Default)]
pub struct Total {
    classic: BTreeSet<Scope>,
    granular: BTreeSet<Scope>,
    credentials: BTreeMap<String, Sum>,
}

/// The same of one credential.
#[derive(Debug, Default)]
struct Sum {
    classic: BTreeSet<Scope>,
    granular: BTreeSet<Scope>,
    granted: Vec<Scope>,
}

/// A credential whose scopes the server has told, beside the least ones for its calls.
#[derive(Debug)]
pub struct Grant<'a> {
    pub credential: &'a str,
    pub granted: &'a [Scope],
    /// In the vocabulary of the grant.
    pub least: Vec<Scope>,
    pub excess: Vec<Scope>,
    pub lacking: Vec<Scope>,
}

impl Total {
    /// Calls that are gone need nothing any more.
    pub fn add(&mut self, needed: &Needed, credential: Option<&str>, granted: &[Scope]) {
        let needs = needed.needs.filter(|_| needed.removed.is_none());
        if let Some(needs) = needs {
            self.classic.extend(needs.classic);
            self.granular.extend(needs.granular);
        }
        let Some(sum) = credential.and_then(|name| self.sum(name)) else {
            return;
        };
        if let Some(needs) = needs {
            sum.classic.extend(needs.classic);
            sum.granular.extend(needs.granular);
        }
        // The last word counts: scopes of a consumer may have been added meanwhile.
        if !granted.is_empty() {
            sum.granted = granted.to_vec();
        }
    }

    fn sum(&mut self, credential: &str) -> Option<&mut Sum> {
        let has_room = self.credentials.len() < MAX_CREDENTIALS;
        if has_room || self.credentials.contains_key(credential) {
            return Some(self.credentials.entry(credential.to_owned()).or_default());
        }
        None
    }

    /// For OAuth and access tokens.
    pub fn classic(&self) -> Vec<Scope> {
        scope::least(&self.classic)
    }

    /// For API tokens.
    pub fn granular(&self) -> Vec<Scope> {
        scope::least(&self.granular)
    }

    /// Each credential whose grant is known and in one vocabulary (B3).
    pub fn grants(&self) -> impl Iterator<Item = Grant<'_>> {
        self.credentials.iter().filter_map(|(credential, sum)| {
            let vocabulary = sum.granted.first()?.vocabulary();
            if sum
                .granted
                .iter()
                .any(|scope| scope.vocabulary() != vocabulary)
            {
                return None;
            }
            let least = scope::least(match vocabulary {
                Vocabulary::Classic => &sum.classic,
                Vocabulary::Granular => &sum.granular,
            });
            Some(Grant {
                credential,
                granted: &sum.granted,
                excess: scope::excess(&sum.granted, &least),
                lacking: scope::lacking(&sum.granted, &least),
                least,
            })
        })
    }
}
