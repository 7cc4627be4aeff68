//! Texts that stand where a secret was meant, and those that only look so.

use super::*;

fn fault(text: &str) -> Option<Fault> {
    recognise(text.as_bytes(), Place::Secret)
}

#[test]
fn unexpanded_variables_and_templates() {
    for text in [
        "$TOKEN",
        "$token",
        "$BITBUCKET_TOKEN",
        "$bb_pw",
        "$env:TOKEN",
        "${X}",
        "${env.TOKEN}",
        "pre-${X}",
        "%X%",
        "{{ x }}",
        "{{x}}",
        "{{ .Values.token }}",
        "${{ secrets.TOKEN }}",
        "<token>",
        "<your api token>",
        "{api_token}",
        "$(cat token)",
        "#{TOKEN}",
        "<%= token %>",
    ] {
        assert_eq!(
            fault(text),
            Some(Fault::Placeholder(Place::Secret)),
            "{text}"
        );
    }
}

#[test]
fn words_that_mean_no_value() {
    for text in [
        "undefined",
        "null",
        "None",
        "nil",
        "changeme",
        "YOUR_TOKEN",
        "your-api-token",
        "Your token here",
    ] {
        assert_eq!(
            fault(text),
            Some(Fault::PlaceholderWord(Place::Secret)),
            "{text}"
        );
    }
}

#[test]
fn masks() {
    for text in [
        "***",
        "********",
        "[REDACTED]",
        "<redacted>",
        "[MASKED]",
        "••••",
        "ATATT3xFfGF0****",
        "ATBB****1A2B",
    ] {
        assert_eq!(fault(text), Some(Fault::Masked(Place::Secret)), "{text}");
    }
    for text in ["xxxxx", "XXXXXXXX"] {
        assert_eq!(fault(text), Some(Fault::MaskWord(Place::Secret)), "{text}");
    }
}

#[test]
fn passwords_and_names_stay_what_they_are() {
    for text in [
        "",
        "hunter2",
        "$ecret99x",
        "pa$$word",
        "100%",
        "%",
        "%%",
        "$",
        "$1",
        "a<b>c",
        "{1b671a64-40d5-491e-99b0-da01ff1f3341}",
        "nobody",
        "yourself",
        "**",
        "xxx",
        "pass***word",
        "jane@acme.com",
        "}{",
        "${}",
        "<>",
        "50%off%",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
}
