//! Credentials without a scheme.

use crate::diagnosis::rule::prelude::*;
use crate::observation::Recorded;

/// What stands for a value has a finding of its own.
const GIVES_WAY: &[crate::evidence::Signal] = &[
    EmptyCredentials,
    Placeholder,
    PlaceholderWord,
    Masked,
    MaskWord,
    // A recorder that hides the value may have hidden its scheme.
    RecordRedacted,
    RecordDoubtful,
];

pub const RULE: Rule = Rule {
    slug: "missing-scheme",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "No scheme stands before the credentials",
    summary: "The Authorization field holds the credentials alone, without `Basic` or `Bearer` before them.",
    cases: &[
        Case::likely(&[MissingScheme, Plain401]).unless(GIVES_WAY),
        Case::possible(&[MissingScheme])
            .any(&[Plain403, Plain404])
            .unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[PairWithoutBasic],
            "Name the scheme: the field holds a pair without one. Send {form}.",
            "no scheme stands before the pair",
        ),
        Advice::always(
            "Name the scheme: the field holds a bare token without one. Send {form}.",
            "no scheme stands before the token",
        ),
    ],
    page: Page {
        what_happened: "The field reads `Authorization: TOKEN`, with nothing before the token.",
        why_it_fails: "The first word of the field is the scheme. A server that finds an unknown one has no reason to \
            look at the rest, and may treat the request as anonymous.",
        fix: "An access or OAuth token goes as `Authorization: Bearer TOKEN`. An API token wants Basic with a user \
            name on REST and git alike: let the client build that.\n\n\
            - curl: the line `user = \"EMAIL:TOKEN\"` in a file for `--config`.\n\
            - git: a credential helper instead of `http.extraHeader`.\n\
            - Jenkins: a username and password credential.\n\
            - Python: `auth=(email, token)`, or `headers={'Authorization': f'Bearer {token}'}`.",
        how_to_tell: "One report says that a bare token once worked, so this is likely and not proven. A word before the \
            token that Bitbucket does not know is `wrong-scheme`.",
        sources: &["A9", "A7", "A10"],
    },
    doc: Some(links::AUTHENTICATION),
    fires: &[
        Example::rest("A bare access token").field("{access_token}"),
        Example::rest("A bare API token").field("{api_token}"),
        Example::rest("A bare pair in base64").field("bWVAYWNtZS5jb206Y29ycmVjdCBob3JzZQ=="),
        Example::rest("Behind a 404")
            .field("{access_token}")
            .status(404),
    ],
    silent: &[
        Example::rest("With its scheme").field("Bearer {access_token}"),
        Example::rest("A placeholder is the first thing to mend").field("$AUTH_HEADER"),
        Example::rest("A scheme of one word").field("ApiKey"),
        Example::rest("A record that hides it")
            .field("[REDACTED]")
            .recorded(Recorded::Redacted),
    ],
    ..Rule::PLAIN
};
