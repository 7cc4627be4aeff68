//! The forms of prefixes: how many bytes each takes of a line that begins with it; 0 for none.

use super::super::date;

/// A timestamp, perhaps in brackets, and the blanks behind it.
pub fn bracketed<T>(line: &[u8], parse: fn(&[u8]) -> Option<(T, usize)>) -> Option<(T, usize)> {
    let open = usize::from(line.first() == Some(&b'['));
    let (value, length) = parse(&line[open..])?;
    let mut at = open + length;
    if open == 1 {
        (line.get(at) == Some(&b']')).then_some(())?;
        at += 1;
        // `[16:40:12]W: ` of TeamCity, which says so how grave it is.
        at += line[at..]
            .iter()
            .take(3)
            .position(|byte| *byte == b':')
            .map_or(0, |colon| colon + 1);
    }
    Some((value, at + blanks(&line[at..], 1)?))
}

/// At least `least` blanks; or the end.
pub fn blanks(text: &[u8], least: usize) -> Option<usize> {
    let count = text
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    (count >= least || text.is_empty()).then_some(count)
}

/// `16:40:12.345 `, of `--trace-time`, git and Jenkins.
pub fn time_alone(line: &[u8]) -> usize {
    bracketed(line, date::time_of_day).map_or(0, |(_, length)| length)
}

/// `Nov 24 16:40:12 host process[1]: `
pub fn syslog(line: &[u8]) -> usize {
    let has_time = line
        .get(7..)
        .is_some_and(|rest| date::time_of_day(rest).is_some());
    let is_month = line
        .get(..3)
        .is_some_and(|month| month[0].is_ascii_uppercase());
    if !(has_time && is_month && line.get(3) == Some(&b' ')) {
        return 0;
    }
    let colon = line
        .windows(2)
        .take(120)
        .skip(16)
        .position(|pair| pair == b": ");
    colon.map_or(0, |colon| colon + 18)
}

/// `host process[1]: `, behind a time that has a date.
pub fn process(line: &[u8]) -> usize {
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./".contains(byte);
    let name = |text: &[u8]| {
        text.iter()
            .take(64)
            .take_while(|byte| in_name(byte))
            .count()
    };
    let host = name(line);
    if host == 0 || line.get(host) != Some(&b' ') {
        return 0;
    }
    let at = host + 1 + name(&line[host + 1..]);
    let digits = line[at..]
        .iter()
        .skip(1)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let end = at + 1 + digits;
    let is_process = digits > 0 && line[at] == b'[' && line[end..].starts_with(b"]: ");
    if is_process { end + 3 } else { 0 }
}

/// Type, date and time of Bamboo, parted by tabs.
pub fn bamboo(line: &[u8]) -> usize {
    let mut parts = line.splitn(3, |byte| *byte == b'\t');
    let (Some(kind), Some(date), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
        return 0;
    };
    let is_kind = !kind.is_empty() && kind.iter().all(u8::is_ascii_lowercase);
    let time = date.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    let is_time = date::time_of_day(time).is_some_and(|(_, length)| length == time.len());
    if is_kind && is_time {
        kind.len() + date.len() + 2
    } else {
        0
    }
}

/// `web-1  | `, and the stream in logs of containers.
pub fn container(line: &[u8]) -> usize {
    for stream in [b"stdout F ", b"stderr F ", b"stdout P ", b"stderr P "] {
        if line.starts_with(stream) {
            return stream.len();
        }
    }
    let in_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_./".contains(byte);
    let name = line.iter().take(80).take_while(in_name).count();
    let gap = blanks(&line[name..], 1).unwrap_or(0);
    let bar = name + gap;
    match (name > 0 && gap > 0, line.get(bar), line.get(bar + 1)) {
        (true, Some(b'|'), Some(b' ')) => bar + 2,
        (true, Some(b'|'), None) => bar + 1,
        _ => 0,
    }
}

/// `[Pipeline] `, `[INFO] `, `DEBUG: `, `##[debug]`: one word in front.
pub fn level(line: &[u8]) -> usize {
    const LEVELS: [&[u8]; 6] = [b"TRACE", b"DEBUG", b"INFO", b"WARN", b"WARNING", b"ERROR"];
    if let Some(rest) = line.strip_prefix(b"##[") {
        return rest
            .iter()
            .take(20)
            .position(|byte| *byte == b']')
            .map_or(0, |end| end + 4);
    }
    if let Some(rest) = line.strip_prefix(b"[") {
        let in_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./: ".contains(byte);
        let end = rest
            .iter()
            .take(48)
            .take_while(|byte| in_label(byte))
            .count();
        let ends = end > 0 && rest[end..].starts_with(b"] ");
        return if ends { end + 3 } else { 0 };
    }
    let word = line
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    let colon = usize::from(line.get(word) == Some(&b':'));
    let gap = blanks(&line[word + colon..], 1).unwrap_or(0);
    if LEVELS.contains(&&line[..word]) && gap > 0 {
        word + colon + gap
    } else {
        0
    }
}

/// `http.c:872              `, where git says it.
pub fn place(line: &[u8]) -> usize {
    let word = line
        .iter()
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".-_:".contains(byte))
        .count();
    let file = &line[..word];
    let is_place = file.windows(3).any(|part| part == b".c:");
    if is_place {
        word + blanks(&line[word..], 1).unwrap_or(0)
    } else {
        0
    }
}

/// curl's progress meter, which does not end its line.
pub fn meter(line: &[u8]) -> usize {
    const UNKNOWN: &[u8] = b"--:--:--";
    let Some(at) = line
        .windows(UNKNOWN.len())
        .rposition(|part| part == UNKNOWN)
    else {
        return 0;
    };
    let speed = |byte: &&u8| byte.is_ascii_digit() || b" .kMG".contains(byte);
    let after = at + UNKNOWN.len();
    after + line[after..].iter().take_while(speed).count()
}
