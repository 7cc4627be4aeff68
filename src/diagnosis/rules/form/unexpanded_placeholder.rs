//! A variable or template that nobody filled in.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "unexpanded-placeholder",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "A placeholder was sent instead of a value",
    summary: "A variable or template such as `$TOKEN` or `{{ token }}` was sent as it is written.",
    cases: &[
        Case::proven(&[Placeholder, Refused]),
        Case::likely(&[PlaceholderWord, Refused]),
    ],
    advice: &[
        Advice::when(
            &[TokenInQuery],
            "Put the real token in, and send it as Bearer TOKEN, not in the query: a placeholder came instead of it.",
            "a placeholder was sent instead of a value",
        ),
        Advice::when(
            &[Placeholder],
            "Set this variable where the client runs, outside single quotes, then send {form}.",
            "a placeholder was sent instead of a value",
        ),
        Advice::always(
            "Put the real value in: a word that stands for a missing one (null, changeme ...) came. Send {form}.",
            "a word like null or changeme was sent",
        ),
    ],
    page: Page {
        what_happened: "The text of a variable reached the server instead of its value.",
        why_it_fails: "Single quotes keep a shell from expanding `$TOKEN`; CI systems and template engines leave the \
            name when the variable does not exist; `undefined`, `null` and `None` are what programs print for a value \
            that was never set; `<token>` and `YOUR_TOKEN` come from examples.",
        fix: "Set the variable where the client runs, use double quotes, and check the spelling of its name.\n\n\
            - curl: `\"Authorization: Bearer $TOKEN\"` in double quotes.\n\
            - git: its configuration expands no variables, so use a credential helper.\n\
            - Jenkins: Groovy fills `${TOKEN}` in double quotes only, the shell `$TOKEN` in single ones; \
            `withCredentials` must surround the step.\n\
            - Python: an f-string needs its f.\n\n\
            Docker and YAML files expand only what their own documentation says.",
        how_to_tell: "The form of a variable is proof. A bare word could be somebody's real name or secret, so there \
            the finding is likely only.",
        sources: &["E12"],
    },
    doc: None,
    outranks: &[
        One("oauth-token-in-query"),
        One("quoted-credentials"),
        One("bearer-with-basic-pair"),
        One("account-password"),
    ],
    fires: &[
        Example::rest("Single quotes kept the variable").pair("me@acme.com:$BITBUCKET_TOKEN"),
        Example::rest("A CI variable that does not exist").field("Bearer ${ACCESS_TOKEN}"),
        Example::rest("A template").field("Bearer {{ token }}"),
        Example::rest("In the query")
            .call("GET https://api.bitbucket.org/2.0/user?access_token=undefined"),
        Example::rest("A value that was never set").field("Bearer undefined"),
    ],
    silent: &[
        Example::rest("A real token").field("Bearer {access_token}"),
        Example::rest("A password with a dollar sign in it").pair("jane:pa$$word for two"),
    ],
    ..Rule::PLAIN
};
