//! A name that may not exist.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "wrong-path",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Possible,
    title: "The workspace or repository may not exist",
    summary: "The credential was recognised; there may be no workspace or repository of this name.",
    cases: &[
        Case::possible(&[Status404, Recognised, ResourceItself]).unless(&[
            RemovedOperation,
            NoSuchCall,
            AddressPlaceholder,
            AddressStandIn,
            SaysNoApiHere,
        ]),
    ],
    advice: &[Advice::always(
        "Compare the path with the address in the browser: workspace and repository by their slugs, not their display names.",
        "no such workspace or repository, perhaps",
    )],
    page: Page {
        what_happened: "The server knew the credential and answered 404 for a workspace or repository itself.",
        why_it_fails: "Paths hold slugs: the lower-case names of the address bar, not those that the pages show. A \
            repository may have been renamed, moved to another workspace, or deleted.",
        fix: "Copy workspace and repository from the address in a browser.\n\n\
            - For git: the clone button shows the right address; `git remote set-url` changes it.\n\
            - curl, Jenkins and Python: the same two names.",
        how_to_tell: "What the account may not see is answered alike: `no-access` is listed first. A 404 for something \
            inside a repository is an answer and no fault.",
        sources: &["B23", "B24", "E35", "I10"],
    },
    doc: None,
    fires: &[Example::rest("Recognised, and nothing is there")
        .field("Bearer {access_token}")
        .status(404)
        .answer(&[("x-credential-type", "workspace_access_token")])
        .after(&["no-access"])],
    silent: &[
        Example::rest("Not recognised")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("Below a repository")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests/7")
            .pair("me@acme.com:{api_token}")
            .status(404)
            .answer(&[("x-credential-type", "api_token")]),
    ],
    ..Rule::PLAIN
};
