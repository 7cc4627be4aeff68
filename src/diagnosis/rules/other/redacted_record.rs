//! A record that hides what would have to be judged.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Recorded;

pub const RULE: Rule = Rule {
    slug: "redacted-record",
    family: Family::Other,
    verdict: Verdict::Note,
    strongest: Proven,
    title: "The record hides the credentials",
    summary: "Whoever made the record hid or dropped the credentials: what was really sent is unknown, not wrong.",
    cases: &[
        Case::proven(&[RecordRedacted, Refused]),
        Case::possible(&[RecordDoubtful, Refused]),
    ],
    advice: &[
        Advice::when(
            &[OnGit],
            "Record again with GIT_TRACE_REDACT=0 and read it with why401 on the same machine; share its report, not the record.",
            "the record hides what was sent",
        ),
        Advice::always(
            "Record again without redaction and read it with why401 on the same machine; share its report, not the record.",
            "the record hides what was sent",
        ),
    ],
    page: Page {
        what_happened: "The credentials in the record are crossed out, or its kind never holds them.",
        why_it_fails: "git writes `<redacted>`, CI consoles write asterisks, browsers leave the field out of an exported HAR. \
            That is right for a record that leaves the machine, and it takes away what would tell one mistake from another.",
        fix: "Record it on your machine, read it there with `why401 diagnose`, and delete it: its report holds no \
            secret and can be pasted.\n\n\
            - git: `GIT_TRACE_REDACT=0`.\n\
            - curl: `-v` shows the field.\n\
            - Browser: export the HAR *with sensitive data*.\n\
            - Jenkins and Python: send the same call through `why401 serve`, which sees what a record hides.\n\n\
            Nobody needs the secret itself.",
        how_to_tell: "A mask that a client really sent is `masked-secret`; that shows on the wire only, not in a record.",
        sources: &["E14"],
    },
    doc: None,
    // What the rest of the exchange tells says more.
    alternative: true,
    silences: &[
        One("masked-secret"),
        One("unexpanded-placeholder"),
        One("quoted-credentials"),
        One("no-credentials"),
    ],
    fires: &[
        Example::git("git's own mark")
            .field("Basic <redacted>")
            .recorded(Recorded::Redacted),
        Example::rest("Left out by the exporter").recorded(Recorded::Redacted),
        Example::rest("Crossed out by somebody")
            .field("Basic ****")
            .recorded(Recorded::Doubtful),
    ],
    silent: &[
        Example::rest("Sent like this").field("Basic ****"),
        Example::rest("A whole record")
            .pair("me@acme.com:{api_token}")
            .recorded(Recorded::Whole),
        Example::rest("Nothing was refused")
            .recorded(Recorded::Redacted)
            .status(200),
    ],
    ..Rule::PLAIN
};
