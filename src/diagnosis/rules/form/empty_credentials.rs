//! Credentials of which a half, or everything, is empty.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "empty-credentials",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "User name or secret is empty",
    summary: "An Authorization field was sent, but its user name, its secret or both are empty.",
    cases: &[Case::proven(&[Refused]).any(&[EmptyCredentials, EmptyUserId, EmptySecret])],
    advice: &[
        Advice::when(
            &[EmptyUserId],
            "Send {form}: nothing stands before the colon, where the user name belongs.",
            "the user name is empty",
        ),
        Advice::when(
            &[EmptySecret],
            "Fill in the secret: the variable or file that it comes from is empty. Send {form}.",
            "the secret is empty",
        ),
        Advice::always(
            "Fill in the credentials: the variables or files that they come from are empty. Send {form}.",
            "the credentials are empty",
        ),
    ],
    page: Page {
        what_happened: "The client authenticated with nothing: `Basic Og==` is the base64 of a lone colon, and \
            `Bearer` with nothing behind it is an empty token.",
        why_it_fails: "Most often a variable is not set where the client runs: another shell, another CI stage, a \
            secret that pull requests of forks do not get, or a name spelt differently.",
        fix: "Print whether the variable is set (not its value) in the place where the client runs, and set it there. \
            Shell and curl: `: \"${TOKEN:?is not set}\"` stops before anything is sent. git: look what the credential \
            helper returns for the host, with `git credential fill`. Jenkins: `withCredentials` around the very step; \
            secrets are withheld from pull requests of forks. Python: `os.environ['TOKEN']`, which fails, instead of \
            `os.environ.get('TOKEN', '')`, which does not.",
        how_to_tell: "Only the named half is empty; the other one is judged as usual. Where a token of a known kind \
            stands behind an empty user name, the finding about that kind comes first: it says what to put there.",
        sources: &["E11"],
    },
    doc: Some(links::USING_API_TOKENS),
    fires: &[
        Example::rest("A lone colon").pair(":"),
        Example::rest("Bearer with nothing").field("Bearer"),
        Example::rest("An empty secret").pair("me@acme.com:"),
        Example::rest("An empty user name").pair(":correct horse battery"),
    ],
    silent: &[
        Example::rest("Both halves are there").pair("me@acme.com:{api_token}"),
        Example::rest("No field at all"),
    ],
    ..Rule::PLAIN
};
