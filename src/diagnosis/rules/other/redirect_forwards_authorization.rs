//! A field that went along to a host it was not meant for.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "redirect-forwards-authorization",
    family: Family::Other,
    verdict: Verdict::NotCredentials,
    strongest: Proven,
    title: "Authorization went along to another host",
    summary: "A download is redirected to a store with a signed address; the field that came along is one too many there.",
    cases: &[
        Case::proven(&[SaysOneMechanism]).any(&[Basic, Bearer]),
        Case::likely(&[SaysSchemeUnsupported]).any(&[Basic, Bearer]),
        // Nobody has credentials of these schemes for it.
        Case::likely(&[OnStore, Status400]).any(&[Basic, Bearer]),
    ],
    advice: &[Advice::always(
        "Let the client drop Authorization when a redirect leads to another host: the signed address there needs none.",
        "Authorization followed a redirect",
    )],
    page: Page {
        what_happened: "The store of downloads was sent an `Authorization` field beside the signature in its address.",
        why_it_fails: "Bitbucket redirects downloads and step logs to a store with a signed address. The store takes one \
            mechanism only, so the field that the client carried along spoils the request, and it has given the credential \
            to another host.",
        fix: "- curl drops the field by itself: leave out `--location-trusted`.\n\
            - Python: requests drops it too, unless a hook or netrc puts it back; with other libraries follow the \
            redirect by hand, without the field.\n\
            - Jenkins and build tools: update the plugin, or turn off preemptive authentication for the host of the \
            store.",
        how_to_tell: "The refusal comes from the store, not from Bitbucket, whose 302 was right. The credential is good.",
        sources: &["B31", "E28"],
    },
    doc: None,
    fires: &[
        Example::rest("The store's own words")
            .call("GET https://bbuseruploads.s3.amazonaws.com/a.gz?Signature=x")
            .pair("me@acme.com:{api_token}")
            .status(400)
            .body("<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>"),
        Example::rest("It does not know the scheme")
            .call("GET https://bbuseruploads.s3.amazonaws.com/a.gz?Signature=x")
            .field("Bearer {access_token}")
            .status(400)
            .body("<Error><Message>Unsupported Authorization Type</Message></Error>"),
        Example::rest("Words that were not read")
            .call("GET https://bbuseruploads.s3.amazonaws.com/a.gz")
            .pair("me@acme.com:{api_token}")
            .status(400),
    ],
    silent: &[
        Example::rest("The file is not there")
            .call("GET https://bbuseruploads.s3.amazonaws.com/a.gz?Signature=x")
            .pair("me@acme.com:{api_token}")
            .status(404),
        Example::rest("No field went along")
            .call("GET https://bbuseruploads.s3.amazonaws.com/a.gz?Signature=x")
            .status(400)
            .body("<Error><Message>Only one auth mechanism allowed</Message></Error>"),
    ],
    ..Rule::PLAIN
};
