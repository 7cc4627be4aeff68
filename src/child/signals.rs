//! Signals that are sent to us while the child runs: which the child has to hear of, and from whom.

use rustix::process::{Signal as Number, getpgrp};
use rustix::termios::tcgetpgrp;
use std::fs::File;
use std::io;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Where the kernel says which signals are ignored.
const STATUS: &str = "/proc/self/status";

/// Those that end a process that does not expect them, and those that carry a meaning for one that does.
const PASSED_ON: [Number; 6] = [
    Number::HUP,
    Number::TERM,
    Number::USR1,
    Number::USR2,
    Number::ALARM,
    // The child was stopped with us, or we with it.
    Number::CONT,
];

/// What a terminal sends to every process in its foreground.
const OF_THE_TERMINAL: [Number; 2] = [Number::INT, Number::QUIT];

/// From its making on none of them ends us.
pub struct Signals(Vec<(Number, Signal)>);

impl Signals {
    /// Signals that are ignored (`nohup`, a job in the background of a script) stay so, here and in the child.
    ///
    /// # Errors
    /// The system has no room for a handler.
    pub fn listen() -> io::Result<Self> {
        let ignored = ignored();
        let mut streams = Vec::new();
        for number in PASSED_ON.into_iter().chain(OF_THE_TERMINAL) {
            if ignored & bit(number) == 0 {
                let kind = SignalKind::from_raw(number.as_raw());
                streams.push((number, signal(kind)?));
            }
        }
        Ok(Self(streams))
    }

    /// The next one that the child would not hear of by itself.
    pub async fn next(&mut self) -> Number {
        loop {
            let number = self.any().await;
            if !OF_THE_TERMINAL.contains(&number) || !hears_the_terminal() {
                return number;
            }
        }
    }

    async fn any(&mut self) -> Number {
        std::future::poll_fn(|cx| {
            let ready = self
                .0
                .iter_mut()
                .find_map(|(number, stream)| stream.poll_recv(cx).is_ready().then_some(*number));
            ready.map_or(std::task::Poll::Pending, std::task::Poll::Ready)
        })
        .await
    }
}

/// Whether Ctrl-C at our terminal reaches this group of processes, and with it the child.
fn hears_the_terminal() -> bool {
    File::open("/dev/tty")
        .ok()
        .and_then(|terminal| tcgetpgrp(&terminal).ok())
        .is_some_and(|group| group == getpgrp())
}

fn bit(number: Number) -> u64 {
    1 << (number.as_raw() - 1)
}

/// The ignored ones as a set of bits; none where the system does not tell.
fn ignored() -> u64 {
    std::fs::read_to_string(STATUS)
        .ok()
        .and_then(|status| mask(&status))
        .unwrap_or_default()
}

fn mask(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(line.trim(), 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_read_from_the_status() {
        let status = "Name:\tx\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001006\n";
        let mask = mask(status).unwrap();
        assert_ne!(mask & bit(Number::INT), 0);
        assert_ne!(mask & bit(Number::QUIT), 0);
        assert_eq!(mask & bit(Number::TERM), 0);
    }
}
