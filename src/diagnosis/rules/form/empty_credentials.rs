//! Credentials of which a half, or everything, is empty.

use crate::diagnosis::rule::prelude::*;
use crate::history::{Past, SecondLeg};

const MISSING: Past = Past {
    second_leg: SecondLeg::Missing,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "empty-credentials",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "User name or secret is empty",
    summary: "An Authorization field was sent, but its user name, its secret or both are empty.",
    cases: &[
        Case::proven(&[Refused])
            .any(&[EmptyCredentials, EmptyUserId, EmptySecret])
            .unless(&[NameAlone]),
        // No second try brought the password that git went to look for.
        Case::proven(&[Refused, NameAlone, NotFollowed]),
    ],
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
        fix: "Print whether the variable is set (not its value) in the place where the client runs, and set it \
            there.\n\n\
            - Shell and curl: `: \"${TOKEN:?is not set}\"` stops before anything is sent.\n\
            - git: see what its helper has, as below.\n\
            - Jenkins: `withCredentials` around the very step; secrets are withheld from pull requests of forks.\n\
            - Python: `os.environ['TOKEN']`, which fails, instead of `os.environ.get('TOKEN', '')`, which does \
            not.\n\n\
            This shows what git's credential helper has, without the secret:\n\n    printf \
            'protocol=https\\nhost=bitbucket.org\\n\\n' | git credential fill | sed 's/^password=..*/password=set/'",
        how_to_tell: "Only the named half is empty; the other one is judged as usual. Where a token of a known kind \
            stands behind an empty user name, the finding about that kind comes first: it says what to put there.",
        sources: &["E11", "F1"],
    },
    doc: Some(links::USING_API_TOKENS),
    fires: &[
        Example::rest("A lone colon").pair(":"),
        Example::rest("Bearer with nothing").field("Bearer"),
        Example::rest("An empty secret").pair("me@acme.com:"),
        Example::rest("An empty user name").pair(":correct horse battery"),
        Example::git("git found no password for the name in its address")
            .pair("jane:")
            .past(MISSING),
    ],
    silent: &[
        Example::rest("Both halves are there").pair("me@acme.com:{api_token}"),
        Example::rest("No field at all"),
        Example::git("git tries the name in its address alone, first").pair("jane:"),
    ],
    ..Rule::PLAIN
};
