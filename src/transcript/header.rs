//! Credentials alone: an `Authorization` field or its value, pasted without a request.

use super::Assumed;
use super::fields::{Fields, split};
use super::heard::{Answer, Heard};
use super::url::Url;
use crate::credentials::{Credentials, Scheme};
use crate::observation::ResponseSeen;
use crate::secret::FingerprintKey;

/// More lines are no header.
const MOST_LINES: usize = 64;
/// More words are no value, not even one that was broken into lines.
const MOST_WORDS: usize = 48;

/// The lines of a text that belong to nothing.
#[derive(Default)]
pub struct Loose {
    lines: Vec<(u64, Vec<u8>)>,
    bytes: usize,
}

impl Loose {
    pub fn line(&mut self, number: u64, line: &[u8]) {
        let room = self.lines.len() < MOST_LINES && self.bytes < super::MAX_FIELD;
        if room && !line.trim_ascii().is_empty() {
            self.bytes += line.len();
            self.lines.push((number, line.to_vec()));
        }
    }

    /// The exchange that these lines stand for, if they hold credentials or fields of an answer.
    pub fn heard(self, key: &FingerprintKey) -> Option<Heard> {
        let line = self.lines.first()?.0;
        let fields = self.fields();
        let answer_only = ResponseSeen::FIELDS
            .iter()
            .any(|name| fields.has(name.as_str()));
        if fields.has("authorization") {
            return Some(refused(line, fields, key));
        }
        if answer_only && fields.has("www-authenticate") {
            let answer = Answer {
                status: 401,
                fields,
                body: vec![],
            };
            return Some(Heard {
                line,
                answer: Some(answer),
                may_hide: true,
                assumed: Some(Assumed::Request),
                ..Heard::default()
            });
        }
        let value = self.value();
        // No field is so long: this is something else.
        if value.len() >= super::MAX_FIELD {
            return None;
        }
        is_value(&value, key).then(|| {
            let mut fields = Fields::default();
            fields.push("Authorization", &value);
            refused(line, fields, key)
        })
    }

    /// All lines as one value: base64 may have been broken.
    fn value(&self) -> Vec<u8> {
        let lines = self.lines.iter().map(|(_, line)| line.trim_ascii());
        lines.collect::<Vec<_>>().join(&b' ')
    }

    /// `Authorization: ...`, also as curl and code quote it.
    fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        for (_, line) in &self.lines {
            let line = line.trim_ascii();
            let line = line.strip_prefix(b"-H ").unwrap_or(line).trim_ascii();
            match split(unquoted(line)) {
                Some((name, value)) => fields.push(name, value),
                None if fields.last().is_some_and(is_authorization) => fields.push_line(line),
                None => {}
            }
        }
        fields
    }
}

/// Words that are no credentials fit a value without a scheme, too: there something has to be known for a secret.
fn is_value(text: &[u8], key: &FingerprintKey) -> bool {
    let parsed = Credentials::parse(text, key);
    let words = text.split(u8::is_ascii_whitespace).count();
    match parsed.scheme {
        Scheme::Other => false,
        Scheme::Missing => words <= 2 || parsed.secret.kind.is_token() && words <= MOST_WORDS,
        _ => words <= MOST_WORDS,
    }
}

fn is_authorization(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization")
}

fn unquoted(line: &[u8]) -> &[u8] {
    let quoted = |quote: u8| line.strip_prefix(&[quote])?.strip_suffix(&[quote]);
    quoted(b'\'').or_else(|| quoted(b'"')).unwrap_or(line)
}

/// What credentials are asked about is why they were refused.
fn refused(line: u64, fields: Fields, key: &FingerprintKey) -> Heard {
    let value = fields.all("authorization").next().unwrap_or_default();
    let user = Credentials::parse(value, key).user_id;
    let is_git = user.is_some_and(|user| user.kind.is_literal());
    let (assumed, url) = if is_git {
        (
            Assumed::GitRefusal,
            "https://bitbucket.org/WORKSPACE/REPOSITORY.git/info/refs",
        )
    } else {
        (
            Assumed::RestRefusal,
            "https://api.bitbucket.org/2.0/repositories",
        )
    };
    let url = match fields.text("host") {
        Some(host) => Url::of_target("/2.0/repositories", host, true),
        None => Url::parse(url).unwrap_or_default(),
    };
    Heard {
        line,
        method: "GET".to_owned(),
        url,
        fields,
        answer: Some(Answer {
            status: 401,
            ..Answer::default()
        }),
        assumed: Some(assumed),
        ..Heard::default()
    }
}
