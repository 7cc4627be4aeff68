//! A refusal without a finding: a person who watches the terminal shall not take silence for a fault of the proxy.

use super::times;
use crate::observation::Observation;
use crate::output::event::{Context, Seen, mark, rfc3339};
use crate::output::text::Screen;
use crate::output::text::notice::{self, Gravity, Notice};
use crate::output::text::{call, sent};
use http::StatusCode;

/// What was refused, and what was sent.
#[derive(Clone, Debug)]
pub struct Unexplained {
    timestamp: String,
    mark: String,
    call: String,
    sent: String,
    client: String,
    count: u64,
}

impl Unexplained {
    /// The answer that wants an explanation: a 404 without a finding is an answer, not a refusal.
    pub fn status(seen: &Observation) -> Option<StatusCode> {
        let status = seen.exchange()?.response.status;
        matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN).then_some(status)
    }

    /// `None` where nothing was refused.
    pub fn new(seen: &Observation, context: &Context) -> Option<Self> {
        let status = Self::status(seen)?;
        let seen = Seen::of(seen, context.show_user_ids);
        let client = context.client?.to_canonical();
        Some(Self {
            timestamp: rfc3339(context.timestamp),
            mark: mark(context.environment, Some(status.as_u16())),
            call: call(seen.method.as_deref(), seen.server, seen.path),
            sent: sent::words(&seen.sent),
            client: client.to_string(),
            count: 1,
        })
    }

    /// The one that stands for `count` of them.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self { count, ..self }
    }

    /// `403 for GET api.bitbucket.org/2.0/user, sent Basic, …`
    pub fn sentence(&self) -> String {
        format!("{} for {}, sent {}", self.mark, self.call, self.sent)
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// For a terminal.
    pub fn render(&self, screen: Screen) -> String {
        let notice = Notice {
            time: self.timestamp.get(11..19).unwrap_or_default(),
            mark: &self.mark,
            title: &self.call,
            gravity: Gravity::Note,
            text: "Refused, and nothing that why401 knows explains it.",
            note: &format!(
                "{}sent {}, from {}",
                times(self.count),
                self.sent,
                self.client
            ),
        };
        notice::render(notice, screen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::example::Example;
    use crate::output::record::Record;
    use time::macros::utc_datetime;

    fn unexplained(example: Example) -> Option<Unexplained> {
        let (seen, ..) = example.observe();
        let context = Context {
            timestamp: utc_datetime!(2026-11-24 16:40:12),
            id: String::new(),
            client: Some([10, 1, 2, 3].into()),
            show_user_ids: false,
            environment: None,
        };
        Unexplained::new(&seen, &context)
    }

    #[test]
    fn a_person_is_told_and_no_program() {
        let call = Example::rest("")
            .call("GET https://api.bitbucket.org/2.0/user")
            .pair("jane:{api_token}")
            .status(403);
        let record = Record::Unexplained(unexplained(call).expect("a refusal")).times(3);
        let screen = Screen {
            width: 80,
            colour: false,
        };
        let expected = "\
16:40:12  403  GET api.bitbucket.org/2.0/user
  seen  Refused, and nothing that why401 knows explains it.
  note  3 times, sent Basic, user j…e, API token of 192 characters, checksum
        fits, from 10.1.2.3

";
        assert_eq!(record.render(screen), expected);
        assert_eq!(record.json(), None);
    }

    #[test]
    fn an_answer_is_no_refusal() {
        for status in [200, 400, 404, 500] {
            assert!(unexplained(Example::rest("").status(status)).is_none());
        }
    }
}
