//! Text of any tool: a line at a time, by the marks that its tool puts.

use super::ReadError;
use super::assembly::Assembly;
use super::curl;
use super::dump::Dump;
use super::header::Loose;
use super::heard::{Each, Heard};
use super::http_client::HttpClient;
use super::line::Line;
use super::lines::Lines;
use super::prefix::Prefixes;
use super::wget::{self, Wget};
use crate::secret::FingerprintKey;
use std::io::BufRead;

/// The tools' lines, in the state that those before have left.
#[derive(Default)]
struct Tools {
    prefixes: Prefixes,
    dump: Dump,
    python: HttpClient,
    wget: Wget,
    loose: Loose,
}

pub fn read(input: impl BufRead, key: &FingerprintKey, each: Each<'_>) -> Result<(), ReadError> {
    let mut lines = Lines::new(input);
    let mut tools = Tools::default();
    let mut assembly = Assembly::default();
    let mut count = 0;
    let mut hand_over = |heard: Vec<Heard>| {
        heard.into_iter().try_for_each(|heard| {
            count += 1;
            each(count - 1, heard)
        })?;
        Ok::<_, ReadError>(count)
    };
    while let Some((number, line)) = lines.next().map_err(ReadError::Input)? {
        tools.line(number, &line, &mut assembly);
        hand_over(std::mem::take(&mut assembly.finished))?;
    }
    tools.end(&mut assembly);
    let before = hand_over(std::mem::take(&mut assembly.finished))?;
    assembly.end(before == 0);
    if hand_over(std::mem::take(&mut assembly.finished))? > 0 {
        return Ok(());
    }
    if hand_over(assembly.hints.take())? > 0 {
        return Ok(());
    }
    let loose = tools.loose.heard(key).ok_or(ReadError::Nothing)?;
    hand_over(vec![loose]).map(|_| ())
}

impl Tools {
    fn line(&mut self, number: u64, line: &[u8], assembly: &mut Assembly) {
        if let Some((date, _)) = wget::announced(line) {
            self.prefixes.date = Some(date);
        }
        let line = self.prefixes.strip(line);
        assembly.at(number, self.prefixes.date);
        let mut each = |line: Line<'_>| assembly.take(line);
        if self.wget.take(&line, &mut each)
            || self.dump.take(&line, &mut each)
            || self.python.take(&line, &mut each)
        {
            return;
        }
        let line = curl::line(&line).unwrap_or(Line::Bare(&line));
        if let Line::Bare(text) | Line::Request(text) | Line::Answer(text) = line {
            self.loose.line(number, text);
        }
        each(line);
    }

    /// What was waiting for its end.
    fn end(&mut self, assembly: &mut Assembly) {
        let mut each = |line: Line<'_>| assembly.take(line);
        self.dump.flush(&mut each);
        self.python.end(&mut each);
    }
}
