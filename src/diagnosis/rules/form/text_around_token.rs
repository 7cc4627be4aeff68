//! A whole token with more text around it.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "text-around-token",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "More than the token was sent as the secret",
    summary: "The secret holds a whole token and more: a user name, `TOKEN=`, a clone address, a comma.",
    // Another scheme may want its parameters written so.
    cases: &[Case::proven(&[TextAroundToken, Refused]).unless(&[ForeignScheme])],
    advice: &[
        Advice::when(
            &[EscapedSecret],
            "Keep only the token as secret, no URL around it, and = where it has %3D. Send {form}.",
            "more text stands around the token",
        ),
        Advice::always(
            "Keep only the token as secret, without user:, TOKEN=, a URL or a comma around it. Send {form}.",
            "more text stands around the token",
        ),
    ],
    page: Page {
        what_happened: "Inside the secret stands a token whose checksum fits, with other text before or after it.",
        why_it_fails: "The server compares the whole secret. People paste `user:token` where a field asks for the \
            password, a line `TOKEN=...` of a file, a whole clone address, `Bearer ...`, or get a comma, a semicolon or \
            a literal `\\n` from a list or a program.",
        fix: "Leave the token alone in its place.\n\n\
            - curl: `user:token` belongs into the user option as a whole, the token alone into netrc's `password`.\n\
            - git: at the prompt for the password enter the token only. From a clone address take what stands between \
            the second colon and the @, in `https://TOKEN@...` what stands before the @, and write `=` for `%3D`.\n\
            - Jenkins: user name and password are two fields.\n\
            - Python: `auth=(email, token)`, on REST with the email of the account, whatever name stands in the \
            address. From an address: `unquote(urlsplit(url).password or urlsplit(url).username)`, both of \
            `urllib.parse`. From a line `NAME=value`: `line.split(\"=\", 1)[1].strip()`, because tokens hold `=`.",
        how_to_tell: "The checksum proves where the token begins and ends, so it is whole. Quotes and blanks around it \
            are `quoted-credentials`, a second scheme before it `duplicate-scheme`.",
        sources: &["A3", "A1"],
    },
    doc: None,
    outranks: &[
        One("damaged-token"),
        One("escaped-credentials"),
        One("malformed-basic"),
        All(Family::User),
    ],
    fires: &[
        Example::rest("The pair as password").pair("me@acme.com:me@acme.com:{api_token}"),
        Example::rest("A line of a file").pair("me@acme.com:BITBUCKET_TOKEN={api_token}"),
        Example::git("A clone address")
            .pair("x-token-auth:https://x-token-auth:{access_token}@bitbucket.org/acme/site.git"),
        Example::git("A clone address, escaped as addresses are").pair(
            "x-token-auth:https://x-token-auth:{escaped access_token}@bitbucket.org/acme/site.git",
        ),
        Example::rest("A comma").field("Bearer {access_token},"),
        Example::rest("A literal line end; the user name is wrong as well")
            .pair("jane:{api_token}\\n"),
    ],
    silent: &[
        Example::rest("The token alone").pair("me@acme.com:{api_token}"),
        Example::rest("Only quotes").pair("me@acme.com:\"{api_token}\""),
        Example::rest("The manner of a scheme that Bitbucket does not take")
            .field("Token token=\"{access_token}\""),
        Example::rest("Not whole").pair("me@acme.com:TOKEN={cut api_token}"),
    ],
    ..Rule::PLAIN
};
