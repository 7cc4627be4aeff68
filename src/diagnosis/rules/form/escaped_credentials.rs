//! Escapes of URLs, properties files, JSON or HTML that nobody undid.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "escaped-credentials",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "Escapes were left in the credentials",
    summary: "User name or secret still hold escapes such as `%40`, `%3D`, `\\=` or `&amp;` instead of the characters.",
    cases: &[
        Case::proven(&[EscapedSecret, Refused]),
        Case::proven(&[EscapedValue, ChecksumFits, Refused]),
        Case::likely(&[Refused]).any(&[EscapedUserId, EscapedValue]),
    ],
    advice: &[
        Advice::when(
            &[EscapedSecret],
            "Undo the escape in the secret: = stands where %3D or a backslash came; then it is whole. Send {form}.",
            "escapes were left in the secret",
        ),
        Advice::when(
            &[EscapedUserId],
            "Write the user name with @, not %40 or another escape: only URLs need those. Send {form}.",
            "escapes were left in the user name",
        ),
        Advice::always(
            "Send the value as it is, without %20, %3D, %2B or backslashes: {form}.",
            "escapes were left in the value",
        ),
    ],
    page: Page {
        what_happened: "A character was escaped for a URL, a properties file, JSON or HTML, and the escape was sent as \
            it is. Where that was in a token, undoing it makes the token's checksum fit.",
        why_it_fails: "Each place has its own escapes, and only the right reader undoes them. Today's tokens hold an `=` \
            before their checksum, which URLs and properties files like to escape.",
        fix: "- curl: its user option and netrc want plain characters; only `https://user:secret@host` wants `%40` and \
            `%3D`.\n\
            - git: a remote's address wants the escapes, a credential helper the plain token.\n\
            - Jenkins and Java: `\\=` belongs into a .properties file only; the credentials page wants plain text.\n\
            - Python: plain in `auth=`, `urllib.parse.quote` only for an address.\n\n\
            Copying from a page's source or a log? Copy from the page.",
        how_to_tell: "Proven where the checksum decides. An email with `%40` is likely only: the account could hardly be \
            called so. A token whose checksum fails either way is `damaged-token`.",
        sources: &["A6", "A3", "E13"],
    },
    doc: None,
    outranks: &[
        One("damaged-token"),
        One("malformed-basic"),
        All(Family::User),
    ],
    fires: &[
        Example::rest("From a URL").pair("me@acme.com:{escaped api_token}"),
        Example::git("From a properties file").pair("x-token-auth:{backslashed access_token}"),
        Example::rest("An email from a URL").pair("me%40acme.com:{api_token}"),
        Example::rest("The base64 itself")
            .field("Basic bWVAYWNtZS5jb206Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IQ%3D%3D"),
        Example::rest("The whole field").field("Bearer%20{access_token}"),
        Example::rest("The base64 of a whole token")
            .sent(Sent::Escaped("jane@acme.com:{api_token}")),
        Example::rest("The user name is wrong as well").pair("jane:{escaped api_token}"),
    ],
    silent: &[
        Example::rest("Plain characters").pair("me@acme.com:{api_token}"),
        Example::rest("A password with a percent sign").pair("jane:100%25 correct"),
        Example::rest("A query wants escapes")
            .call("GET https://api.bitbucket.org/2.0/user?access_token={escaped access_token}"),
    ],
    ..Rule::PLAIN
};
