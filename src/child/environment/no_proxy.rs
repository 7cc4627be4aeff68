//! `NO_PROXY`: which entries would lead a client past the proxy. Every client reads the list in its own way, so an entry
//! goes when it matches for any of them.

/// What has to go direct on every machine.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A list in two parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// What the child gets.
    pub kept: Vec<String>,
    pub taken_out: Vec<String>,
}

/// The entries of `lists`, of which those are taken out that mean one of `hosts` to some client.
pub fn split<'a>(lists: impl IntoIterator<Item = &'a str>, hosts: &[String]) -> Split {
    let mut split = Split::default();
    let is_gap = |c: char| c == ',' || c.is_whitespace();
    let entries = lists.into_iter().flat_map(|list| list.split(is_gap));
    let mut seen = std::collections::HashSet::new();
    for entry in entries.filter(|entry| !entry.is_empty()) {
        if !seen.insert(entry) {
            continue;
        }
        let leads_past = hosts.iter().any(|host| matches(entry, host));
        let part = match leads_past {
            true => &mut split.taken_out,
            false => &mut split.kept,
        };
        part.push(entry.to_owned());
    }
    let missing = LOOPBACK.iter().filter(|entry| !seen.contains(*entry));
    split.kept.extend(missing.map(|entry| (*entry).to_owned()));
    split
}

/// A sentence about what was taken out of the list of `of`.
pub fn said(taken_out: &[String], of: &str) -> Option<String> {
    const SHOWN: usize = 5;
    let more = taken_out.len().checked_sub(SHOWN).filter(|more| *more > 0);
    let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
    let shown: Vec<&str> = taken_out.iter().map(String::as_str).take(SHOWN).collect();
    (!shown.is_empty()).then(|| {
        format!(
            "NO_PROXY without {}{more} for {of}: that would lead past why401",
            shown.join(", ")
        )
    })
}

/// Whether some client takes this entry for the host.
pub fn matches(entry: &str, host: &str) -> bool {
    let entry = entry.to_ascii_lowercase();
    // Ruby, Node and Go compare the port; it is the one that is asked for.
    let name = entry.rsplit_once(':').map_or(&*entry, |(name, port)| {
        match port.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains(':') {
            true => name,
            false => &entry,
        }
    });
    let name = name.trim_end_matches('.');
    if name.is_empty() {
        return false;
    }
    // requests compares the ends of the names, wherever their parts begin.
    let end = name.trim_start_matches(['*', '.']);
    end.is_empty() || glob(name, host) || !end.contains('*') && host.ends_with(end)
}

/// `*` stands for anything, as in Java's list.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(place) => rest = &rest[place + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "api.bitbucket.org";

    #[test]
    fn an_entry_goes_when_it_matches_for_any_client() {
        for entry in [
            "api.bitbucket.org",
            "API.Bitbucket.ORG",
            "bitbucket.org",
            ".bitbucket.org",
            "*.bitbucket.org",
            "*bitbucket.org",
            "bitbucket.org:443",
            ".bitbucket.org:443",
            "bitbucket.org.",
            "bucket.org",
            "org",
            "*",
            "*.*",
            "api.*",
            "*bitbucket*",
        ] {
            assert!(matches(entry, HOST), "{entry}");
        }
    }

    #[test]
    fn an_entry_for_something_else_stays() {
        for entry in [
            "example.org",
            "corp.example",
            "x.api.bitbucket.org",
            "pi.*",
            "10.0.0.0/8",
            "::1",
            "fe80::1:443",
            "127.0.0.1",
            "localhost",
            "bitbucket.org/acme",
            "443",
            "*jira*",
        ] {
            assert!(!matches(entry, HOST), "{entry}");
        }
    }

    #[test]
    fn both_spellings_become_one_list_that_spares_loopback() {
        let hosts = [HOST.to_owned(), "bitbucket.org".to_owned()];
        let split = split(
            ["localhost, corp.example", "corp.example .bitbucket.org,"],
            &hosts,
        );
        assert_eq!(
            split.kept,
            ["localhost", "corp.example", "127.0.0.1", "::1"]
        );
        assert_eq!(split.taken_out, [".bitbucket.org"]);
    }

    #[test]
    fn a_thousand_entries_are_read_in_no_time() {
        let list = (0..1000)
            .map(|number| format!("host{number}.example"))
            .chain(["bitbucket.org".to_owned()])
            .collect::<Vec<_>>()
            .join(",");
        let split = split([&*list, &*list], &[HOST.to_owned()]);
        assert_eq!(split.kept.len(), 1003);
        assert_eq!(split.taken_out, ["bitbucket.org"]);
    }
}
