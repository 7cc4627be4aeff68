//! A line end that came along with a half of the pair.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "trailing-newline",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "A line end follows the user name or the secret",
    summary: "The decoded user name or secret ends in a line end that does not belong to it.",
    cases: &[Case::proven(&[Refused]).any(&[NewlineAfterUserId, NewlineAfterSecret])],
    advice: &[
        Advice::when(
            &[NewlineAfterSecret],
            "Remove the line end after the secret (printf, not echo; no CRLF in its file), then send {form}.",
            "a line end follows the secret",
        ),
        Advice::always(
            "Remove the line end after the user name (printf, not echo; no CRLF in its file), then send {form}.",
            "a line end follows the user name",
        ),
    ],
    page: Page {
        what_happened: "The pair was put together with a line end still attached, and encoded with it.",
        why_it_fails: "`echo` adds a line end before `base64` sees the text, and files edited on Windows end lines with \
            two characters. The server compares the secret with the line end and finds no match.",
        fix: "- Shell and curl: `printf '%s'` instead of `echo`; `$(cat file)` drops a line feed but keeps the \
            carriage return of a Windows file (`tr -d '\\r\\n'`).\n\
            - git: store the secret through `git credential approve`, whose lines end by themselves.\n\
            - Jenkins: paste without the line end; `readFile('token').trim()`.\n\
            - Python: `Path('token').read_text().strip()`.\n\n\
            Kubernetes secrets made from a file keep its last line end.",
        how_to_tell: "The base64 ends in `Cg==`, `o=` or `DQo=`-like letters. A line break *inside* the base64 is a \
            different mistake.",
        sources: &["E8"],
    },
    doc: None,
    outranks: &[
        One("invisible-characters"),
        One("damaged-token"),
        One("malformed-basic"),
        All(Family::User),
    ],
    fires: &[
        Example::rest("echo instead of printf").pair("me@acme.com:{api_token}\n"),
        Example::rest("A secret from a file with CRLF").pair("me@acme.com:{api_token}\r\n"),
        Example::rest("The user name has it").pair("me@acme.com\n:{api_token}"),
        Example::rest("The user name is wrong as well").pair("jane:{api_token}\n"),
    ],
    silent: &[Example::rest("No line end").pair("me@acme.com:{api_token}")],
    ..Rule::PLAIN
};
