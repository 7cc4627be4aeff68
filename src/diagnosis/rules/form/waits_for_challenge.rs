//! A client that waits for a 401 where Bitbucket answers 404.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "waits-for-challenge",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "The client waits for a 401 that does not come",
    summary: "The client has credentials perhaps, but sends them only when a 401 asks; a 404 or 403 never does.",
    cases: &[
        Case::likely(&[NoAuthorization, PatientClient, Plain404, SaysAuthenticate]),
        Case::possible(&[NoAuthorization, OnLfs, Plain403]),
        // Listings are given to everybody, with what everybody may see.
        Case::possible(&[NoAuthorization, PatientClient, Succeeded, EmptyListing]),
    ],
    advice: &[
        Advice::when(
            &[OnLfs],
            "Give git LFS credentials for this host in a credential helper ({form}): it was refused without being asked.",
            "git LFS waits for a 401 that does not come",
        ),
        Advice::always(
            "Send the credentials at once (wget --auth-no-challenge, preemptive in Java, -Headers in PowerShell): {form}.",
            "the client waits for a 401 that never comes",
        ),
    ],
    page: Page {
        what_happened: "The request came without credentials, from a client that holds them back until it is asked, and \
            the answer was a 404 or 403, which asks for nothing; or a listing, empty for whoever does not log in.",
        why_it_fails: "Bitbucket hides what an anonymous caller may not see behind a 404. Java, .NET, Apache HttpClient, \
            Gradle, PowerShell with `-Credential` and wget answer a 401 only, so their credentials never leave.",
        fix: "Make the client send them with the first request.\n\n\
            - wget: `--auth-no-challenge`.\n\
            - Java: set the Authorization field yourself, or a preemptive `AuthCache` in Apache HttpClient.\n\
            - Gradle: `HttpHeaderCredentials`, or `authentication { basic(BasicAuthentication) }`.\n\
            - .NET and PowerShell: the Authorization field in `DefaultRequestHeaders` or `-Headers`; PowerShell 7 has \
            `-Authentication Basic`.\n\
            - Jenkins: the HTTP Request step with a custom Authorization header.\n\
            - git LFS: a credential helper for the host.\n\n\
            curl and Python send them at once.",
        how_to_tell: "If the client has no credentials at all it is `no-credentials`, which stands beside this one. With \
            a 401 the client would have come back: see `challenge`.",
        sources: &["B16", "B23"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[One("no-credentials")],
    fires: &[
        Example::rest("wget and a private repository")
            .user_agent("Wget/1.25.0")
            .status(404)
            .body(HIDDEN),
        Example::rest("A Java client")
            .user_agent("Apache-HttpClient/4.5.14 (Java/17.0.2)")
            .status(404)
            .body(HIDDEN),
        Example::rest("A listing that is empty for everybody")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .user_agent("Java/21.0.1")
            .status(200)
            .body(EMPTY)
            .after(&["anonymous-ok"]),
        Example::git("git LFS")
            .call("POST https://bitbucket.org/acme/site.git/info/lfs/objects/batch")
            .user_agent("git-lfs/3.7.0 (GitHub; linux amd64; go 1.24)")
            .status(403),
    ],
    silent: &[
        Example::rest("curl sends them at once if it has any")
            .status(404)
            .body(HIDDEN),
        Example::rest("A 404 that says nothing")
            .user_agent("Wget/1.25.0")
            .status(404),
        Example::rest("A listing with something in it")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme")
            .user_agent("Java/21.0.1")
            .status(200)
            .body(r#"{"values":[{"is_private":false}]}"#),
        Example::rest("A 401 asks").user_agent("Wget/1.25.0"),
        Example::rest("Credentials came")
            .user_agent("Java/21.0.1")
            .pair("me@acme.com:{api_token}")
            .status(404)
            .body(HIDDEN),
    ],
    ..Rule::PLAIN
};

const EMPTY: &str = r#"{"pagelen":10,"values":[],"page":1,"size":0}"#;
const HIDDEN: &str = r#"{"type":"error","error":{"message":"You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated."}}"#;
