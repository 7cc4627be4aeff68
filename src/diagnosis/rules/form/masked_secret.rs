//! A mask where a value belongs.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "masked-secret",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "A mask was sent instead of the secret",
    summary: "What was sent is `***`, `[REDACTED]` or the like: the mask of a log, not the value behind it.",
    cases: &[
        Case::proven(&[Masked, Refused]),
        Case::likely(&[MaskWord, Refused]),
    ],
    advice: &[Advice::always(
        "Put the real secret in: what came is a mask, as logs and settings pages show it. Send {form}.",
        "a mask was sent instead of the secret",
    )],
    page: Page {
        what_happened: "The client sent the stars or the word that some program shows in place of a secret.",
        why_it_fails: "CI systems mask secrets in logs and in values that are printed and read again; settings pages show \
            stars and save them when the form is sent; examples in tickets are masked by hand.",
        fix: "Take the secret from where it is kept, not from a log or page that hides it, and make a new one if it is \
            kept nowhere.\n\n\
            - curl and git: look into the netrc file or credential helper.\n\
            - Jenkins: enter the credential anew, and use `withCredentials` in the step that needs it; a value echoed \
            in one step and parsed in another is masked.\n\
            - Python: check where the variable is filled.",
        how_to_tell: "Stars and marked words are proof. A row of x is likely only. In a record that somebody sanitised \
            the mask is the recorder's, not the client's.",
        sources: &["E14"],
    },
    doc: None,
    fires: &[
        Example::rest("Copied from a log").pair("me@acme.com:********"),
        Example::rest("A marked word").field("Bearer [REDACTED]"),
        Example::rest("What a page shows of a token").pair("me@acme.com:ATATT3x*******"),
        Example::git("Crossed out").pair("jane:xxxxxxxx"),
    ],
    silent: &[
        Example::rest("A real token").pair("me@acme.com:{api_token}"),
        Example::rest("A password with stars in it").pair("jane:correct***horse"),
    ],
    ..Rule::PLAIN
};
