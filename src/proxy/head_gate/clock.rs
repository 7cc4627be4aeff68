//! The deadlines of a connection that waits for its client.

use super::Settings;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// What a connection waits for. Two equal values in a row are one wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// For the service: its deadlines are its own.
    Exchange,
    /// For the connection's first head, from the start of the connection to the head's last byte.
    FirstHead,
    /// For the first byte of the head after so many requests.
    NextHead(u64),
    /// For the rest of that head.
    RestOfHead(u64),
    /// For the client to take or to send anything, after so many bytes.
    Progress(u64),
}

/// Measures one wait after the other.
pub struct Clock<'a> {
    settings: &'a Settings,
    waiting: Waiting,
    deadline: Option<Instant>,
    /// Set no later than `deadline`. It is not reset when a deadline moves on, which costs more than to wake once in vain.
    alarm: Pin<Box<Sleep>>,
}

impl<'a> Clock<'a> {
    pub fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            waiting: Waiting::FirstHead,
            deadline: Instant::now().checked_add(settings.head),
            alarm: Box::pin(sleep(settings.head)),
        }
    }

    /// Ready when `waiting` has lasted too long.
    pub fn poll(&mut self, cx: &mut Context<'_>, waiting: Waiting) -> Poll<Waiting> {
        if waiting != self.waiting {
            self.waiting = waiting;
            self.deadline = self
                .limit(waiting)
                .and_then(|limit| Instant::now().checked_add(limit));
        }
        let Some(deadline) = self.deadline else {
            return Poll::Pending;
        };
        if self.alarm.deadline() > deadline {
            self.alarm.as_mut().reset(deadline);
        }
        while self.alarm.as_mut().poll(cx).is_ready() {
            if Instant::now() >= deadline {
                return Poll::Ready(waiting);
            }
            self.alarm.as_mut().reset(deadline);
        }
        Poll::Pending
    }

    fn limit(&self, waiting: Waiting) -> Option<Duration> {
        match waiting {
            Waiting::Exchange => None,
            Waiting::FirstHead | Waiting::RestOfHead(_) => Some(self.settings.head),
            Waiting::NextHead(_) | Waiting::Progress(_) => Some(self.settings.idle),
        }
    }
}
