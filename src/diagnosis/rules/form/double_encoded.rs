//! Base64 once too often.

use crate::diagnosis::rule::prelude::*;

pub const RULE: Rule = Rule {
    slug: "double-encoded",
    family: Family::Form,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The credentials were base64-encoded once too often",
    summary: "Decoded as the scheme asks, the credentials are still base64: of a token, or of the whole pair.",
    cases: &[Case::proven(&[DoubleEncoded, Refused])],
    advice: &[Advice::always(
        "Decode once more before use: what came is base64 of the token or pair. Send {form}.",
        "base64-encoded once too often",
    )],
    page: Page {
        what_happened: "The secret, or the whole pair, is base64 of what belongs there, once or twice over. Or the \
            base64 of the whole pair stands as the password, or as the user name before nothing.",
        why_it_fails: "The values under `data:` of a Kubernetes secret are base64, and so is what many vaults return. A \
            client that encodes the pair by itself then encodes it a second time.",
        fix: "- Kubernetes: `secretKeyRef`, `envFrom` and a mounted file decode once by themselves; if what they give \
            is still base64, it was encoded before it was put under `data:`. Write it plain under `stringData:`. From \
            the command line: `kubectl get secret NAME -o jsonpath='{.data.KEY}' | base64 -d`.\n\
            - Shell: encode once, with `printf '%s'`, because `echo` adds a line end.\n\
            - curl: `-u` encodes, so it wants the plain pair; `-H` encodes nothing, so `Authorization: Basic` there \
            wants base64 of the pair, once.\n\
            - Python: `auth=` encodes, so it wants the plain values.\n\
            - git: put the plain token into the credential helper.\n\
            - Jenkins: paste the plain token into the credential, Jenkins encodes it.",
        how_to_tell: "Base64 of an Atlassian token begins with QVRBVFQz, QVRDVFQz or QVRCQ, encoded once more with \
            UVZS. Decoded, its checksum fits, so the token itself is whole.",
        sources: &["A3", "E10"],
    },
    doc: None,
    outranks: &[
        One("damaged-token"),
        One("malformed-basic"),
        All(Family::User),
    ],
    fires: &[
        Example::rest("The token of a Kubernetes secret").pair("me@acme.com:{base64 api_token}"),
        Example::rest("The whole pair").sent(Sent::Twice("me@acme.com:{api_token}")),
        Example::rest("Under Bearer").field("Bearer {base64 access_token}"),
        Example::rest("Both values of a Kubernetes secret")
            .pair("bWVAYWNtZS5jb20=:{base64 api_token}"),
        Example::rest("The pair, made for a field, as the password")
            .pair("me@acme.com:{base64 me@acme.com:{api_token}}"),
        Example::rest("The same as the user name, as curl sends it with a colon behind it")
            .pair("{base64 me@acme.com:{api_token}}:"),
        Example::rest("A token encoded twice").pair("me@acme.com:{base64 {base64 api_token}}"),
        Example::git("The user name is wrong as well").pair("jane:{base64 access_token}"),
    ],
    silent: &[
        Example::rest("Encoded once").pair("me@acme.com:{api_token}"),
        Example::rest("A token alone, encoded once").field("Basic {base64 api_token}"),
        Example::rest("Base64 that holds no token").pair("{base64 me@acme.com:correct horse}:"),
    ],
    ..Rule::PLAIN
};
