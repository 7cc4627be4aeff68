//! Base64 that was broken into lines.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "base64-line-wrapped",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The Basic value was broken into lines",
    summary: "The tool that made the base64 put line ends into it, so only the first line arrives, or blanks between them.",
    // The further lines are no fields: such a head is refused with 400, by this proxy too.
    cases: &[Case::proven(&[LineWrapped]).any(&[Refused, Status400])],
    advice: &[Advice::always(
        "Encode on one line (base64 -w0, openssl enc -A, Ruby strict_encode64) and send {form}.",
        "the base64 was broken into lines",
    )],
    page: Page {
        what_happened: "The base64 ends after 60, 64 or 76 characters, inside the token, or comes in groups of that \
            length. The other lines went elsewhere, or follow as blanks and continuation lines. Over HTTP/2 no field \
            can hold a line end: the connection breaks off, and curl says `(16) Error in the HTTP2 framing layer`. \
            With `--client-http 1.1` this proxy sees the field and answers.",
        why_it_fails: "GNU base64 breaks lines after 76 characters, openssl after 64, Ruby's `encode64` after 60. Today's \
            tokens are longer than app passwords were: scripts that worked for years with 36 characters now break.",
        fix: "- Shell and curl: `printf '%s' \"$USER:$TOKEN\" | base64 -w0` (macOS needs no option), or leave the \
            encoding to curl: the line `user = \"EMAIL:TOKEN\"` in a file for `--config`.\n\
            - git: drop the hand-made `http.extraHeader` and use a credential helper.\n\
            - Jenkins: a username and password credential instead of a header built in `sh`; Groovy's `encodeBase64()` \
            does not break lines, its `encodeBase64(true)` does.\n\
            - Python: `base64.b64encode`, not `encodebytes`; or `auth=(user, token)`.",
        how_to_tell: "The length of the first group is the tool's line length, and what it decodes to ends inside the \
            token. A token cut elsewhere is `damaged-token`.",
        sources: &["E7", "A5"],
    },
    doc: None,
    outranks: &[
        One("damaged-token"),
        One("malformed-basic"),
        All(Family::User),
    ],
    fires: &[
        Example::rest("GNU base64: the first line alone")
            .sent(Sent::FirstLine(76, "jane.doe@acme.com:{api_token}")),
        Example::rest("openssl, lines joined by blanks")
            .sent(Sent::Lines(64, "jane.doe@acme.com:{api_token}")),
        Example::rest("curl sent the other lines as well")
            .sent(Sent::Lines(76, "jane.doe@acme.com:{api_token}"))
            .status(400),
        Example::git("Ruby").sent(Sent::FirstLine(60, "x-token-auth:{access_token}")),
    ],
    silent: &[
        Example::rest("On one line").pair("jane.doe@acme.com:{api_token}"),
        Example::rest("Cut before it was encoded").pair("me@acme.com:{cut api_token}"),
    ],
    ..Rule::PLAIN
};
