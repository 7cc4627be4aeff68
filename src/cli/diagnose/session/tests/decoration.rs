//! What logs, mails, pages, shells and terminals make of a text before somebody pastes it.

use serde_json::json;

pub struct Decoration {
    pub name: &'static str,
    pub apply: fn(&str) -> Vec<u8>,
}

macro_rules! prefixed {
    ($name:literal) => {
        Decoration {
            name: $name,
            apply: |text| around(text, $name, ""),
        }
    };
}

pub const DECORATIONS: &[Decoration] = &[
    prefixed!(""),
    // Jenkins, with and without dates.
    prefixed!("[2026-11-24T16:40:12.345Z] "),
    prefixed!("16:40:12  "),
    prefixed!("[Pipeline] "),
    // GitHub Actions, Azure.
    prefixed!("2026-11-24T16:40:12.3456789Z "),
    prefixed!("2026-11-24T16:40:12.3456789Z ##[debug]"),
    // TeamCity, Bamboo, Buildkite, GitLab.
    prefixed!("[16:40:12] :\t [Step 1/2] "),
    prefixed!("[16:40:12]W:\t [Step 1/2] "),
    prefixed!("build\t24-Nov-2026 16:40:12\t"),
    prefixed!("\x1b_bk;t=1764002412345\x07"),
    prefixed!("\x1b[0K"),
    // Compose, old and new; Kubernetes; the journal.
    prefixed!("client-1  | "),
    prefixed!("client_1 | "),
    prefixed!("\x1b[36mclient-1  |\x1b[0m "),
    prefixed!("2026-11-24T16:40:12.345678901Z stderr F "),
    prefixed!("[pod/web-0/app] "),
    prefixed!("Nov 24 16:40:12 build7 runner[1234]: "),
    prefixed!("2026-11-24T16:40:12+0000 build7 runner[1234]: "),
    // Mails, tickets.
    prefixed!("> "),
    prefixed!(">"),
    prefixed!("> > "),
    prefixed!("    "),
    prefixed!("\t"),
    Decoration {
        name: "carriage returns",
        apply: |text| text.replace('\n', "\r\n").into_bytes(),
    },
    Decoration {
        name: "no last line end",
        apply: |text| text.trim_end().as_bytes().to_vec(),
    },
    Decoration {
        name: "colours",
        apply: |text| around(text, "\x1b[1;32m", "\x1b[0m"),
    },
    Decoration {
        name: "docker's log",
        apply: docker,
    },
    Decoration {
        name: "a page",
        apply: |text| page(text).into_bytes(),
    },
    Decoration {
        name: "a quoted page",
        apply: |text| around(&page(text), "&gt; ", ""),
    },
    Decoration {
        name: "set -x",
        apply: |text| {
            format!("+ curl -v -u jane:*** https://api.bitbucket.org/2.0/user\n{text}").into_bytes()
        },
    },
    Decoration {
        name: "a code block",
        apply: |text| format!("Hi,\n\n```\n{text}\n```\nany ideas?\n").into_bytes(),
    },
    Decoration {
        name: "a mark",
        apply: |text| format!("\u{feff}{text}").into_bytes(),
    },
    Decoration {
        name: "UTF-16, little",
        apply: |text| utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
    },
    Decoration {
        name: "UTF-16, big",
        apply: |text| utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
    },
    Decoration {
        name: "UTF-16 without a mark",
        apply: |text| utf16(text, u16::to_le_bytes),
    },
];

fn around(text: &str, before: &str, after: &str) -> Vec<u8> {
    let lines = text.lines().map(|line| format!("{before}{line}{after}\n"));
    lines.collect::<String>().into_bytes()
}

fn docker(text: &str) -> Vec<u8> {
    let lines = text.lines().map(|line| {
        let object = json!({"log": format!("{line}\n"), "stream": "stderr", "time": "2026-11-24T16:40:12.345678901Z"});
        format!("{object}\n")
    });
    lines.collect::<String>().into_bytes()
}

fn page(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}
