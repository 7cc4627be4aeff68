//! A token among the parameters of a query or a form.

use crate::diagnosis::rule::prelude::*;

const PARAMETER: &[crate::evidence::Signal] = &[TokenInQuery, TokenInForm];

pub const RULE: Rule = Rule {
    slug: "oauth-token-in-query",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The token travels as a parameter, not in a field",
    summary: "The token came as `access_token=` in the query or a form body, where Bitbucket takes none since 2026-05-04.",
    cases: &[
        Case::proven(&[QueryTokensRefused, Refused])
            .any(PARAMETER)
            .unless(&[ClocksApart, OnTokenEndpoint]),
        Case::likely(&[QueryTokensRefused, Refused])
            .any(PARAMETER)
            .unless(&[OnTokenEndpoint]),
        // The archive's words for it (B30).
        Case::likely(&[QueryTokensRefused, OnWebsite, Status403, SaysTokensRefused]).any(PARAMETER),
        Case::likely(&[QueryTokensFading, Refused])
            .any(PARAMETER)
            .unless(&[OnTokenEndpoint]),
        Case::possible(&[QueryTokensDoubtful, Refused])
            .any(PARAMETER)
            .unless(&[OnTokenEndpoint]),
    ],
    advice: &[Advice::always(
        "Send it in the Authorization field, {form}, not as access_token= in query or body; renew it, logs hold it.",
        "token in the query, needs Authorization",
    )],
    page: Page {
        what_happened: "The request carries `access_token=...` in its query or in a form body.",
        why_it_fails: "Since 2026-05-04 (CHANGE-3052) Bitbucket refuses tokens there, after brownouts from 2026-04-20; \
            single refusals were reported from the end of February on. Addresses end up in logs, histories and \
            `Referer` fields, and so did the tokens.",
        fix: "- curl: `-H @FILE` with `Authorization: Bearer TOKEN` in the file, no `?access_token=`.\n\
            - Python: `headers={'Authorization': f'Bearer {token}'}` instead of `params=`; django-allauth from \
            65.17.\n\
            - Jenkins: the Bitbucket OAuth plugin after 0.16.\n\
            - git: `x-token-auth` as user name, the token as password.\n\
            - oauth2-proxy, laravel/socialite and others changed it in 2026: update them.\n\n\
            Treat the old token as known to whoever reads the logs.",
        how_to_tell: "The parameter is in the request. With an Authorization field beside it, see \
            `conflicting-credentials`; with a placeholder in it, `unexpanded-placeholder`.",
        sources: &["B13", "B30", "C", "E20", "F10", "I12"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[One("no-credentials")],
    fires: &[
        Example::rest("An OAuth token in the query")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef"),
        Example::rest("In a form body")
            .call("POST https://api.bitbucket.org/2.0/repositories/acme/site/issues")
            .form("access_token={jwt}&title=x"),
        Example::rest("The two clocks disagree on the day")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .clocks_apart(),
        Example::rest("In the brownouts")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .on(utc_datetime!(2026-04-28 12:00)),
        Example::rest("When refusals were first reported")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .on(utc_datetime!(2026-03-10 12:00)),
        Example::rest("An archive")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz?access_token=abcdef")
            .status(403),
        Example::rest("An archive that says so")
            .call("GET https://bitbucket.org/acme/site/get/main.tar.gz?access_token=abcdef")
            .status(403)
            .body("This endpoint does not support token-based authentication"),
    ],
    silent: &[
        Example::rest("Taken in those days")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=abcdef")
            .on(utc_datetime!(2026-02-01 12:00)),
        Example::rest("In the field").field("Bearer {access_token}"),
        Example::rest("Another host").call("GET https://git.acme.com/rest?access_token=abcdef"),
    ],
    ..Rule::PLAIN
};
