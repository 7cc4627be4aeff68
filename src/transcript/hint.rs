//! What clients print when they give up: an address and a status, without the request.
//!
//! `401 Client Error: Unauthorized for url: ...`, `fatal: Authentication failed for '...'`, `returned error: 403`.

use super::Assumed;
use super::heard::{Answer, Heard};
use super::line::request_line;
use super::url::Url;
use super::wget;
use time::UtcDateTime;

/// More failures of one text are not kept.
const MOST: usize = 1000;
/// Bytes of the server's words that are kept.
const MAX_WORDS: usize = 8 * 1024;
/// Words without which a number is no status.
const CONTEXT: [&str; 9] = [
    "code",
    "error",
    "forbidden",
    "gone",
    "http",
    "not found",
    "response",
    "status",
    "unauthorized",
];
/// Words that make it a refusal even if nobody knows of what.
const UNMISTAKABLE: [&str; 6] = [
    "401 unauthorized",
    "(401)",
    "403 forbidden",
    "(403)",
    "returned error: ",
    "status code",
];
/// Commands whose address is the one that later lines speak of.
const COMMANDS: [&str; 3] = ["curl ", "git ", "wget "];

/// The failures so far.
#[derive(Default)]
pub struct Hints {
    found: Vec<Heard>,
    /// Of the last command.
    url: Option<Url>,
    /// `remote: ` lines.
    words: Vec<u8>,
}

/// A failure as one line tells it.
struct Failure {
    status: u16,
    url: Url,
    method: String,
    /// The client had no credentials at all.
    anonymous: bool,
}

impl Hints {
    pub fn take(self) -> Vec<Heard> {
        self.found
    }

    pub fn line(&mut self, number: u64, date: Option<UtcDateTime>, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        if let Some(words) = remote(line) {
            if self.words.len() + words.len() < MAX_WORDS {
                self.words.extend_from_slice(words);
                self.words.push(b'\n');
            }
            return;
        }
        // The head of an answer as httpcore logs it; what matters of it httpx says.
        if text.contains("receive_response_headers.complete ") {
            return;
        }
        if let Some(failure) = git_failure(&text).or_else(|| self.failure(&text)) {
            self.add(number, date, failure);
        } else if let Some((_, address)) = wget::announced(line) {
            self.url = Url::parse(address);
        } else if COMMANDS.iter().any(|command| text.contains(command)) {
            self.url = address(&text)
                .and_then(|(_, _, url)| Url::parse(url))
                .or(self.url.take());
        } else if line.starts_with(b"{")
            && let Some(answer) = self.found.last_mut().and_then(|last| last.answer.as_mut())
            && answer.body.is_empty()
        {
            answer.body = line.to_vec();
        }
    }

    fn add(&mut self, line: u64, date: Option<UtcDateTime>, failure: Failure) {
        let body = std::mem::take(&mut self.words);
        let same = self.found.last().is_some_and(|last| {
            last.url.host == failure.url.host
                && last.url.path == failure.url.path
                && last
                    .answer
                    .as_ref()
                    .is_some_and(|answer| answer.status == failure.status)
        });
        // Clients say it twice: in a log, and when they end.
        if same || self.found.len() == MOST {
            return;
        }
        self.found.push(Heard {
            line,
            date,
            method: failure.method,
            url: failure.url,
            answer: Some(Answer {
                status: failure.status,
                body,
                ..Answer::default()
            }),
            may_hide: !failure.anonymous,
            assumed: Some(Assumed::Request),
            ..Heard::default()
        });
    }

    /// A status, with the address beside it or of the command before.
    fn failure(&self, text: &str) -> Option<Failure> {
        let (before, after, url) = match address(text) {
            Some((start, end, url)) => (&text[..start], &text[end..], Url::parse(url)),
            None => (text, "", None),
        };
        let status = status_in(before, after)?;
        let lower = text.to_ascii_lowercase();
        let refused = UNMISTAKABLE.iter().any(|words| lower.contains(words));
        let unknown = refused.then(|| Url::of_target("/", "", true));
        let mut url = url.or_else(|| self.url.clone()).or(unknown)?;
        let mut method = "GET".to_owned();
        // `https://host:443 "GET /2.0/user HTTP/1.1" 401 61` of urllib3.
        if let Some((asked, target)) = after
            .split('"')
            .nth(1)
            .and_then(|quoted| request_line(quoted.as_bytes()))
        {
            asked.clone_into(&mut method);
            let secure = url.secure;
            url = Url::of_target(target, &url.host, secure);
        }
        Some(Failure {
            status,
            url: if text.contains("fatal: unable to access") {
                git_url(url)
            } else {
                url
            },
            method,
            anonymous: false,
        })
    }
}

/// What the server said to git.
pub fn remote(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"remote: ").map(<[u8]>::trim_ascii)
}

fn git_failure(text: &str) -> Option<Failure> {
    let (_, text) = text.split_once("fatal: ")?;
    let (status, anonymous) = if text.starts_with("Authentication failed for ") {
        (401, false)
    } else if text.starts_with("could not read ") {
        (401, true)
    } else if text.starts_with("repository ") && text.contains("not found") {
        (404, false)
    } else {
        return None;
    };
    let (_, _, url) = address(text)?;
    Some(Failure {
        status,
        url: git_url(Url::parse(url)?),
        method: "GET".to_owned(),
        anonymous,
    })
}

/// git names the repository; what it asks for first lies below it.
fn git_url(url: Url) -> Url {
    let path = format!("{}/info/refs", url.path.trim_end_matches('/'));
    Url { path, ..url }
}

/// The first address, and where it stands.
fn address(text: &str) -> Option<(usize, usize, &str)> {
    let start = ["https://", "http://"]
        .into_iter()
        .filter_map(|scheme| text.find(scheme))
        .min()?;
    let ends = |c: char| c.is_whitespace() || "'\"<>)]},;`".contains(c);
    let length = text[start..].find(ends).unwrap_or(text.len() - start);
    let url = text[start..start + length].trim_end_matches(['.', ':']);
    Some((start, start + url.len(), url))
}

/// The first number that can be a refusal, beside words that make it one.
fn status_in(before: &str, after: &str) -> Option<u16> {
    let speaks = |text: &str| {
        let lower = text.to_ascii_lowercase();
        CONTEXT.iter().any(|word| lower.contains(word))
    };
    (speaks(before) || speaks(after)).then_some(())?;
    let words = [before, after]
        .into_iter()
        .flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    words
        .filter(|word| word.len() == 3)
        .filter_map(|word| word.parse().ok())
        .find(|status| matches!(status, 400..=404 | 407 | 410 | 429 | 500..=599))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(text: &str) -> Vec<(u16, String)> {
        let mut hints = Hints::default();
        for (number, line) in text.lines().enumerate() {
            hints.line(number as u64 + 1, None, line.as_bytes());
        }
        let shown = |heard: Heard| {
            (
                heard.answer.unwrap().status,
                format!("{} {}{}", heard.method, heard.url.host, heard.url.path),
            )
        };
        hints.take().into_iter().map(shown).collect()
    }

    #[test]
    fn the_words_of_clients() {
        for (text, status, call) in [
            (
                "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://api.bitbucket.org/2.0/user?a=404",
                401,
                "GET api.bitbucket.org/2.0/user",
            ),
            (
                "fatal: Authentication failed for 'https://bitbucket.org/acme/site.git/'",
                401,
                "GET bitbucket.org/acme/site.git/info/refs",
            ),
            (
                "fatal: unable to access 'https://bitbucket.org/acme/site.git/': The requested URL returned error: 403",
                403,
                "GET bitbucket.org/acme/site.git/info/refs",
            ),
            (
                "fatal: repository 'https://bitbucket.org/acme/site.git/' not found",
                404,
                "GET bitbucket.org/acme/site.git/info/refs",
            ),
            (
                "+ curl -sf https://api.bitbucket.org/2.0/user\ncurl: (22) The requested URL returned error: 401",
                401,
                "GET api.bitbucket.org/2.0/user",
            ),
            (
                "https://api.bitbucket.org:443 \"POST /2.0/repositories HTTP/1.1\" 403 61",
                403,
                "POST api.bitbucket.org/2.0/repositories",
            ),
            (
                "java.io.IOException: Server returned HTTP response code: 401 for URL: https://api.bitbucket.org/2.0/user",
                401,
                "GET api.bitbucket.org/2.0/user",
            ),
            (
                "--2026-11-24 21:13:53--  https://api.bitbucket.org/2.0/user\nHTTP request sent, awaiting response... 401 Unauthorized",
                401,
                "GET api.bitbucket.org/2.0/user",
            ),
        ] {
            assert_eq!(failures(text), [(status, call.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_said_twice_counts_once() {
        let line = "HTTP error 401 for https://api.bitbucket.org/2.0/user";
        assert_eq!(failures(&format!("{line}\n{line}\n")).len(), 1);
    }

    #[test]
    fn a_refusal_without_an_address() {
        for text in [
            "Invoke-RestMethod : The remote server returned an error: (401) Unauthorized.",
            "curl: (22) The requested URL returned error: 401",
            "401 Unauthorized",
        ] {
            let text = format!("error: {text}");
            assert_eq!(failures(&text), [(401, "GET /".to_owned())], "{text}");
        }
    }

    #[test]
    fn other_numbers_and_addresses_are_none() {
        for text in [
            "see https://example.com/help, page 404",
            "error: 401",
            "took 401 ms",
            "https://a.example/error/401",
        ] {
            assert_eq!(failures(text), [], "{text}");
        }
    }
}
