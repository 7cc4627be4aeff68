//! Puts the lines of requests and answers together into exchanges.

use super::body;
use super::curl;
use super::fields::{Fields, split};
use super::heard::{Answer, CONNECT, Heard, Told};
use super::hint::{self, Hints};
use super::line::{Line, is_request_line, request_line, status_line};
use super::url::Url;
use super::{Assumed, MAX_FIELD};
use std::collections::VecDeque;
use time::UtcDateTime;

/// Answers that are remembered in case they are printed again.
const MOST_STARTS: usize = 16;

/// What the next line may belong to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Outside,
    Request,
    /// `true`: by lines with a mark.
    Answer(bool),
    /// A head that was printed before.
    Copy,
    Body,
}

/// The exchange that is being read, and those that are complete.
#[derive(Default)]
pub struct Assembly {
    pub finished: Vec<Heard>,
    pub hints: Hints,
    phase: Phase,
    current: Option<Current>,
    /// For the request that comes next.
    told: Told,
    peer: Option<(String, bool)>,
    /// Start lines of answers that were printed with a mark, each of which may be printed once more without one.
    starts: VecDeque<Vec<u8>>,
    line: u64,
    date: Option<UtcDateTime>,
}

#[derive(Default)]
struct Current {
    line: u64,
    date: Option<UtcDateTime>,
    /// Of the request line; empty when only an answer was printed.
    method: String,
    target: String,
    fields: Fields,
    /// How its lines are marked is known once a second one has come.
    is_marked: Option<bool>,
    answer: Option<Answer>,
    /// Of the answer, in lower case.
    reason: Vec<u8>,
    /// What the tool said before it.
    told: Told,
    /// Where it was connected to, and whether with TLS.
    peer: Option<(String, bool)>,
}

impl Assembly {
    /// The place and the date of the lines that follow.
    pub fn at(&mut self, line: u64, date: Option<UtcDateTime>) {
        (self.line, self.date) = (line, date);
    }

    pub fn take(&mut self, line: Line<'_>) {
        match line {
            Line::Request(text) => self.request(text, true),
            Line::Answer(text) => self.answer(text, true),
            Line::Body(text) => self.body(text),
            Line::Note(text) => self.note(text),
            Line::Bare(text) => self.bare(text),
        }
    }

    /// At the end of the text: the last exchange, or a request that nobody answered if it is `alone`.
    pub fn end(&mut self, alone: bool) {
        let unanswered = self
            .current
            .as_mut()
            .filter(|current| alone && current.answer.is_none() && current.method != CONNECT);
        let assumed = unanswered.map(|current| {
            current.answer = Some(Answer {
                status: 401,
                ..Answer::default()
            });
            Assumed::Refusal
        });
        self.finish(assumed);
    }

    fn request(&mut self, text: &[u8], marked: bool) {
        if self.phase == Phase::Request {
            self.request_field(text, marked);
        } else if is_request_line(text) {
            self.begin(text);
        }
    }

    fn request_field(&mut self, text: &[u8], marked: bool) {
        let Some(current) = &mut self.current else {
            return;
        };
        let is_marked = *current.is_marked.get_or_insert(marked);
        if is_marked && !marked {
            // Something else got between: a meter, or the rest of a broken value.
            if is_rest(text, &current.fields) {
                current.fields.push_line(text);
            }
        } else if text.is_empty() {
            self.phase = Phase::Outside;
        } else if is_request_line(text) {
            self.begin(text);
        } else {
            current.fields.push_line(text);
        }
    }

    fn begin(&mut self, text: &[u8]) {
        self.finish(None);
        let (method, target) = request_line(text).unwrap_or_default();
        self.current = Some(Current {
            line: self.line,
            date: self.date,
            method: method.to_owned(),
            target: target.to_owned(),
            told: std::mem::take(&mut self.told),
            peer: self.peer.clone(),
            ..Current::default()
        });
        self.phase = Phase::Request;
    }

    fn answer(&mut self, text: &[u8], marked: bool) {
        if let Phase::Answer(_) = self.phase {
            if text.is_empty() {
                self.phase = Phase::Body;
            } else if let Some(answer) = self.open_answer() {
                answer.fields.push_line(text);
            }
            return;
        }
        let Some((status, reason)) = status_line(text) else {
            return;
        };
        if !marked && self.is_copy(text) {
            self.phase = Phase::Copy;
            return;
        }
        let is_final = |answer: &Answer| answer.status >= 200;
        let answered = self
            .current
            .as_ref()
            .and_then(|current| current.answer.as_ref());
        if answered.is_some_and(is_final) {
            self.finish(None);
        }
        if marked {
            if self.starts.len() == MOST_STARTS {
                self.starts.pop_front();
            }
            self.starts.push_back(text.to_vec());
        }
        let current = self.current.get_or_insert_with(|| Current {
            line: self.line,
            date: self.date,
            ..Current::default()
        });
        current.reason = reason.to_ascii_lowercase();
        current.answer = Some(Answer {
            status,
            ..Answer::default()
        });
        self.phase = Phase::Answer(marked);
    }

    /// Whether `curl -i` prints again what `-v` has shown.
    fn is_copy(&mut self, text: &[u8]) -> bool {
        let again = self.starts.iter().position(|start| start == text);
        again.is_some_and(|place| self.starts.remove(place).is_some())
    }

    fn open_answer(&mut self) -> Option<&mut Answer> {
        self.current
            .as_mut()
            .and_then(|current| current.answer.as_mut())
    }

    fn body(&mut self, text: &[u8]) {
        let Some(answer) = self.open_answer() else {
            return;
        };
        if answer.body.len() + text.len() < MAX_FIELD {
            answer.body.extend_from_slice(text);
            answer.body.push(b'\n');
        }
    }

    fn note(&mut self, text: &[u8]) {
        if let Some((scheme, user)) = curl::server_auth(text) {
            self.told.scheme = Some(scheme.to_owned());
            self.told.user = Some(user.to_vec());
        } else if let Some((host, port)) = curl::connected_to(text) {
            self.peer = Some((host.to_owned(), port != "80"));
        } else if let Some(url) = curl::next_url(text) {
            self.told.pair = Url::parse(url).and_then(|url| url.pair());
        }
    }

    fn bare(&mut self, text: &[u8]) {
        match self.phase {
            Phase::Request => self.request(text, false),
            // Between marked lines stands what is printed twice.
            Phase::Answer(true) => {}
            Phase::Answer(false) => self.answer(text, false),
            Phase::Copy => {
                if text.is_empty() {
                    self.phase = Phase::Body;
                }
            }
            Phase::Body | Phase::Outside => self.loose(text),
        }
    }

    fn loose(&mut self, text: &[u8]) {
        if is_request_line(text) {
            self.begin(text);
        } else if status_line(text).is_some() {
            self.answer(text, false);
        } else {
            self.hints.line(self.line, self.date, text);
            let words = hint::remote(text).unwrap_or(text);
            if self.phase == Phase::Body {
                self.body(curl::body_alone(words));
            }
        }
    }

    fn finish(&mut self, assumed: Option<Assumed>) {
        self.phase = Phase::Outside;
        let Some(current) = self.current.take() else {
            return;
        };
        // A request that was not answered is no exchange: the connection broke, or it is printed again.
        if current.answer.is_none() {
            return;
        }
        if current.only_opens_tunnel() {
            return;
        }
        let heard = current.heard(assumed);
        if !heard.is_tunnel() {
            self.finished.push(heard);
        }
    }
}

impl Current {
    /// A tunnel through a proxy that only its answer shows.
    fn only_opens_tunnel(&self) -> bool {
        let is_bare = |answer: &Answer| {
            answer.status == 200
                && answer.body.is_empty()
                && (answer.fields.is_empty() || self.reason.ends_with(b"connection established"))
        };
        self.method.is_empty() && self.answer.as_ref().is_some_and(is_bare)
    }

    fn heard(mut self, assumed: Option<Assumed>) -> Heard {
        if let Some(answer) = &mut self.answer {
            body::narrow(&mut answer.body);
        }
        let (peer, secure) = self.peer.unwrap_or_else(|| (String::new(), true));
        let host = self.fields.text("host").or(self.fields.text(":authority"));
        let host = host.unwrap_or(&peer);
        let is_known = !self.method.is_empty();
        Heard {
            line: self.line,
            date: self.date,
            url: if self.method == CONNECT {
                Url::of_tunnel(&self.target, host)
            } else {
                Url::of_target(&self.target, host, secure)
            },
            method: self.method,
            fields: self.fields,
            form: None,
            answer: self.answer,
            may_hide: !is_known,
            told: self.told,
            assumed: assumed.or((!is_known).then_some(Assumed::Request)),
        }
    }
}

/// Base64 that can only be the rest of a broken `Authorization` value.
fn is_rest(text: &[u8], fields: &Fields) -> bool {
    let in_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=_-".contains(byte);
    let follows = fields
        .last()
        .is_some_and(|name| name.eq_ignore_ascii_case("authorization"));
    follows && text.len() >= 4 && text.iter().all(in_base64) && split(text).is_none()
}
