//! The command itself says that no proxy shall be used, or which.

use super::Ended;

/// How such a word begins.
const WORDS: [&str; 12] = [
    "--noproxy",
    "--no-proxy",
    "--proxy",
    "--proxy=",
    "-x",
    "NO_PROXY=",
    "no_proxy=",
    "HTTPS_PROXY=",
    "https_proxy=",
    "http.proxy=",
    "-Dhttps.proxyHost=",
    "-Dhttp.nonProxyHosts=",
];

pub fn reason(ended: &Ended) -> Option<String> {
    let is_flag = |word: &&str| ended.words.iter().any(|given| says(given, word));
    let word = WORDS.iter().find(|word| is_flag(word))?;
    Some(format!(
        "the command sets its own proxy ({word}), which wins over what why401 sets: leave it out"
    ))
}

fn says(given: &str, word: &str) -> bool {
    match word.ends_with('=') {
        true => given.starts_with(word),
        false => given == word,
    }
}

#[cfg(test)]
mod tests {
    use super::super::ended;
    use super::*;

    #[test]
    fn the_flag_is_named_without_its_value() {
        let said = reason(&ended(&["curl", "--noproxy", "*", "https://x"])).unwrap();
        assert!(said.contains("(--noproxy)"), "{said}");
        let said = reason(&ended(&["env", "HTTPS_PROXY=http://j:secret@corp", "x"])).unwrap();
        assert!(
            said.contains("(HTTPS_PROXY=)") && !said.contains("secret"),
            "{said}"
        );
        assert!(reason(&ended(&["sh", "-c", "no_proxy=x curl y"])).is_some());
    }

    #[test]
    fn words_that_only_look_like_it_are_none() {
        assert_eq!(reason(&ended(&["tar", "-xf", "--proxyless"])), None);
    }
}
