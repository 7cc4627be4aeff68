//! A call that the API no longer has.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "endpoint-removed",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "This call no longer exists",
    summary: "The call no longer exists; the credential is not at fault.",
    cases: &[
        Case::proven(&[Status410, SaysRemoved]).unless(&[SaysAppPasswordsEnded]),
        Case::proven(&[Status410, WordsRead]).unless(&[SaysAppPasswordsEnded]),
        // Without words that were read, a 410 since the brownouts may be about an app password.
        Case::proven(&[Status410]).unless(&[
            SaysAppPasswordsEnded,
            AppPassword,
            OldAppPassword,
            PasswordShaped,
            OtherSecret,
        ]),
        Case::proven(&[Status410, AppPasswordsWork]).unless(&[SaysAppPasswordsEnded]),
        Case::likely(&[Status410, RemovedOperation]).unless(&[SaysAppPasswordsEnded]),
        Case::likely(&[RemovedOperation]).any(&[Status403, Status404]),
    ],
    advice: &[
        Advice::when(
            &[ReplacementKnown],
            "Call {replacement} instead: Bitbucket removed this call. The credential is not at fault.",
            "this call was removed, not a credential fault",
        ),
        Advice::when(
            &[RestOne],
            "Call https://api.bitbucket.org/2.0/... instead: REST 1.0 ended on 2019-04-29. The credential is not at fault.",
            "REST 1.0 ended on 2019-04-29",
        )
        .doc(links::REST_1),
        Advice::always(
            "Stop making this call: the server removed it; see its changelog. The credential is not at fault.",
            "this call was removed, not a credential fault",
        ),
    ],
    page: Page {
        what_happened: "The server answered that what was asked for is gone, or the call is one that Bitbucket removed.",
        why_it_fails: "Bitbucket removed the listings across workspaces in 2026 (CHANGE-2770), issues and wikis with \
            their calls later that year, REST 1.0 in 2019 and other parts of the API between. Tools that list everything first fail there, \
            and report it as a login problem.",
        fix: "Ask per workspace: `GET /2.0/user/workspaces`, then `GET /2.0/repositories/{workspace}`. Of REST 1.0 call what has the \
            same name below `/2.0`. Update the tool.",
        how_to_tell: "A 410 that names CHANGE-3222 is about app passwords instead. Some accounts get 404 or 403 for a \
            removed call: there the path decides, and the finding is likely.",
        sources: &["B21", "B22", "I4", "C"],
    },
    doc: Some(links::CHANGELOG),
    outranks: &[One("no-access"), One("no-credentials"), One("wrong-path")],
    gate: &[Status410],
    fires: &[
        Example::rest("A listing across workspaces")
            .call("GET https://api.bitbucket.org/2.0/workspaces")
            .pair("me@acme.com:{api_token}")
            .status(410)
            .body(GONE),
        Example::rest("One that wants a workspace now")
            .call("GET https://api.bitbucket.org/2.0/repositories?role=member")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("The same, hidden behind a 404")
            .call("GET https://api.bitbucket.org/2.0/workspaces")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("REST 1.0")
            .call("GET https://api.bitbucket.org/1.0/repositories/acme/site")
            .pair("me@acme.com:{api_token}")
            .status(410),
        Example::rest("Gone on another host")
            .call("GET https://git.acme.com/old")
            .status(410),
        Example::rest("Before the brownouts no 410 was about an app password")
            .call("GET https://api.bitbucket.org/2.0/teams/acme")
            .pair("jane:{app_password}")
            .status(410)
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("Words that nobody knows, and not those about app passwords")
            .pair("jane:{app_password}")
            .status(410)
            .body(r#"{"type":"error","error":{"message":"Gone"}}"#),
        Example::rest("Words that were not read")
            .call("GET https://api.bitbucket.org/2.0/workspaces")
            .pair("jane:{app_password}")
            .status(410),
    ],
    silent: &[
        Example::git("About app passwords")
            .pair("jane:{app_password}")
            .status(410)
            .body("CHANGE-3222 - Functionality has been deprecated"),
        Example::rest("A call that exists")
            .pair("me@acme.com:{api_token}")
            .status(404),
    ],
    ..Rule::PLAIN
};

const GONE: &str = r#"{"type":"error","error":{"message":"CHANGE-2770 - Functionality has been deprecated","detail":"Please read the changelog entry for more details."}}"#;
