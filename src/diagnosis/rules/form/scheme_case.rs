//! A scheme in unusual case.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "scheme-case",
    family: Family::Form,
    verdict: Verdict::Note,
    strongest: Possible,
    title: "The scheme is written in unusual case",
    summary: "The scheme is not written as usual (`bearer`, `BASIC`), which Bitbucket reportedly once did not recognise.",
    cases: &[Case::possible(&[SchemeCase, Refused])],
    advice: &[Advice::always(
        "Write Basic, Bearer or JWT exactly so, to be safe: other spellings were once not recognised. Send {form}.",
        "scheme in unusual case",
    )],
    page: Page {
        what_happened: "The scheme is one that Bitbucket knows, with other capitals than usual.",
        why_it_fails: "Schemes are case-insensitive by RFC 9110. In 2017 and 2018 people reported that Bitbucket treated \
            `bearer` as no credentials at all, and Atlassian's page on Connect calls `JWT` case-sensitive. Whether \
            anything of this still holds is not known.",
        fix: "Write `Basic`, `Bearer` and `JWT`.\n\n\
            - curl and git write Basic correctly by themselves; look at hand-written fields and `http.extraHeader`.\n\
            - Python: look for code that builds the value from `token_type`, which the token endpoint returns in lower \
            case; use the literal `Bearer` instead.\n\
            - Jenkins plugins write it as they should.",
        how_to_tell: "If the same call with the usual spelling works, it was this; if not, look at the other findings. The reports end \
            in 2018, so for later dates it stands last.",
        sources: &["B17", "A16", "R6"],
    },
    doc: None,
    alternative: true,
    fires: &[
        Example::rest("As the token endpoint spells it, in the years of the reports")
            .field("bearer {oauth_token}")
            .on(utc_datetime!(2018-05-01 9:00)),
        Example::rest("The same today, when a dead token is the better guess")
            .field("bearer {access_token}")
            .after(&["wrong-secret", "wrong-product-token"]),
        Example::rest("Connect, of which the documentation says so").field("jwt {connect_jwt}"),
        Example::rest("A wrong user name comes first")
            .field("basic amFuZTpjb3JyZWN0IGhvcnNl")
            .after(&["account-password", "wrong-secret"]),
    ],
    silent: &[
        Example::rest("As usual").field("Bearer {access_token}"),
        Example::rest("It was accepted")
            .field("bearer {access_token}")
            .status(200),
    ],
    ..Rule::PLAIN
};
