//! Scopes: their names, what they imply, and which ones a call needs (table D).

use super::call::Transfer;
use super::endpoint::{Operation, rest_path};
use http::Method;

mod implication;
mod least;
mod names;
mod table;

pub use least::{excess, lacking, least};

/// A scope of the closed list: the only scope names that are ever shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(&'static str);

/// Which of the two families of names (B3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// OAuth, access tokens, Connect: `repository:write` (D1). Some imply others (D2).
    Classic,
    /// API tokens and Forge: `write:repository:bitbucket` (D4). None implies another.
    Granular,
}

/// Scopes as the origin listed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeList {
    pub known: Vec<Scope>,
    /// How many names are not of our list.
    pub unknown: usize,
}

/// The scopes that one call needs, all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    pub classic: &'static [Scope],
    pub granular: &'static [Scope],
}

impl Scope {
    pub fn named(name: &str) -> Option<Self> {
        names::CLASSIC
            .iter()
            .chain(names::GRANULAR)
            .copied()
            .find(|scope| scope.0 == name)
    }

    pub fn as_str(self) -> &'static str {
        self.0
    }

    pub fn vocabulary(self) -> Vocabulary {
        if names::CLASSIC.contains(&self) {
            Vocabulary::Classic
        } else {
            Vocabulary::Granular
        }
    }

    /// This is the `read:` to a `write:` that was granted (E32): for API tokens neither includes the other.
    pub fn is_granted_for_writing_only(self, granted: &[Self]) -> bool {
        let Some(what) = self.0.strip_prefix("read:") else {
            return false;
        };
        granted
            .iter()
            .any(|scope| scope.0.strip_prefix("write:") == Some(what))
    }

    /// Whether an access token of this `x-credential-type` can have it (D3); an unknown type counts as the widest.
    ///
    /// `account` of workspace tokens is disputed (I15) and counts as possible.
    pub fn grantable_to(self, credential_type: &str) -> bool {
        use names::*;
        const REPOSITORY_TOKEN: &[Scope] = &[
            REPOSITORY,
            REPOSITORY_WRITE,
            REPOSITORY_ADMIN,
            REPOSITORY_DELETE,
            PULLREQUEST,
            PULLREQUEST_WRITE,
            WEBHOOK,
            PIPELINE,
            PIPELINE_WRITE,
            PIPELINE_VARIABLE,
            RUNNER,
            RUNNER_WRITE,
        ];
        let more: &[Scope] = match credential_type {
            "repo_access_token" => &[],
            "project_access_token" => &[PROJECT],
            _ => &[PROJECT, PROJECT_ADMIN, ACCOUNT],
        };
        REPOSITORY_TOKEN.contains(&self) || more.contains(&self)
    }
}

impl ScopeList {
    /// Names parted by commas or blanks.
    pub fn parse(text: &str) -> Self {
        text.split([',', ' ', '\t'])
            .filter(|name| !name.is_empty())
            .collect()
    }
}

impl<'a> FromIterator<&'a str> for ScopeList {
    fn from_iter<T: IntoIterator<Item = &'a str>>(names: T) -> Self {
        let mut list = Self::default();
        for name in names {
            match Scope::named(name) {
                Some(scope) if list.known.contains(&scope) => {}
                Some(scope) => list.known.push(scope),
                None => list.unknown += 1,
            }
        }
        list
    }
}

/// What the documentation asks for a REST call; `path` as sent. `None` when the call is not in it.
pub fn needs(method: &Method, path: &str) -> Option<Needs> {
    table::look_up(method, rest_path(path)?)
}

/// What the documentation asks for an operation.
pub fn needs_of(operation: &Operation) -> Option<Needs> {
    table::look_up(&operation.method, operation.template)
}

/// What git over HTTPS needs (D7); of classic scopes that for writing contains the one for reading (D2).
pub fn needs_of_git(transfer: Transfer) -> Needs {
    use names::*;
    match transfer {
        Transfer::Fetch => Needs {
            classic: &[REPOSITORY],
            granular: &[READ_REPOSITORY],
        },
        Transfer::Push => Needs {
            classic: &[REPOSITORY_WRITE],
            granular: &[READ_REPOSITORY, WRITE_REPOSITORY],
        },
    }
}

/// `required` minus `granted` and what that implies, both as the server lists them.
///
/// Where the server mixes its two vocabularies (B3), what cannot be translated for certain is left out.
pub fn missing(granted: &[Scope], required: &[Scope]) -> Vec<Scope> {
    let mut lacking = comparable(granted, required);
    lacking.retain(|scope| !granted.contains(scope));
    let strict: Vec<Scope> = lacking
        .iter()
        .copied()
        .filter(|scope| !implication::stated(granted, *scope))
        .collect();
    // The server insists on scopes that its documentation calls implied: it knows better.
    if strict.is_empty() { lacking } else { strict }
}

/// `wanted` in the vocabulary of `granted`, without what cannot be translated for certain.
fn comparable(granted: &[Scope], wanted: &[Scope]) -> Vec<Scope> {
    let granular = !granted.is_empty()
        && granted
            .iter()
            .all(|scope| scope.vocabulary() == Vocabulary::Granular);
    let translated = wanted.iter().filter_map(|scope| match scope.vocabulary() {
        Vocabulary::Classic if granular => implication::granular_of(*scope),
        Vocabulary::Granular if !granular && !granted.is_empty() => None,
        _ => Some(*scope),
    });
    translated.collect()
}

/// What `granted` lacks by what the server says that it accepts; nothing where it has one of these, or may well have it.
pub fn short_of_accepted(granted: &[Scope], accepted: &[Scope]) -> Vec<Scope> {
    let wanted = comparable(granted, accepted);
    let lacking = lacking(granted, &wanted);
    if lacking.len() < wanted.len() {
        return Vec::new();
    }
    lacking
}

/// What an API token lacks, in its own names: those that the call needs if the table has it, else one for one (D5).
pub fn for_api_token(missing: &[Scope], needs: Option<Needs>) -> Vec<Scope> {
    let of_the_call = |needs: &Needs| missing.iter().all(|scope| needs.classic.contains(scope));
    match needs.filter(of_the_call) {
        Some(needs) if !missing.is_empty() && !needs.granular.is_empty() => needs.granular.to_vec(),
        _ => {
            let own = |scope: &Scope| implication::granular_of(*scope).unwrap_or(*scope);
            missing.iter().map(own).collect()
        }
    }
}

/// What `granted` lacks of `needs`; empty also when its vocabulary is not clear.
pub fn short_of(granted: &[Scope], needs: Needs) -> Vec<Scope> {
    let Some(vocabulary) = granted.first().map(|scope| scope.vocabulary()) else {
        return Vec::new();
    };
    if granted.iter().any(|scope| scope.vocabulary() != vocabulary) {
        return Vec::new();
    }
    let needed = match vocabulary {
        Vocabulary::Classic => needs.classic,
        Vocabulary::Granular => needs.granular,
    };
    lacking(granted, needed)
}

#[cfg(test)]
mod tests;
