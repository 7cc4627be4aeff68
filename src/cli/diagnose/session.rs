//! One run over all records: each is read, judged and written, an exchange at a time.

use super::clock::{clock, told};
use super::sequence::{Item, Sequence};
use super::{Arguments, DiagnoseError};
use crate::cli::Failure;
use crate::cli::output::say;
use crate::diagnosis::taxonomy::Verdict;
use crate::diagnosis::{Certainty, Report, Silenced, diagnose};
use crate::exit_code::ExitCode;
use crate::output::judged::{Count, Format, Judged};
use crate::secret::FingerprintKey;
use crate::transcript::{self, ReadError};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use time::UtcDateTime;

/// Standard input as an argument.
const STDIN: &str = "-";

/// One run over all records.
pub struct Session<'a, W> {
    arguments: &'a Arguments,
    format: Format,
    now: UtcDateTime,
    out: W,
    count: Count,
    /// The most certain finding, notes apart.
    worst: Option<Certainty>,
    /// All files share their history.
    sequence: Sequence,
}

impl<'a, W: Write> Session<'a, W> {
    pub fn new(arguments: &'a Arguments, now: UtcDateTime, out: W) -> Self {
        Self {
            arguments,
            format: arguments.format.format(),
            now,
            out,
            count: Count::default(),
            worst: None,
            sequence: Sequence::starting(now),
        }
    }

    /// What could be read is written, also when something could not.
    pub fn run(&mut self, key: &FingerprintKey) -> Result<ExitCode, Failure> {
        let stdin = [STDIN.to_owned()];
        let files = match self.arguments.files.as_slice() {
            [] => &stdin,
            files => files,
        };
        self.write(&self.format.begin()).map_err(Failure::Output)?;
        let mut failed = None;
        for file in files {
            match self.record(file, key) {
                Ok(()) => {}
                Err(ReadError::Output(error)) => return Err(Failure::Output(error)),
                Err(error) => {
                    let failure = DiagnoseError::Unreadable(name(file), error);
                    if let Some(earlier) = failed.replace(failure) {
                        say(&earlier.to_string());
                    }
                }
            }
        }
        // A sentence that nothing was found would be read as good news.
        if failed.is_none() || self.count.exchanges > 0 || !matches!(self.format, Format::Text(_)) {
            self.write(&self.format.end(self.count))
                .map_err(Failure::Output)?;
        }
        self.out.flush().map_err(Failure::Output)?;
        match failed {
            Some(failure) => Err(failure.into()),
            None => Ok(self.code()),
        }
    }

    fn code(&self) -> ExitCode {
        let threshold = self.arguments.fail_on.map(Certainty::from);
        match (threshold, self.worst) {
            (Some(threshold), Some(worst)) if worst >= threshold => ExitCode::Findings,
            _ => ExitCode::Fine,
        }
    }

    fn record(&mut self, file: &str, key: &FingerprintKey) -> Result<(), ReadError> {
        if file != STDIN {
            let input = File::open(file).map_err(ReadError::Input)?;
            return self.read(file, input, key);
        }
        if io::stdin().is_terminal() {
            say("paste the record, then press Ctrl-D");
        }
        self.read(file, io::stdin().lock(), key)
    }

    fn read(
        &mut self,
        file: &str,
        input: impl Read,
        key: &FingerprintKey,
    ) -> Result<(), ReadError> {
        let read = transcript::read(input, key, |record| {
            let seen = record.observation.as_ref();
            let (clock, source) = clock(self.arguments.at, record.date, seen, self.now);
            let told = told(record.date, seen);
            self.sequence.add(record, clock, source, told);
            self.judge(file)
        });
        // What follows is another record: no second leg is in it.
        self.sequence.end();
        self.judge(file).map_err(ReadError::Output)?;
        read
    }

    /// Writes what waits for nothing more.
    fn judge(&mut self, file: &str) -> io::Result<()> {
        while let Some(item) = self.sequence.next() {
            self.item(file, &item)?;
        }
        Ok(())
    }

    fn item(&mut self, file: &str, item: &Item) -> io::Result<()> {
        let record = &item.record;
        let seen = record.observation.as_ref();
        let report = seen.map_or_else(Report::default, |seen| {
            diagnose(seen, &item.past, item.clock, &Silenced::default())
        });
        let judged = Judged {
            file: Some(file).filter(|file| *file != STDIN),
            entry: record.entry,
            line: record.line,
            clock: item.clock,
            source: item.source,
            assumed: record.assumed,
            seen,
            report: &report,
        };
        let piece = self.format.piece(&judged, self.count);
        self.count.exchanges += 1;
        self.count.found += usize::from(!report.findings.is_empty());
        let serious = report
            .findings
            .iter()
            .filter(|one| one.verdict != Verdict::Note);
        self.worst = self.worst.max(serious.map(|one| one.certainty).max());
        self.write(&piece)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }
}

fn name(file: &str) -> String {
    if file == STDIN {
        "standard input".to_owned()
    } else {
        file.to_owned()
    }
}

#[cfg(test)]
mod tests;
