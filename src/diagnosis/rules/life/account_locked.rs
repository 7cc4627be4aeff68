//! An account that nobody gets into for now.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "account-locked",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The account is locked or deactivated",
    summary: "The server says that the account is locked, deactivated, or has to solve a CAPTCHA first.",
    cases: &[Case::proven(&[SaysAccountLocked])],
    advice: &[Advice::always(
        "Log in at bitbucket.org in a browser and follow what it asks; if deactivated, ask your administrator. Stop retrying.",
        "the account is locked or deactivated",
    )],
    page: Page {
        what_happened: "The server asked for a CAPTCHA, or said that the account is locked or deactivated.",
        why_it_fails: "Too many failed attempts lock an account for a while, mostly by a program that repeats an old \
            password. An administrator or an identity provider may have deactivated it.",
        fix: "Stop the program that keeps trying, in Jenkins the scan that repeats. Log in with a browser, solve the \
            CAPTCHA, and replace the credential in curl, git or Python before they try again. A deactivated account is \
            for an administrator.",
        how_to_tell: "Only the server's own words say so; it is rare on Bitbucket Cloud. A plain 401 after long success is \
            `token-revoked`.",
        sources: &["E42", "E43"],
    },
    doc: None,
    gate: &[SaysAccountLocked],
    fires: &[
        Example::rest("Too many attempts")
            .pair("jane:correct horse")
            .body("Too many invalid password attempts. Try logging in through the website with your password."),
        Example::git("A CAPTCHA")
            .pair("jane:{api_token}")
            .status(403)
            .body("remote: To continue, solve the CAPTCHA on the website."),
        Example::rest("Locked for a while")
            .pair("jane:{app_password}")
            .on(utc_datetime!(2025-01-07 9:00))
            .body(r#"{"error":{"message":"Your account has been temporarily locked."}}"#),
    ],
    silent: &[
        Example::rest("A plain refusal").pair("jane:correct horse"),
        Example::rest("The name of a branch, to an account that is known")
            .call("GET https://api.bitbucket.org/2.0/repositories/acme/site/refs/branches/captcha")
            .pair("me@acme.com:{api_token}")
            .status(404)
            .answer(&[("x-credential-type", "api_token")])
            .body(r#"{"error":{"message":"Branch \"captcha\" not found"}}"#),
    ],
    ..Rule::PLAIN
};
