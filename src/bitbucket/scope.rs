//! Scopes: their names, what they imply, and which ones a call needs (table D).

use http::Method;

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
    pub fn named(_name: &str) -> Option<Self> {
        todo!()
    }

    pub fn as_str(self) -> &'static str {
        self.0
    }

    pub fn vocabulary(self) -> Vocabulary {
        todo!()
    }

    /// Whether an access token of this `x-credential-type` can have it (D3); unknown types count as the widest.
    pub fn grantable_to(self, _credential_type: &str) -> bool {
        todo!()
    }
}

impl ScopeList {
    /// Names parted by commas or blanks.
    pub fn parse(_text: &str) -> Self {
        todo!()
    }
}

/// What the documentation asks for a REST call; `None` when the call, or its scopes, are not in it.
pub fn needs(_method: &Method, _path: &str) -> Option<Needs> {
    todo!()
}

/// `required` minus `granted` and what that implies, in the vocabulary of `granted`.
///
/// Empty when nothing is missing or when the two vocabularies cannot be compared.
pub fn missing(_granted: &[Scope], _required: &[Scope]) -> Vec<Scope> {
    todo!()
}

/// What `granted` lacks for a REST call by the documentation's table; empty also when that cannot be told.
pub fn missing_for(_granted: &[Scope], _method: &Method, _path: &str) -> Vec<Scope> {
    todo!()
}
