//! A token of the product that companies run themselves.

use crate::diagnosis::rule::prelude::*;

const ON: &[crate::evidence::Signal] = &[OnRest, OnGit, OnWebsite];

pub const RULE: Rule = Rule {
    slug: "data-center-token",
    family: Family::Kind,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "This token is of Bitbucket Data Center",
    summary: "The token was made by Bitbucket Data Center, another product, which a company runs on its own host.",
    cases: &[
        Case::proven(&[DataCenterToken, Refused])
            .any(ON)
            .unless(&[AcceptedBefore]),
        Case::possible(&[DataCenterShape, Refused])
            .any(ON)
            .unless(&[AcceptedBefore]),
    ],
    advice: &[Advice::always(
        "Use a token of Bitbucket Cloud, this one fits your own Data Center host only. Send {api_token_form}.",
        "a Data Center token, this is Bitbucket Cloud",
    )],
    page: Page {
        what_happened: "The secret begins with `BBDC-`, or has the 44 characters of such a token without that beginning, as \
            Jira and Confluence Data Center make them.",
        why_it_fails: "Data Center and Cloud are two products with one name. Each knows its own tokens only, and a move from \
            one to the other leaves old tokens in scripts.",
        fix: "If the host is right, create an API token with scopes in the Atlassian account.\n\n\
            - REST (curl, Jenkins, Python): Basic with the account email.\n\
            - git: `x-bitbucket-api-token-auth`.\n\
            - Jenkins: its server entry must say Bitbucket Cloud.\n\n\
            If the token is right, send it to your own host, there as Bearer.",
        how_to_tell: "`BBDC-` proves it. The shape alone is only possible.",
        sources: &["A19", "E19"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[
        One("basic-without-user"),
        One("token-expired"),
        One("wrong-scheme"),
        One("account-password"),
    ],
    fires: &[
        Example::rest("By its beginning").field(DATA_CENTER),
        Example::git("On git").pair("jane:{data_center_token}"),
        Example::rest("By its shape").field("Bearer MDEyMzQ1Njc4OTAxOgABAgMEBQYHCAkKCwwNDg8QERIT"),
    ],
    silent: &[
        Example::rest("Its own host")
            .call("GET https://git.acme.com/rest/api/1.0/projects")
            .field(DATA_CENTER),
        Example::rest("An access token").field("Bearer {access_token}"),
    ],
    ..Rule::PLAIN
};

const DATA_CENTER: &str = "Bearer {data_center_token}";
