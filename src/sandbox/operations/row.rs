//! One line of the table.

use http::{Method, StatusCode};
use time::format_description::well_known::Iso8601;
use time::{Date, UtcDateTime};

/// One operation.
#[derive(Debug)]
pub struct Operation {
    pub method: Method,
    /// Below `/2.0`, with `{names}` of parameters.
    pub path: &'static str,
    pub gone: Gone,
    pub callers: Callers,
    /// What OAuth tokens, access tokens and app passwords need, all of it.
    pub classic: Vec<&'static str>,
    /// What API tokens need, all of it.
    pub granular: Vec<&'static str>,
    /// Of success.
    pub status: StatusCode,
    /// What it answers with; the head of the table says how it is written.
    pub answer: &'static str,
}

/// Since when an operation is no longer there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    No,
    Since(Date),
    /// The day is not known.
    Always,
}

/// Who may call an operation at all, whatever the scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callers {
    /// People without credentials, too, where the resource is public.
    All,
    Known,
    /// Whoever has credentials that are not an access token (A11, B19).
    Person,
    /// Connect apps (B15).
    App,
}

impl Operation {
    pub(super) fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let operation = Self {
            method: columns.next()?.parse().ok()?,
            path: columns.next()?,
            gone: gone(columns.next()?)?,
            callers: callers(columns.next()?)?,
            classic: list(columns.next()?),
            granular: list(columns.next()?),
            status: columns.next()?.parse().ok()?,
            answer: columns.next()?,
        };
        columns.next().is_none().then_some(operation)
    }

    pub fn is_gone(&self, now: UtcDateTime) -> bool {
        match self.gone {
            Gone::No => false,
            Gone::Since(day) => now.date() >= day,
            Gone::Always => true,
        }
    }
}

fn gone(text: &str) -> Option<Gone> {
    Some(match text {
        "-" => Gone::No,
        "always" => Gone::Always,
        day => Gone::Since(Date::parse(day, &Iso8601::DATE).ok()?),
    })
}

fn callers(text: &str) -> Option<Callers> {
    Some(match text {
        "all" => Callers::All,
        "known" => Callers::Known,
        "person" => Callers::Person,
        "app" => Callers::App,
        _ => return None,
    })
}

fn list(text: &'static str) -> Vec<&'static str> {
    text.split(',').filter(|name| *name != "-").collect()
}
