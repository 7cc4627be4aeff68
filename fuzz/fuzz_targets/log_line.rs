//! Values of a log: one line, nothing that steers a terminal, and no longer than they may be.
#![no_main]

use libfuzzer_sys::fuzz_target;
use why401::output::clean::clean;

/// Marks of direction, separators of lines and invisible characters, beside what `char::is_control` knows.
const UNSAFE: &[std::ops::RangeInclusive<char>] =
    &['\u{2028}'..='\u{202e}', '\u{2066}'..='\u{2069}', '\u{200b}'..='\u{200f}', '\u{feff}'..='\u{feff}'];

fuzz_target!(|data: &[u8]| {
    let (limit, text) = data.split_first().map_or((1, data), |(limit, text)| (usize::from(*limit), text));
    let text = String::from_utf8_lossy(text);
    let cleaned = clean(&text, limit);
    assert!(cleaned.chars().count() <= limit.max(1));
    let is_unsafe = |c: char| c.is_control() || UNSAFE.iter().any(|range| range.contains(&c));
    assert!(!cleaned.contains(is_unsafe), "{cleaned:?}");
    let line = serde_json::json!({ "a": cleaned }).to_string();
    let again: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(again["a"], cleaned);
    assert!(!line.contains('\n'));
});
