//! `--trace-ascii` and `--trace` of curl.

use super::{answer, each, request};
use crate::cli::diagnose::session::tests::story::Story;
use std::fmt::Write;

pub fn ascii(story: &Story) -> String {
    sections(story, |text, data| {
        let mut offset = 0;
        let lines: Vec<&str> = data.split("\r\n").collect();
        for (place, line) in lines.iter().enumerate() {
            if line.is_empty() && place + 1 == lines.len() {
                continue;
            }
            let columns = line.as_bytes().chunks(64).map(String::from_utf8_lossy);
            for part in columns.chain(line.is_empty().then(String::new).map(Into::into)) {
                let _ = writeln!(text, "{offset:04x}: {part}");
                offset += part.len();
            }
            offset += 2;
        }
    })
}

pub fn hex(story: &Story) -> String {
    sections(story, |text, data| {
        for (place, row) in data.as_bytes().chunks(16).enumerate() {
            let mut cells = String::new();
            for byte in row {
                let _ = write!(cells, "{byte:02x} ");
            }
            let shown = row.iter().map(|byte| match byte {
                b' '..=b'~' => char::from(*byte),
                _ => '.',
            });
            let shown: String = shown.collect();
            let _ = writeln!(text, "{:04x}: {cells:<48}{shown}", place * 16);
        }
    })
}

/// A request is one section, each line of an answer's head another one.
fn sections(story: &Story, dump: impl Fn(&mut String, &str)) -> String {
    let section = |text: &mut String, title: &str, data: &str| {
        let _ = writeln!(
            text,
            "16:40:12.315328 {title}, {0} bytes (0x{0:x})",
            data.len()
        );
        dump(text, data);
    };
    each(story, |text, call, place| {
        let _ = writeln!(
            text,
            "16:40:12.310219 == Info: Connected to {} (104.192.143.1) port 443 (#0)",
            call.host
        );
        section(text, "=> Send SSL data", "\r\u{1}");
        section(
            text,
            "=> Send header",
            &(request(call).join("\r\n") + "\r\n"),
        );
        for line in answer(call, place) {
            section(text, "<= Recv header", &(line + "\r\n"));
        }
        if !call.body.is_empty() {
            section(text, "<= Recv data", call.body);
        }
    })
}
