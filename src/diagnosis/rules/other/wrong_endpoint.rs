//! An address that is no call of the API.

use crate::diagnosis::rule::prelude::*;
use crate::evidence::Signal;

const REFUSED: &[Signal] = &[Status400, Plain401, Status403, Status404, Refused];

pub const RULE: Rule = Rule {
    slug: "wrong-endpoint",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "The address is no call of the API",
    summary: "The path is not of the REST API, or still holds a placeholder; the credential is not at fault.",
    cases: &[
        Case::proven(&[AddressPlaceholder]).any(REFUSED),
        Case::likely(&[NoSuchCall]).any(REFUSED),
        Case::likely(&[AddressStandIn]).any(REFUSED),
        Case::likely(&[SaysNoApiHere, Status404]).unless(&[RemovedOperation]),
        Case::possible(&[UnknownBeginning, Status404]),
    ],
    advice: &[
        Advice::when(
            &[AddressPlaceholder],
            "Put real names into the path: a variable or template was sent as it is written. The credential is not at fault.",
            "a placeholder was left in the path",
        ),
        Advice::when(
            &[AddressStandIn],
            "Put real names into the path: a word of the documentation, or an empty value, stands there.",
            "a stand-in was left in the path",
        ),
        Advice::when(
            &[RestOne],
            "Call https://api.bitbucket.org/2.0/... instead: REST 1.0 ended on 2019-04-29. The credential is not at fault.",
            "REST 1.0 ended on 2019-04-29",
        )
        .doc(links::REST_1),
        Advice::always(
            "Call https://api.bitbucket.org/2.0/... with every name filled in: this path is no call of the REST API.",
            "the path is no call of the REST API",
        ),
    ],
    page: Page {
        what_happened: "The path does not belong to the REST API, or something in it was never filled in.",
        why_it_fails: "The API lives below `https://api.bitbucket.org/2.0`. REST 1.0 ended on 2019-04-29; `/!api` is \
            Bitbucket's own and takes no credentials of clients; `/api`, `/rest` and `/2.0/projects` are of Data Center or \
            of nobody. An empty variable leaves two slashes, a template its braces.",
        fix: "Begin with `/2.0/repositories/{workspace}/{repo_slug}`, `/2.0/workspaces/{workspace}` or `/2.0/user`, \
            names filled in.\n\n\
            - curl: double quotes around an address with variables, and `-g` for a real `{uuid}`.\n\
            - Python: an f-string, not a plain one.\n\
            - Jenkins: the server URL without a path.\n\
            - git: its addresses are of bitbucket.org.",
        how_to_tell: "A `{uuid}` with its braces is a name and no placeholder. A path that is right and yet answered 404 is \
            `wrong-path` or `no-access`; one that existed once is `endpoint-removed`.",
        sources: &["B24", "E35", "C"],
    },
    doc: None,
    outranks: &[One("wrong-host")],
    fires: &[
        Example::rest("A template that nobody filled in")
            .call("GET https://api.bitbucket.org/2.0/repositories/%7Bworkspace%7D/site")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("A beginning that is not documented")
            .call("GET https://api.bitbucket.org/2.0/pipelines/acme")
            .pair("me@acme.com:{api_token}")
            .status(404)
            .answer(&[("x-credential-type", "api_token")])
            .body(r#"{"type":"error","error":{"message":"Resource not found"}}"#),
        Example::rest("Without the version")
            .call("GET https://api.bitbucket.org/repositories/acme/site")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("REST 1.0")
            .call("GET https://api.bitbucket.org/1.0/repositories/acme/site")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("An address of Bitbucket's own")
            .call("GET https://bitbucket.org/!api/2.0/repositories/acme/site")
            .pair("jane:correct horse"),
        Example::rest("An empty variable")
            .call("GET https://api.bitbucket.org/2.0/repositories//site")
            .field("Bearer {oauth_token}")
            .status(404),
        Example::rest("A word of the documentation")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/repo_slug")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("By the server's words")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/pulls")
            .pair("me@acme.com:{api_token}")
            .status(404)
            .body(r#"{"type":"error","error":{"message":"Resource not found","detail":"There is no API hosted at this URL."}}"#),
    ],
    silent: &[
        Example::rest("A uuid is a name")
            .call("GET https://api.bitbucket.org/2.0/repositories/%7B1b671a64-40d5-491e-99b0-da01ff1f3341%7D/site")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("REST 1.0 while it lasted")
            .call("GET https://api.bitbucket.org/1.0/repositories/acme/site")
            .pair("jane:{app_password}")
            .status(404)
            .on(utc_datetime!(2018-05-01 9:00)),
        Example::rest("Nothing was refused")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/undefined")
            .pair("me@acme.com:{api_token}")
            .status(200),
    ],
    ..Rule::PLAIN
};
