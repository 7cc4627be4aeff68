//! A Basic value from which no pair can be read.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "malformed-basic",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The Basic value is not base64 of user:secret",
    summary: "What stands after `Basic` is not base64, or decodes to text without a colon.",
    cases: &[
        Case::proven(&[Basic, Refused]).any(&[NotBase64, NoColon]),
        Case::possible(&[Basic, LenientBase64, Plain401]),
    ],
    advice: &[
        Advice::when(
            &[LenientBase64],
            "Use standard base64 with its padding, not the url-safe kind: send {form}.",
            "Basic value is url-safe or unpadded base64",
        ),
        Advice::always(
            "Join user name, colon and secret and encode that in base64, on one line: send {form}.",
            "Basic value is not base64 of user:secret",
        ),
    ],
    page: Page {
        what_happened: "The server could not read a user name and a secret from the value after `Basic`.",
        why_it_fails: "RFC 7617 wants standard base64 of `user:secret`. Text that is not base64, base64 of something \
            without a colon, and hex or encrypted values all end here. Url-safe or unpadded base64 is read by some \
            servers and refused by others, so for it this finding is only possible.",
        fix: "Let the client encode the pair.\n\n\
            - curl: the line `user = \"EMAIL:TOKEN\"` in a file for `--config`.\n\
            - git: a credential helper.\n\
            - Jenkins: a username and password credential.\n\
            - Python: `auth=(user, token)`.\n\
            - By hand: exactly `user:secret` in the standard alphabet (Python `base64.b64encode`, not \
            `urlsafe_b64encode`), with padding, without line breaks.",
        how_to_tell: "A bare token, encoded or not, is `basic-without-user`; a pair in clear is `basic-not-encoded`.",
        sources: &["E9", "E10"],
    },
    doc: Some(links::AUTHENTICATION),
    fires: &[
        Example::rest("Not base64").field("Basic !!not*base64!!"),
        Example::rest("Base64 of text without a colon").pair("just some text"),
        Example::rest("Padding cut off")
            .field("Basic bWVAYWNtZS5jb206Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IQ")
            .after(&["account-password"]),
    ],
    silent: &[
        Example::rest("A pair in base64").pair("me@acme.com:{api_token}"),
        Example::rest("The base64 of a token alone").field("Basic {base64 api_token}"),
    ],
    ..Rule::PLAIN
};
