//! Letters that two sides may read as different bytes.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "non-ascii-credentials",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Possible,
    title: "Characters outside ASCII stand in the credentials",
    summary: "User name or secret hold characters outside ASCII, which client and server may encode differently.",
    cases: &[Case::possible(&[NonAscii, Plain401])],
    advice: &[Advice::always(
        "Use ASCII, or make the client encode UTF-8: other characters are read in two ways. Send {form}.",
        "characters outside ASCII in the credentials",
    )],
    page: Page {
        what_happened: "User name or secret hold letters such as an umlaut, or a typographic dash or quote.",
        why_it_fails: "RFC 7617 leaves the encoding of the pair open. Python's requests and Jenkins write Latin-1, \
            browsers and curl mostly UTF-8, so one name becomes two different ones.",
        fix: "Tokens and Bitbucket usernames are ASCII: a letter outside it is usually an editor's correction, a long \
            dash for a hyphen. Copy anew. Where the user name does hold such letters:\n\n\
            - curl and git send what the terminal or helper gives them, so use UTF-8 there.\n\
            - Python: `auth=(user.encode('utf-8'), token)`.\n\
            - Jenkins encodes Latin-1 and cannot be told otherwise.",
        how_to_tell: "Possible only: the server may read what was meant. If a user name without such letters works, it \
            was this. Characters that cannot be seen are `invisible-characters`.",
        sources: &["E38", "R5"],
    },
    doc: None,
    fires: &[
        Example::rest("An umlaut in the user name").pair("j\u{fc}rgen@acme.com:{api_token}"),
        Example::rest("A password, which has another finding first")
            .pair("jane:p\u{e4}sswort dort")
            .after(&["account-password"]),
    ],
    silent: &[
        Example::rest("ASCII only").pair("me@acme.com:{api_token}"),
        Example::rest("The server read it")
            .pair("j\u{fc}rgen@acme.com:{api_token}")
            .status(404),
    ],
    ..Rule::PLAIN
};
