//! Characters that nobody sees.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "invisible-characters",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "Invisible characters stand in the credentials",
    summary: "A byte order mark, a no-break or zero-width blank or a control character stands in the credentials.",
    // A control character makes the head invalid: 400, by this proxy too.
    cases: &[Case::proven(&[Invisible]).any(&[Refused, Status400])],
    advice: &[Advice::always(
        "Remove the characters that nobody sees (BOM, no-break or zero-width blanks): copy it anew. Send {form}.",
        "invisible characters in the credentials",
    )],
    page: Page {
        what_happened: "Between the visible characters stand others that no screen shows.",
        why_it_fails: "Web pages, chats and word processors hand out zero-width and no-break blanks with what is copied \
            from them, Windows editors put a byte order mark first, and PowerShell's `Unicode` encoding gives two bytes \
            for each character. The server compares them all.",
        fix: "Copy the token from the page that made it, with the copy button. See what is there with `od -c` or `cat \
            -A` on the file.\n\n\
            - curl and git: save the netrc or credentials file as UTF-8 without byte order mark.\n\
            - Jenkins: delete the field's content before you paste.\n\
            - Python: open the file with `encoding='utf-8-sig'` and strip.\n\
            - PowerShell: `[Text.Encoding]::UTF8.GetBytes($pair)`, not `Unicode`.",
        how_to_tell: "A line end at the end of a half is `trailing-newline`, blanks around it are `quoted-credentials`, \
            letters outside ASCII are `non-ascii-credentials`.",
        sources: &["E17"],
    },
    doc: None,
    outranks: &[
        One("quoted-credentials"),
        One("non-ascii-credentials"),
        One("damaged-token"),
        One("malformed-basic"),
        All(Family::User),
    ],
    fires: &[
        Example::rest("A byte order mark").pair("\u{feff}me@acme.com:{api_token}"),
        Example::rest("A zero-width blank behind the token")
            .pair("me@acme.com:{api_token}\u{200b}"),
        Example::git("A no-break blank").pair("x-token-auth:\u{a0}{access_token}"),
        Example::rest("The user name is wrong as well").pair("jane\u{200b}:{api_token}"),
    ],
    silent: &[
        Example::rest("Nothing hidden").pair("me@acme.com:{api_token}"),
        Example::rest("A line end").pair("me@acme.com:{api_token}\n"),
        Example::rest("A plain blank").pair("me@acme.com: {api_token}"),
    ],
    ..Rule::PLAIN
};
