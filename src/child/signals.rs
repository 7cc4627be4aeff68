//! Signals that are sent to us while the child runs: which the child has to hear of, and from whom.

use rustix::process::{Pid, Signal as Number, getpgrp, getpid, getsid};
use rustix::termios::tcgetpgrp;
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::WithOrigin;
use signal_hook::low_level::siginfo::{Cause, Origin};
use std::fs::File;
use std::io;
use std::thread;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Where the kernel says which signals are ignored.
const STATUS: &str = "/proc/self/status";

/// Those that end a process that does not expect them, those that carry a meaning for one that does, and CONT: the child
/// was stopped with us, or we with it.
const HEARD: [Number; 8] = [
    Number::HUP,
    Number::TERM,
    Number::USR1,
    Number::USR2,
    Number::ALARM,
    Number::CONT,
    Number::INT,
    Number::QUIT,
];

/// From its making on none of them ends us.
pub struct Signals(UnboundedReceiver<Origin>);

impl Signals {
    /// Signals that are ignored (`nohup`, a job in the background of a script) stay so, here and in the child.
    ///
    /// # Errors
    /// The system has no room for a handler or a thread.
    pub fn listen() -> io::Result<Self> {
        let ignored = ignored();
        let wanted = HEARD
            .into_iter()
            .filter(|number| ignored & bit(*number) == 0)
            .map(Number::as_raw);
        let mut signals = SignalsInfo::<WithOrigin>::new(wanted)?;
        let (sender, origins) = unbounded_channel();
        // Waits for ever, and ends with the process.
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || signals.forever().try_for_each(|origin| sender.send(origin)))?;
        Ok(Self(origins))
    }

    /// The next one that `child` would not hear of by itself.
    pub async fn next(&mut self, child: Pid) -> Number {
        loop {
            let Some(origin) = self.0.recv().await else {
                // The thread is gone, which only the end of the process does.
                return std::future::pending().await;
            };
            let sender = origin.process.map(|process| process.pid);
            if let Some(number) = Number::from_named_raw(origin.signal)
                && is_for(child.as_raw_pid(), number, origin.cause, sender)
            {
                return number;
            }
        }
    }
}

/// As sudo(8) has it: what a terminal sends to a whole group of processes, and what the child itself sends to its group
/// (`kill 0`), has reached the child. A signal of another process to our whole group looks like one to us alone, and
/// comes twice then: lost would be worse.
fn is_for(child: i32, number: Number, cause: Cause, sender: Option<i32>) -> bool {
    match (cause, number) {
        // Twice is as good as once.
        (_, Number::CONT) => true,
        (Cause::Kernel, Number::INT | Number::QUIT) => false,
        // That its terminal is gone the leader of a session hears first, and alone.
        (Cause::Kernel, Number::HUP) => getsid(None).is_ok_and(|session| session == getpid()),
        // macOS does not say who it was.
        (Cause::Unknown, Number::INT | Number::QUIT) => !hears_the_terminal(),
        _ => sender != Some(child),
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
    use signal_hook::low_level::siginfo::Sent;

    #[test]
    fn a_signal_is_passed_on_unless_it_has_reached_the_child() {
        const CHILD: i32 = 7;
        let kill = Cause::Sent(Sent::User);
        let cases = [
            (Number::TERM, kill, Some(8), true),
            (Number::TERM, kill, Some(CHILD), false),
            (Number::INT, kill, Some(8), true),
            (Number::INT, kill, Some(CHILD), false),
            (Number::INT, Cause::Kernel, None, false),
            (Number::QUIT, Cause::Kernel, None, false),
            // A timer that was set before us (`perl -e 'alarm 9; exec @ARGV'`) is ours alone.
            (Number::ALARM, Cause::Kernel, None, true),
            (Number::CONT, Cause::Kernel, None, true),
            (Number::TERM, Cause::Unknown, None, true),
        ];
        for (number, cause, sender, expected) in cases {
            let found = is_for(CHILD, number, cause, sender);
            assert_eq!(found, expected, "{number:?} {cause:?} {sender:?}");
        }
    }

    #[test]
    fn ignored_signals_are_read_from_the_status() {
        let status = "Name:\tx\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001006\n";
        let mask = mask(status).unwrap();
        assert_ne!(mask & bit(Number::INT), 0);
        assert_ne!(mask & bit(Number::QUIT), 0);
        assert_eq!(mask & bit(Number::TERM), 0);
    }
}
