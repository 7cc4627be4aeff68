//! HARs as browsers, proxies and API clients export them.

use crate::cli::diagnose::session::tests::story::{Call, Story, dated};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// How exporters differ.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one habit, chosen by itself"
)]
#[derive(Clone, Copy, Default)]
struct Manner {
    names: Names,
    /// `:authority` and the like in place of `Host`.
    pseudo: bool,
    without_host: bool,
    /// An object of names and values.
    object: bool,
    base64: bool,
    /// Comments, unknown members, null where nothing is.
    ornaments: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Names {
    #[default]
    AsSent,
    Lower,
    Upper,
}

/// The one that others are compared with.
pub fn plain(story: &Story) -> String {
    har(story, Manner::default()).to_string()
}

pub fn variants(story: &Story) -> Vec<(&'static str, Vec<u8>)> {
    let named = |names| Manner {
        names,
        ..Manner::default()
    };
    let plain = Manner::default();
    let manners = [
        ("lower case", named(Names::Lower)),
        ("upper case", named(Names::Upper)),
        (
            "pseudo-header fields",
            Manner {
                pseudo: true,
                ..named(Names::Lower)
            },
        ),
        (
            "no Host",
            Manner {
                without_host: true,
                ..plain
            },
        ),
        (
            "objects of fields",
            Manner {
                object: true,
                ..plain
            },
        ),
        (
            "bodies in base64",
            Manner {
                base64: true,
                ..plain
            },
        ),
        (
            "ornaments",
            Manner {
                ornaments: true,
                ..plain
            },
        ),
    ];
    let text = |manner| har(story, manner).to_string().into_bytes();
    let mut all: Vec<_> = manners.map(|(name, manner)| (name, text(manner))).into();
    let pretty = serde_json::to_string_pretty(&har(story, plain)).unwrap();
    all.push((
        "with line ends of Windows",
        pretty.replace('\n', "\r\n").into_bytes(),
    ));
    all.push(("with a mark", format!("\u{feff}{pretty}").into_bytes()));
    let utf16 = |to: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{pretty}")
            .encode_utf16()
            .flat_map(to)
            .collect()
    };
    all.push(("UTF-16, little", utf16(u16::to_le_bytes)));
    all.push(("UTF-16, big", utf16(u16::to_be_bytes)));
    all
}

fn har(story: &Story, manner: Manner) -> Value {
    let entries = story.calls.iter().enumerate();
    let entries: Vec<_> = entries
        .map(|(place, call)| entry(call, place, manner))
        .collect();
    json!({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "pages": [], "entries": entries}})
}

fn entry(call: &Call, place: usize, manner: Manner) -> Value {
    let (started, date) = dated(place);
    let url = match call.method {
        "CONNECT" => call.target.clone(),
        _ => format!("https://{}{}", call.host, call.target),
    };
    let mut sent: Vec<(String, String)> = Vec::new();
    if manner.pseudo {
        let target = call.target.clone();
        sent.extend([
            (":authority".into(), call.host.into()),
            (":path".into(), target),
        ]);
        sent.push((":method".into(), call.method.into()));
    } else if !manner.without_host {
        sent.push(("Host".into(), call.host.into()));
    }
    let own = |fields: &[(&str, String)]| -> Vec<(String, String)> {
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    };
    sent.extend(own(&call.fields));
    let mut answered = own(&call.answer);
    answered.push(("Date".into(), date));
    let text = match manner.base64 {
        true => json!({"size": 1, "text": STANDARD.encode(call.body), "encoding": "base64"}),
        false => json!({"size": 1, "text": call.body, "mimeType": "application/json"}),
    };
    let mut entry = json!({
        "startedDateTime": started,
        "time": 12.5,
        "request": {"method": call.method, "url": url, "headers": headers(sent, manner)},
        "response": {"status": call.status, "statusText": call.reason, "headers": headers(answered, manner), "content": text},
        "cache": {}, "timings": {"send": 0},
    });
    if manner.ornaments {
        entry["comment"] = json!("{\"a\": \"\\u0000\"}");
        entry["_priority"] = json!([null, {"x": [1e9, -0.5, true]}]);
        entry["request"]["cookies"] = Value::Null;
        entry["request"]["bodySize"] = json!(-1);
    }
    entry
}

fn headers(fields: Vec<(String, String)>, manner: Manner) -> Value {
    let spelt = |name: String| match manner.names {
        Names::AsSent => name,
        Names::Lower => name.to_lowercase(),
        Names::Upper => name.to_uppercase(),
    };
    let fields = fields.into_iter().map(|(name, value)| (spelt(name), value));
    match manner.object {
        true => fields
            .map(|(name, value)| (name, Value::from(value)))
            .collect(),
        false => fields
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect(),
    }
}
