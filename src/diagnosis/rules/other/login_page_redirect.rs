//! A refusal that looks like a redirect.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "login-page-redirect",
    family: Family::Other,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "A redirect to a login page is a refusal",
    summary: "The website does not take these credentials in this form, and sends the client to the page for people.",
    cases: &[Case::likely(&[ToLoginPage, Refused]).unless(&[NoAuthorization, PrefersHtml])],
    advice: &[Advice::always(
        "Take the redirect for a refusal: send {form}, and let the client not follow it. The login page is for people.",
        "a login page instead of an answer",
    )],
    page: Page {
        what_happened: "A request with credentials was redirected to a page on which people sign in.",
        why_it_fails: "The website, archives included, does not take every form: user and token in the address were answered \
            like this, and a Bearer token or the email with an API token were taken. Whoever follows the redirect gets a \
            page with status 200, and takes it for the file.",
        fix: "- Archives: Bearer with an access or OAuth token, or Basic with the account email and an API token.\n\
            - curl: `-f` and no `-L`, so that the redirect shows.\n\
            - Python: `allow_redirects=False`.\n\
            - Jenkins: use the REST address of the same thing.\n\n\
            git does not use these addresses.",
        how_to_tell: "The `Location` names a sign-in page. A browser that signs in is meant to see it, and is not reported.",
        sources: &["B30"],
    },
    doc: None,
    fires: &[Example::rest("An archive, with the user name for git")
        .call("GET https://bitbucket.org/acme/site/get/main.tar.gz")
        .pair("x-token-auth:{oauth_token}")
        .status(302)
        .answer(&[(
            "location",
            "https://bitbucket.org/account/signin/?next=/acme/site",
        )])],
    silent: &[
        Example::rest("A browser that signs in")
            .call("GET https://bitbucket.org/acme/site")
            .pair("jane:correct horse")
            .fields(&[("accept", "text/html,application/xhtml+xml")])
            .status(302)
            .answer(&[("location", "https://id.atlassian.com/login?continue=x")]),
        Example::rest("Another redirect")
            .pair("me@acme.com:{api_token}")
            .status(302)
            .answer(&[("location", "https://bbuseruploads.s3.amazonaws.com/a")]),
        Example::rest("Nobody logged in")
            .call("GET https://bitbucket.org/acme/site")
            .status(302)
            .answer(&[("location", "https://bitbucket.org/account/signin/")]),
    ],
    ..Rule::PLAIN
};
