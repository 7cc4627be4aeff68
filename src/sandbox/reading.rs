//! Facts that conflict: which of two readings the sandbox follows, each a switch so that tests run both.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;
use time::Duration;

/// A fact with two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Disputed {
    A8,
    A9,
    A10,
    A12,
    B9,
    B11,
    B13,
    B14,
    B16,
    B17,
    B19,
    B26,
    B30,
    E2,
    I4,
    I5,
    I13,
    I15,
}

/// What the two readings of a fact are, for people.
#[derive(Clone, Copy, Debug)]
pub struct Dispute {
    pub fact: Disputed,
    /// What the sandbox does unless told otherwise.
    pub usual: &'static str,
    /// What it does with `--disputed FACT`.
    pub otherwise: &'static str,
}

const fn dispute(fact: Disputed, usual: &'static str, otherwise: &'static str) -> Dispute {
    Dispute {
        fact,
        usual,
        otherwise,
    }
}

impl Disputed {
    /// Every fact with a switch, in the order of the facts.
    pub const ALL: &[Dispute] = &[
        dispute(
            Self::A8,
            "An API token sent as Bearer is refused.",
            "It works as Bearer, too.",
        ),
        dispute(
            Self::A9,
            "A token without a scheme is refused.",
            "It works as if Bearer stood before it.",
        ),
        dispute(
            Self::A10,
            "An access token in Basic is refused on REST.",
            "It works there under the user name x-token-auth.",
        ),
        dispute(
            Self::A12,
            "An OAuth access token lives one hour.",
            "It lives two hours.",
        ),
        dispute(
            Self::B9,
            "An API token without scopes gets the challenge that every refused pair gets.",
            "Its challenge is BitbucketCustom.",
        ),
        dispute(
            Self::B11,
            "A refused Atlassian token gets a JSON message with its 401.",
            "Every 401 to a pair has an empty body.",
        ),
        dispute(
            Self::B13,
            "OAuth tokens in the query are refused from 2026-05-04.",
            "They are refused from 2026-02-20 (I12).",
        ),
        dispute(
            Self::B14,
            "An app password after its end gets a 401 without a word on REST.",
            "The 401 says that app passwords are deprecated (I3).",
        ),
        dispute(
            Self::B16,
            "Without credentials a private repository answers 401 on REST.",
            "It answers 404.",
        ),
        dispute(
            Self::B17,
            "An unknown scheme counts as no credentials, and so does bearer in lower case.",
            "The scheme's case does not matter, and an unknown scheme is refused.",
        ),
        dispute(
            Self::B19,
            "An access token on an endpoint of users gets 403.",
            "It gets 401.",
        ),
        dispute(
            Self::B26,
            "Archives: 5,000 an hour; x-ratelimit-nearlimit is true.",
            "Archives: 1,500 an hour; x-ratelimit-nearlimit is a number.",
        ),
        dispute(
            Self::B30,
            "Archives of bitbucket.org still take credentials after 2026-05-04.",
            "They take none from that day (C2).",
        ),
        dispute(
            Self::E2,
            "git refuses an API token under an email.",
            "git takes the email, too.",
        ),
        dispute(
            Self::I4,
            "The lists across workspaces that were removed answer 410.",
            "They answer 404.",
        ),
        dispute(
            Self::I5,
            "A refresh token is spent at once.",
            "It can be used for ten more minutes.",
        ),
        dispute(
            Self::I13,
            "git refuses an app password under an email.",
            "git takes the email, too.",
        ),
        dispute(
            Self::I15,
            "A workspace access token can hold the scope account.",
            "It cannot.",
        ),
    ];
}

impl fmt::Display for Disputed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Not the number of a fact that has a switch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no fact with two readings; there are {known}", known = Disputed::numbers())]
pub struct UnknownFact(String);

impl Disputed {
    fn numbers() -> String {
        let numbers: Vec<_> = Self::ALL.iter().map(|one| one.fact.to_string()).collect();
        numbers.join(", ")
    }
}

impl FromStr for Disputed {
    type Err = UnknownFact;

    fn from_str(text: &str) -> Result<Self, UnknownFact> {
        let named = |one: &&Dispute| one.fact.to_string().eq_ignore_ascii_case(text);
        let found = Self::ALL.iter().find(named);
        found
            .map(|one| one.fact)
            .ok_or_else(|| UnknownFact(text.chars().take(20).collect()))
    }
}

/// The readings taken against the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading(pub HashSet<Disputed>);

impl Reading {
    /// True where the less likely reading was asked for.
    pub fn otherwise(&self, fact: Disputed) -> bool {
        self.0.contains(&fact)
    }

    /// How long an OAuth access token lives.
    pub fn oauth_lifetime(&self) -> Duration {
        match self.otherwise(Disputed::A12) {
            true => Duration::hours(2),
            false => Duration::hours(1),
        }
    }
}

impl FromIterator<Disputed> for Reading {
    fn from_iter<I: IntoIterator<Item = Disputed>>(facts: I) -> Self {
        Self(facts.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_is_named_by_its_fact() {
        for one in Disputed::ALL {
            assert_eq!(one.fact.to_string().parse(), Ok(one.fact));
            assert_ne!(one.usual, one.otherwise);
        }
        assert_eq!("a10".parse(), Ok(Disputed::A10));
        let error = "A1".parse::<Disputed>().unwrap_err().to_string();
        assert!(
            error.starts_with("\"A1\" is no fact with two readings; there are A8, A9, A10, "),
            "{error}"
        );
    }
}
