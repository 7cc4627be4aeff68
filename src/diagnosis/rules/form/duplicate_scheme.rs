//! More than one scheme before the credentials.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "duplicate-scheme",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The scheme, or the field's name, is there twice",
    summary: "The value begins with two schemes, such as `Basic Basic` or `Basic Bearer`, or repeats the field's name.",
    cases: &[Case::proven(&[DuplicateScheme, Refused])],
    advice: &[Advice::always(
        "Write the scheme once: the value or variable brings its own already. Send {form}.",
        "the scheme stands there twice",
    )],
    page: Page {
        what_happened: "Before the credentials stand two schemes, or the name of the field stands in its value.",
        why_it_fails: "The server takes the first word for the scheme and all the rest for the credentials, which then \
            do not decode or match nothing.",
        fix: "Either the variable holds the scheme or the place where it is used does.\n\n\
            - curl: `-H \"Authorization: $AUTH\"` wants `AUTH='Bearer ...'`, while `-H \"Authorization: Bearer \
            $TOKEN\"` wants the token alone.\n\
            - git: `http.extraHeader` wants the whole line, name included, once.\n\
            - Jenkins: a secret text credential holds the token only.\n\
            - Python: `headers={'Authorization': f'Bearer {token}'}` with a bare token, or `auth=`.",
        how_to_tell: "The inner scheme is the one that the credentials were made for, so what remains is judged under \
            it. A scheme in front of a token in the password field is `text-around-token`.",
        sources: &["E17"],
    },
    doc: None,
    outranks: &[One("basic-not-encoded")],
    fires: &[
        Example::rest("The variable brought its own").field("Bearer Bearer {access_token}"),
        Example::rest("Two different schemes").field("Basic Bearer {access_token}"),
        Example::rest("In clear as well").field("Basic Basic me@acme.com:{api_token}"),
        Example::rest("The field's name").field("Authorization: Bearer {access_token}"),
    ],
    silent: &[
        Example::rest("One scheme").field("Bearer {access_token}"),
        Example::rest("A scheme in the password field").pair("me@acme.com:Bearer {api_token}"),
    ],
    ..Rule::PLAIN
};
