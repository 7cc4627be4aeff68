//! A stream of events that says on standard error when it takes no more: a full disk, a reader that went away.

use std::io::{self, ErrorKind, Write};

/// Passes everything on. The first failure of a row of them is said, the others are not.
pub struct Watched<W> {
    out: W,
    is_failing: bool,
    say: fn(&io::Error),
}

impl<W> Watched<W> {
    pub fn new(out: W, say: fn(&io::Error)) -> Self {
        Self {
            out,
            is_failing: false,
            say,
        }
    }

    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        match &result {
            Ok(_) => self.is_failing = false,
            // Is tried again by whoever writes.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                if !self.is_failing {
                    (self.say)(error);
                }
                self.is_failing = true;
            }
        }
        result
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.out.write(bytes);
        self.note(result)
    }

    /// Not noted: with nothing to write it succeeds on a full disk too.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Says that events are lost. Goes through the queue of messages, which never blocks.
pub fn events_are_lost(error: &io::Error) {
    tracing::error!(
        "standard output takes no events, they are lost until it does: {error}; \
         give it room on its disk, or a reader"
    );
}

/// The same of the file of `--log-file`.
pub fn file_is_full(error: &io::Error) {
    tracing::error!(
        "the log file takes no events, they are lost until it does: {error}; give it room on its disk"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Fails or not, write by write.
    struct Script(&'static [bool]);

    impl Write for Script {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let (works, rest) = self.0.split_first().unwrap();
            self.0 = rest;
            if *works {
                return Ok(bytes.len());
            }
            Err(ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn each_row_of_failures_is_said_once() {
        static SAID: AtomicUsize = AtomicUsize::new(0);
        let script = [true, false, false, true, false];
        let mut out = Watched::new(Script(&[true, false, false, true, false]), |_| {
            SAID.fetch_add(1, Ordering::Relaxed);
        });
        let mut said = Vec::new();
        for works in script {
            assert_eq!(out.write_all(b"line\n").is_ok(), works);
            out.flush().unwrap();
            said.push(SAID.load(Ordering::Relaxed));
        }
        assert_eq!(said, [0, 1, 1, 1, 2]);
    }
}
