//! Quotes, brackets and blanks that came along with a value.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "quoted-credentials",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "Quotes or blanks surround the credentials",
    summary: "Quotes, angle brackets or blanks stand around the value, the user name or the secret, and were sent too.",
    cases: &[Case::proven(&[Quoted, Refused])],
    advice: &[Advice::always(
        "Remove the quotes, angle brackets or blanks around user name, secret or value, then send {form}.",
        "quotes or blanks around the credentials",
    )],
    page: Page {
        what_happened: "The quotes, brackets or blanks that should only mark where a value begins and ends were sent as \
            part of it.",
        why_it_fails: "Docker's `--env-file`, systemd and some CI settings take quotes literally, a shell does not. \
            Examples write `<token>` for the place of one. A blank after a colon or comma is easily copied.",
        fix: "Write the value bare.\n\n\
            - curl: quote the whole argument, not the part inside; a netrc file knows no quotes.\n\
            - git: enter it without quotes in the credential helper.\n\
            - Jenkins: without quotes in the credential; in `sh` use single quotes outside and `$TOKEN` inside a \
            script file.\n\
            - Python: `os.environ['TOKEN'].strip('\"\\'')` shows whether it is so; .env files of docker keep the \
            quotes.\n\n\
            `b'...'` in the value is what Python prints for bytes: `base64.b64encode(...).decode()`.",
        how_to_tell: "Without the quotes a token or email address is left. Brackets around something else, such as \
            `<token>`, are `unexpanded-placeholder`; blanks that are none are `invisible-characters`.",
        sources: &["E17", "E12"],
    },
    doc: None,
    fires: &[
        Example::rest("Around the secret").pair("me@acme.com:\"{api_token}\""),
        Example::rest("Around the whole value").field("\"Bearer {access_token}\""),
        Example::rest("Brackets of an example").field("Bearer <{access_token}>"),
        Example::rest("Bytes of Python, printed").sent(Sent::Printed("me@acme.com:{api_token}")),
        Example::rest("Quotes of a word processor").pair("me@acme.com:\u{201c}{api_token}\u{201d}"),
        Example::rest("A blank after the colon").pair("me@acme.com: {api_token}"),
        Example::rest("The user name is wrong as well").pair("'jane':'{api_token}'"),
    ],
    silent: &[
        Example::rest("Bare").pair("me@acme.com:{api_token}"),
        Example::rest("The brackets of a placeholder").field("Bearer <token>"),
        Example::rest("A password that begins with a quote").pair("jane:'tis 2024"),
    ],
    ..Rule::PLAIN
};
