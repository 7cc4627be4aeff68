//! SIGINT and SIGTERM as something to wait for, and SIGHUP where it means that the terminal's window was closed.

use std::future::pending;
use std::io::{self, IsTerminal};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// From its making on, neither signal ends the process by itself.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
    /// Without a terminal it is left as it is: `nohup` ignores it on purpose.
    hangup: Option<Signal>,
}

impl Signals {
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: match io::stdin().is_terminal() {
                true => Some(signal(SignalKind::hangup())?),
                false => None,
            },
        })
    }

    /// The number of the next one that arrives.
    pub async fn next(&mut self) -> u8 {
        tokio::select! {
            _ = self.interrupt.recv() => 2,
            _ = self.terminate.recv() => 15,
            () = closed(self.hangup.as_mut()) => 1,
        }
    }
}

async fn closed(hangup: Option<&mut Signal>) {
    match hangup {
        Some(hangup) => {
            hangup.recv().await;
        }
        None => pending().await,
    }
}
