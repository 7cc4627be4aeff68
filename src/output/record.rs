//! Everything that is written to the log of events.

use crate::output::event::{Event, Level, is_single, mark, rfc3339};
use crate::output::text::notice::{self, Gravity, Notice};
use crate::output::text::{self, Screen};
use serde::Serialize;
use std::net::IpAddr;
use time::UtcDateTime;
pub use unexplained::Unexplained;

mod unexplained;

/// One line of the log.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all records are findings; a box would cost each of them an allocation"
)]
pub enum Record {
    /// `"event":"auth_diagnosis"`: a finding about an exchange.
    Finding(Event),
    /// `"event":"client_refused"`: the proxy itself refused a client.
    Refused(ClientRefused),
    /// No event, and only on a terminal: an exchange was refused, and nothing is known about it.
    Unexplained(Unexplained),
}

impl Record {
    pub fn level(&self) -> Level {
        match self {
            Self::Finding(event) => event.level,
            Self::Refused(refused) => refused.level,
            Self::Unexplained(_) => Level::Info,
        }
    }

    /// For a program: one object, without a line end. `None` for what is no event.
    pub fn json(&self) -> Option<String> {
        // Strings, numbers and lists of them always serialize.
        match self {
            Self::Finding(event) => serde_json::to_string(event).ok(),
            Self::Refused(refused) => serde_json::to_string(refused).ok(),
            Self::Unexplained(_) => None,
        }
    }

    /// The record that stands for `count` of them.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        match self {
            Self::Finding(event) => Self::Finding(Event { count, ..event }),
            Self::Refused(refused) => Self::Refused(ClientRefused { count, ..refused }),
            Self::Unexplained(one) => Self::Unexplained(one.times(count)),
        }
    }

    /// For a terminal.
    pub fn render(&self, screen: Screen) -> String {
        match self {
            Self::Finding(event) => text::render(event, screen),
            Self::Refused(refused) => refused.render(screen),
            Self::Unexplained(one) => one.render(screen),
        }
    }
}

/// A refusal of ours: the client may not use the proxy, or sent what is not HTTP.
#[derive(Clone, Debug, Serialize)]
pub struct ClientRefused {
    timestamp: String,
    level: Level,
    event: &'static str,
    #[serde(
        rename = "deployment.environment.name",
        skip_serializing_if = "Option::is_none"
    )]
    environment: Option<&'static str>,
    #[serde(rename = "http.response.status_code")]
    status: u16,
    /// RFC 9209 2.3.
    #[serde(rename = "error.type")]
    kind: &'static str,
    reason: String,
    #[serde(rename = "client.address")]
    client: IpAddr,
    /// How many identical ones this one stands for, when more than one.
    #[serde(rename = "auth.count", skip_serializing_if = "is_single")]
    count: u64,
    id: String,
}

impl ClientRefused {
    /// `reason` is a sentence of ours: nothing of the request is in it.
    pub fn new(
        timestamp: UtcDateTime,
        status: u16,
        kind: &'static str,
        reason: &str,
        client: IpAddr,
        id: String,
        environment: Option<&'static str>,
    ) -> Self {
        Self {
            timestamp: rfc3339(timestamp),
            level: Level::Warn,
            event: "client_refused",
            environment,
            status,
            kind,
            reason: reason.to_owned(),
            client,
            count: 1,
            id,
        }
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// For a terminal.
    pub fn render(&self, screen: Screen) -> String {
        let notice = Notice {
            time: self.timestamp.get(11..19).unwrap_or_default(),
            mark: &mark(self.environment, Some(self.status)),
            title: "a client was refused",
            gravity: Gravity::Warning,
            text: &self.reason,
            note: &format!("{}from {}, id {}", times(self.count), self.client, self.id),
        };
        notice::render(notice, screen)
    }
}

/// `12 times, `, or nothing.
fn times(count: u64) -> String {
    if is_single(&count) {
        String::new()
    } else {
        format!("{count} times, ")
    }
}
