//! One refusal between successes.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

const ALTERNATES: Past = Past {
    accepted: true,
    accepted_here: true,
    alternates: true,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "upstream-bug",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Possible,
    title: "Refused now and then, with nothing changed",
    summary: "The same request with the same credential was accepted within minutes; the fault may be the server's.",
    cases: &[
        Case::possible(&[Alternates, Plain401, WellFormed])
            .any(&[OnRest, OnGit, OnWebsite])
            .unless(&[InBrownouts]),
        // In their brownouts app passwords alternate by design.
        Case::possible(&[Alternates, Plain401, WellFormed, InBrownouts])
            .any(&[OnRest, OnGit, OnWebsite])
            .unless(&[AppPassword, OldAppPassword]),
    ],
    advice: &[Advice::always(
        "Try again with a pause, and change nothing: the same request was accepted minutes before. See status.atlassian.com.",
        "accepted minutes before: maybe the server",
    )],
    page: Page {
        what_happened: "The same credential on the same call was accepted and refused within minutes.",
        why_it_fails: "Nothing about the credential changes by the minute. Reports of single 401s under load exist; the \
            cause is on the side of the server, or between it and the client.",
        fix: "Let the client repeat such a request once, after a pause, and look at the vendor's status page.\n\n\
            - curl: `--retry` does not repeat a 401, so a loop of the script has to.\n\
            - git, Jenkins and Python: the job's own repetition.",
        how_to_tell: "One success after the refusal is enough to know that the credential lives. Between 2026-06-09 and \
            2026-07-27 an app password that came and went was a brownout. If it stays refused, see `token-expired` and \
            `token-revoked`.",
        sources: &["E26", "C"],
    },
    doc: None,
    fires: &[
        Example::git("A fetch between two that worked")
            .pair("x-token-auth:{access_token}")
            .past(ALTERNATES),
        Example::rest("An API token in the weeks of brownouts")
            .pair("me@acme.com:{api_token}")
            .on(utc_datetime!(2026-06-20 9:00))
            .past(ALTERNATES),
    ],
    silent: &[
        Example::rest("An app password in the weeks of brownouts")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2026-06-20 9:00))
            .past(ALTERNATES),
        Example::rest("Halves that were exchanged since are no fault of the server")
            .pair("{api_token}:me@acme.com")
            .past(ALTERNATES),
        Example::rest("Never accepted").field("Bearer {access_token}"),
    ],
    ..Rule::PLAIN
};
