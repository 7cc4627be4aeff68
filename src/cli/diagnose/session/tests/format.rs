//! What the tools print about a story, as they were seen to print it.

use super::story::{Call, Story, dated};
use std::fmt::Write;

mod dump;
pub mod har;
mod python;

pub struct Format {
    pub name: &'static str,
    pub render: fn(&Story) -> String,
    /// Whether it can tell the story at all.
    pub carries: fn(&Story) -> bool,
}

pub const FORMATS: &[Format] = &[
    Format {
        name: "curl -v",
        render: curl,
        carries: always,
    },
    Format {
        name: "curl -v over HTTP/2",
        render: curl_http2,
        carries: always,
    },
    Format {
        name: "curl -v -i",
        render: curl_twice,
        carries: always,
    },
    Format {
        name: "libcurl",
        render: libcurl,
        carries: always,
    },
    Format {
        name: "curl --trace-ascii",
        render: dump::ascii,
        carries: is_ascii,
    },
    Format {
        name: "curl --trace",
        render: dump::hex,
        carries: always,
    },
    Format {
        name: "GIT_TRACE_CURL",
        render: git,
        carries: always,
    },
    Format {
        name: "wget -d",
        render: wget,
        carries: always,
    },
    Format {
        name: "http.client",
        render: python::http_client,
        carries: shows_no_tunnel,
    },
    Format {
        name: "requests with urllib3's log",
        render: python::requests,
        carries: shows_no_tunnel,
    },
    Format {
        name: "heads alone",
        render: heads,
        carries: always,
    },
];

fn always(_: &Story) -> bool {
    true
}

/// `--trace-ascii` has a dot for every other byte.
fn is_ascii(story: &Story) -> bool {
    let mut fields = story.calls.iter().flat_map(|call| &call.fields);
    fields.all(|(_, value)| value.is_ascii())
}

/// Python prints no answer of a proxy.
fn shows_no_tunnel(story: &Story) -> bool {
    story.calls.iter().all(|call| call.method != "CONNECT")
}

/// Lines of the request's head, with the empty one.
pub fn request(call: &Call) -> Vec<String> {
    let mut lines = vec![
        format!("{} {} HTTP/1.1", call.method, call.target),
        format!("Host: {}", call.host),
    ];
    lines.extend(
        call.fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    lines.push(String::new());
    lines
}

/// Lines of the answer's head, with the empty one.
pub fn answer(call: &Call, place: usize) -> Vec<String> {
    let mut lines = vec![
        format!("HTTP/1.1 {} {}", call.status, call.reason),
        format!("Date: {}", dated(place).1),
    ];
    lines.extend(
        call.answer
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    lines.push(String::new());
    lines
}

fn each(story: &Story, mut tell: impl FnMut(&mut String, &Call, usize)) -> String {
    let mut text = String::new();
    for (place, call) in story.calls.iter().enumerate() {
        tell(&mut text, call, place);
    }
    text
}

fn marked(text: &mut String, mark: &str, lines: &[String]) {
    for line in lines {
        let _ = writeln!(text, "{mark}{line}");
    }
}

/// On a terminal: no line end behind the body.
fn curl(story: &Story) -> String {
    each(story, |text, call, place| {
        let _ = writeln!(
            text,
            "* Connected to {} (104.192.143.1) port 443 (#0)",
            call.host
        );
        marked(text, "> ", &request(call));
        marked(text, "< ", &answer(call, place));
        let _ = writeln!(
            text,
            "{}* Connection #0 to host {} left intact",
            call.body, call.host
        );
    })
}

/// Names in lower case, a copy of the request before it, no reason, sizes and a meter between.
fn curl_http2(story: &Story) -> String {
    let lower = |line: &String| match line.split_once(": ") {
        Some((name, value)) => format!("{}: {value}", name.to_lowercase()),
        None => line.clone(),
    };
    each(story, |text, call, place| {
        let _ = writeln!(
            text,
            "* Established connection to {0} (104.192.143.1 port 443) from 10.0.0.2 port 4242 \n* using HTTP/2",
            call.host
        );
        for (name, value) in &call.fields {
            let _ = writeln!(text, "* [HTTP/2] [1] [{}: {value}]", name.to_lowercase());
        }
        let mut head: Vec<_> = request(call).iter().map(lower).collect();
        head[0] = format!("{} {} HTTP/2", call.method, call.target);
        text.push_str("} [5 bytes data]\n");
        marked(text, "> ", &head);
        text.push_str("* Request completely sent off\n{ [5 bytes data]\n");
        let mut head: Vec<_> = answer(call, place).iter().map(lower).collect();
        head[0] = format!("HTTP/2 {} ", call.status);
        marked(text, "< ", &head);
        let _ = writeln!(text, "{{ [{} bytes data]\n", call.body.len());
        let _ = writeln!(
            text,
            "100    20  100    20    0     0    429      0 --:--:-- --:--:-- --:--:--   434{}",
            call.body
        );
    })
}

/// The answer's head once more, on standard output.
fn curl_twice(story: &Story) -> String {
    each(story, |text, call, place| {
        marked(text, "> ", &request(call));
        marked(text, "< ", &answer(call, place));
        let _ = writeln!(text, "* Connection #0 to host {} left intact", call.host);
        marked(text, "", &answer(call, place));
        let _ = writeln!(text, "{}", call.body);
    })
}

/// One mark for the whole head of a request.
fn libcurl(story: &Story) -> String {
    each(story, |text, call, place| {
        let _ = writeln!(text, "> {}", request(call).join("\n"));
        marked(text, "< ", &answer(call, place));
        let _ = writeln!(
            text,
            "* Connection #0 to host {} left intact\n{}",
            call.host, call.body
        );
    })
}

fn git(story: &Story) -> String {
    const PLACE: &str = "16:40:12.532158 http.c:872              ";
    each(story, |text, call, place| {
        let _ = writeln!(
            text,
            "{PLACE}== Info: Connected to {} (104.192.143.1) port 443 (#0)",
            call.host
        );
        let _ = writeln!(text, "{PLACE}=> Send header, 0000000210 bytes (0x000000d2)");
        marked(text, &format!("{PLACE}=> Send header: "), &request(call));
        let _ = writeln!(text, "{PLACE}<= Recv header, 0000000027 bytes (0x0000001b)");
        marked(
            text,
            &format!("{PLACE}<= Recv header: "),
            &answer(call, place),
        );
        if !call.body.is_empty() {
            let _ = writeln!(text, "{PLACE}<= Recv data: {}", call.body);
        }
        let _ = writeln!(
            text,
            "{PLACE}== Info: Connection #0 to host {} left intact",
            call.host
        );
    })
}

fn wget(story: &Story) -> String {
    let mut text = String::from(
        "Setting --user (user) to jane\nDEBUG output created by Wget 1.21.3 on linux-gnu.\n\n",
    );
    text += &each(story, |text, call, place| {
        text.push_str("\n---request begin---\n");
        marked(text, "", &request(call));
        text.push_str("---request end---\n");
        if call.method == "CONNECT" {
            let _ = writeln!(
                text,
                "proxy responded with: [{}]",
                answer(call, place).join("\n")
            );
            return;
        }
        text.push_str("HTTP request sent, awaiting response... \n---response begin---\n");
        marked(text, "", &answer(call, place));
        let _ = writeln!(text, "---response end---\n{} {}", call.status, call.reason);
        let _ = writeln!(
            text,
            "Skipping {} bytes of body: [{}] done.",
            call.body.len(),
            call.body
        );
    });
    text
}

/// As programs in Go and Node print them.
fn heads(story: &Story) -> String {
    each(story, |text, call, place| {
        marked(text, "", &request(call));
        marked(text, "", &answer(call, place));
        let _ = writeln!(text, "{}\n", call.body);
    })
}
