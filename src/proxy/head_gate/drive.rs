//! Drives hyper's connection together with the clock and the wish to stop.

use super::Settings;
use super::clock::{Clock, Waiting};
use super::shared::Shared;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// Why a connection needs no more driving.
pub enum Outcome {
    Finished(hyper::Result<()>),
    Expired(Waiting),
}

/// The wish to stop. hyper would drop a half-read head, so it hears of the wish when none is coming in.
#[derive(PartialEq, Eq)]
enum Stop {
    NotYet,
    Wanted,
    Told,
}

/// Polls `connection` to its end. `shut` is told once, after `stop`.
pub async fn drive<C>(
    connection: &mut C,
    shut: impl Fn(Pin<&mut C>),
    shared: &Shared,
    settings: &Settings,
    stop: impl Future<Output = ()>,
) -> Outcome
where
    C: Future<Output = hyper::Result<()>> + Unpin,
{
    let mut wish = pin!(stop);
    let mut stop = Stop::NotYet;
    let mut clock = Clock::new(settings);
    poll_fn(|cx| {
        loop {
            if let Poll::Ready(result) = Pin::new(&mut *connection).poll(cx) {
                return Poll::Ready(Outcome::Finished(result));
            }
            if !stop.due(wish.as_mut(), cx) || shared.mid_head() {
                return clock.poll(cx, shared.waiting()).map(Outcome::Expired);
            }
            shut(Pin::new(&mut *connection));
            stop = Stop::Told;
        }
    })
    .await
}

impl Stop {
    fn due(&mut self, wish: Pin<&mut impl Future<Output = ()>>, cx: &mut Context<'_>) -> bool {
        if *self == Self::NotYet && wish.poll(cx).is_ready() {
            *self = Self::Wanted;
        }
        *self == Self::Wanted
    }
}
