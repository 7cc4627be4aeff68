//! A token that lost characters on the way.

use crate::diagnosis::rule::prelude::*;
use crate::history::Past;

/// What was accepted once is whole; where another like it was, its checksum tells nothing (I6); and a line that ends
/// early explains a failing checksum better.
const GIVES_WAY: &[crate::evidence::Signal] = &[AcceptedBefore, ChecksumDisproved, LineWrapped];

pub const RULE: Rule = Rule {
    slug: "damaged-token",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "The token is damaged: its checksum fails",
    summary: "The token begins like a real one, but its checksum does not fit: characters are missing or changed.",
    cases: &[
        Case::likely(&[Plain401])
            .any(&[ChecksumFails, CutJwt])
            .unless(GIVES_WAY),
        Case::possible(&[Plain403])
            .any(&[ChecksumFails, CutJwt])
            .unless(GIVES_WAY),
        Case::possible(&[Plain404])
            .any(&[ChecksumFails, CutJwt])
            .unless(GIVES_WAY),
        Case::possible(&[Plain401, UnknownGeneration]).unless(GIVES_WAY),
    ],
    advice: &[
        Advice::when(
            &[CutJwt],
            "Copy the token again: it is not whole. A cut near 2,560 bytes points at a credential store that cannot hold it.",
            "the JWT is not whole",
        ),
        Advice::when(
            &[UnknownGeneration],
            "Copy the token again if it may be cut: {length} characters came, and its beginning is new to this program.",
            "token may be damaged: {length} characters",
        ),
        Advice::when(
            &[UsualLength],
            "Copy it again, on one line: {length} characters came, as whole ones have, but the checksum fails. Send {form}.",
            "token damaged: {length} characters, checksum fails",
        ),
        Advice::when(
            &[AppPassword],
            "Copy it again, on one line: {length} characters came, checksum fails, whole ones so far have 36. Send {form}.",
            "app password damaged: {length} characters",
        ),
        Advice::when(
            &[ApiToken],
            "Copy it again, on one line: {length} characters came, checksum fails, whole ones so far have 192. Send {form}.",
            "API token damaged: {length} characters, checksum fails",
        ),
        Advice::always(
            "Copy it again, on one line: {length} characters came, checksum fails, whole ones so far have 192. Send {form}.",
            "token damaged: {length} characters, checksum fails",
        ),
    ],
    page: Page {
        what_happened: "The token's beginning says what it is, but its last eight characters, which are a checksum of \
            all the others, do not fit. (For a JWT: parts of it are missing.)",
        why_it_fails: "Prompts that cut at 128 characters, base64 broken into lines, line breaks picked up when copying, \
            and stores that hold only so much are the usual reasons.",
        fix: "- Copy the token again in one piece. If it was never shown in full, create a new one.\n\
            - Compare the number of characters: whole ones seen so far have 192, app passwords had 36, but lengths may \
            vary.\n\
            - Is the number right, then a character was changed: look for one that was retyped, or turned by an \
            editor.",
        how_to_tell: "The checksum follows published samples and is not documented, so this is likely and not proven; \
            once a token with a failing checksum is accepted, the finding is silent for it. A beginning of an unknown \
            generation is only possible. In a JWT, about 2,560 bytes point at the Windows credential store.",
        sources: &["A2", "A3", "A4", "A5", "E18", "I6"],
    },
    doc: None,
    outranks: &[All(Family::User), All(Family::Kind)],
    fires: &[
        Example::rest("Cut").pair("me@acme.com:{cut api_token}"),
        Example::rest("Cut, and under a username").pair("jane:{cut api_token}"),
        Example::rest("As long as a whole one, one character changed")
            .pair("me@acme.com:{spoilt api_token}"),
        Example::git("An access token").pair("x-token-auth:{cut access_token}"),
        Example::rest("A JWT that a credential store cut").field("Bearer {cut jwt}"),
        Example::rest("Cut and quoted: both have to be mended")
            .pair("me@acme.com:\"{cut api_token}\"")
            .after(&["quoted-credentials"]),
        Example::rest("Behind a 404")
            .pair("me@acme.com:{cut api_token}")
            .status(404),
        Example::git("Behind a 403")
            .pair("x-bitbucket-api-token-auth:{cut api_token}")
            .status(403),
        Example::rest("A changed app password, in a value as long as a line of base64")
            .pair("jane.doe:{cut app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::git("An app password, while there were any")
            .pair("jane:{cut app_password}")
            .on(utc_datetime!(2025-10-01 9:00)),
        Example::rest("A beginning that nobody has seen yet")
            .pair("me@acme.com:ATATNewKindOfToken0123456789abcdefghij"),
    ],
    silent: &[
        Example::rest("Whole").pair("me@acme.com:{api_token}"),
        Example::rest("A line end is the reason").pair("me@acme.com:{api_token}\n"),
        Example::rest("The server knew it")
            .pair("me@acme.com:{cut api_token}")
            .status(403)
            .answer(&[("x-credential-type", "api_token")]),
        Example::rest("Another token was accepted although its checksum fails")
            .pair("me@acme.com:{cut api_token}")
            .past(Past {
                checksum_disproved: true,
                ..Past::NONE
            }),
        Example::rest("The line ended early")
            .sent(Sent::FirstLine(76, "jane.doe@acme.com:{api_token}")),
    ],
    ..Rule::PLAIN
};
