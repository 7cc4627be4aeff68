//! A file that wins over the program.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

const SUSPECT: Past = Past {
    netrc_suspect: true,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "netrc-overrides",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "A .netrc entry may have replaced the credential",
    summary: "python-requests sends what .netrc holds for the host, instead of the field that the program set.",
    cases: &[Case::possible(&[
        PythonRequests,
        Basic,
        NetrcSuspect,
        Refused,
    ])],
    advice: &[Advice::always(
        "Remove the host from .netrc, or set trust_env=False or pass auth= in requests: .netrc wins over headers.",
        ".netrc may have replaced the credential",
    )],
    page: Page {
        what_happened: "A program on python-requests sent Basic and was refused, while it sends a Bearer token elsewhere, or \
            its machine has a netrc entry for the host.",
        why_it_fails: "requests looks the host up in `~/.netrc` and writes its own `Authorization` over the one in \
            `headers=`. What is stored there for git is mostly wrong for REST.",
        fix: "- Python: remove the host from `~/.netrc`, set `session.trust_env = False`, or pass an `auth=` object, \
            which netrc cannot replace.\n\
            - curl keeps the field that it is given.\n\
            - git reads the same file on purpose: leave the entry if git needs it.",
        how_to_tell: "The program sets Bearer and Basic arrives. Only requests does that; with another client see the \
            findings about the pair itself.",
        sources: &["E27"],
    },
    doc: None,
    fires: &[
        Example::rest("Basic from a program that sends Bearer elsewhere")
            .user_agent("python-requests/2.34.2")
            .pair("jane:correct horse")
            .past(SUSPECT)
            .after(&["account-password"]),
    ],
    silent: &[
        Example::rest("Nothing points at a netrc entry")
            .user_agent("python-requests/2.34.2")
            .pair("jane:correct horse"),
        Example::rest("curl keeps its field")
            .pair("jane:correct horse")
            .past(SUSPECT),
    ],
    ..Rule::PLAIN
};
