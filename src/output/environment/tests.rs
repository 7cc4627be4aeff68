//! The formats, by their rules; `tests/command/env_formats.rs` has the programs read them.

use super::*;
use crate::host::target::Target;

const FOLDER: &str = "/s/env";
/// What makes a careless line break, or do something else.
const ODD: &str = "/a b/it's \"x\" $HOME `id` %PATH% \\n #é";

fn rendered(format: Format, variables: &[Assignment]) -> Result<String, Unwritable> {
    given(
        format,
        variables,
        &[("javax.net.ssl.trustStore", ODD.to_owned())],
    )
}

fn given(
    format: Format,
    variables: &[Assignment],
    properties: &[(&'static str, String)],
) -> Result<String, Unwritable> {
    render(
        format,
        &Given {
            proxy: &Target::parse("[::1]:8401", None).unwrap(),
            variables,
            kept: &["NO_PROXY"],
            root: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
            properties,
            folder: FOLDER,
            source: "/here/it's",
            files: &[File {
                name: "roots.pem".into(),
                parts: vec![Part::System, Part::Root],
            }],
            is_chosen: false,
        },
    )
}

fn odd(format: Format) -> String {
    rendered(format, &[Assignment::of("NO_PROXY", ODD)]).unwrap()
}

#[test]
fn a_name_leads_back_to_its_format() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    assert_eq!(Format::of_shell("/usr/bin/fish"), Format::Fish);
    assert_eq!(Format::of_shell("/bin/zsh"), Format::Sh);
    assert_eq!(Format::of_shell(""), Format::Sh);
}

/// about_Quoting_Rules: between single quotes only these mean something, doubled they stand for themselves. There is no
/// PowerShell to be had for the tests.
#[test]
fn powershell_doubles_every_quote_that_it_takes_for_one() {
    let text = rendered(
        Format::PowerShell,
        &[Assignment::of(
            "X",
            "it's \u{2018}$x\u{2019} \u{201a}\u{201b}",
        )],
    );
    let line =
        "$env:X = 'it''s \u{2018}\u{2018}$x\u{2019}\u{2019} \u{201a}\u{201a}\u{201b}\u{201b}'\n";
    assert!(text.unwrap().contains(line));
    let behind = Assignment {
        name: "X",
        is_behind: true,
        value: " y".into(),
    };
    let text = rendered(Format::PowerShell, &[behind]).unwrap();
    assert!(
        text.contains("$env:X = $env:WHY401_BEFORE_X + ' y'\n"),
        "{text}"
    );
}

/// `help set` and `help for`: the last quote of the line ends the value, and what the loop gives is not expanded again.
#[test]
fn cmd_has_the_value_as_it_is_and_no_line_ends() {
    assert!(odd(Format::Cmd).starts_with(&format!("set \"NO_PROXY={ODD}\"\n")));
    let lines = [Assignment::of("X", "a\nb")];
    let error = rendered(Format::Cmd, &lines).unwrap_err().to_string();
    assert!(
        error.starts_with("cmd has no way to write a line end in the value of X"),
        "{error}"
    );
}

#[test]
fn what_was_there_before_is_named_and_not_written() {
    let text = odd(Format::Sh);
    assert!(
        text.starts_with("export WHY401_BEFORE_NO_PROXY=\"$NO_PROXY\";\n"),
        "{text}"
    );
    assert!(text.contains("export WHY401_ENV='NO_PROXY';\n"), "{text}");
    let back = undone(Format::Sh, &["NO_PROXY", "https_proxy"], &["NO_PROXY"]);
    let lines = "export NO_PROXY=\"$WHY401_BEFORE_NO_PROXY\";\nunset WHY401_BEFORE_NO_PROXY;\n\
        unset https_proxy;\nunset WHY401_ENV;\n";
    assert_eq!(back.as_deref(), Some(lines));
    assert_eq!(undone(Format::Gradle, &["NO_PROXY"], &[]), None);
}

#[test]
fn a_plain_value_of_dotenv_has_no_quotes_for_docker_reads_them() {
    let text = rendered(
        Format::Dotenv,
        &[Assignment::of("X", "-Da=\"b c\" -Dd=e|f")],
    );
    assert_eq!(text.unwrap(), "X=-Da=\"b c\" -Dd=e|f\n");
    assert!(rendered(Format::Dotenv, &[Assignment::of("X", "${HOME}")]).is_err());
}

#[test]
fn a_value_of_several_lines_ends_where_it_ends_for_github() {
    let text = rendered(
        Format::GithubActions,
        &[Assignment::of("X", "a\nWHY401_END\nHOME=/evil")],
    );
    let expected = "X<<WHY401_END_\na\nWHY401_END\nHOME=/evil\nWHY401_END_\n";
    assert_eq!(text.unwrap(), expected);
}

/// docs.docker.com, ENV and variable substitution: a backslash takes the meaning from a dollar sign.
#[test]
fn a_dockerfile_neither_expands_nor_ends_a_value() {
    let text = odd(Format::Dockerfile);
    let line = r#"ENV NO_PROXY="/a b/it's \"x\" \$HOME `id` %PATH% \\n #é""#;
    assert!(text.contains(line), "{text}");
    assert!(
        text.contains(r"--build-context why401='/here/it'\''s' "),
        "{text}"
    );
    assert!(rendered(Format::Dockerfile, &[Assignment::of("X", "a\nb")]).is_err());
}

#[test]
fn kubernetes_takes_no_value_for_a_reference() {
    let text = rendered(Format::Kubernetes, &[Assignment::of("X", "$(HOME)")]).unwrap();
    assert!(text.contains("value: \"$$(HOME)\"\n"), "{text}");
}

/// systemd.syntax(7), systemd.unit(5).
#[test]
fn a_unit_neither_expands_nor_ends_a_value() {
    let text = odd(Format::Systemd);
    let line = r#"Environment="NO_PROXY=/a b/it's \"x\" $HOME `id` %%PATH%% \\n #é""#;
    assert!(text.contains(line), "{text}");
}

#[test]
fn gradle_reads_the_value_as_java_does() {
    let text = odd(Format::Gradle);
    let line =
        "systemProp.javax.net.ssl.trustStore=/a b/it's \"x\" $HOME `id` %PATH% \\\\n #\\u00e9\n";
    assert!(text.contains(line), "{text}");
}

#[test]
fn maven_gets_what_its_settings_cannot_say_in_a_variable() {
    let store = |path: &str| {
        let properties = [
            ("http.nonProxyHosts", "a|<&".to_owned()),
            ("javax.net.ssl.trustStore", path.to_owned()),
        ];
        given(Format::Maven, &[], &properties)
    };
    let text = store("/s/java.p12").unwrap();
    assert!(
        text.contains("\nMAVEN_OPTS=-Djavax.net.ssl.trustStore=/s/java.p12\n"),
        "{text}"
    );
    assert!(text.contains("<host>::1</host>"), "{text}");
    assert!(
        text.contains("<nonProxyHosts>a|&lt;&amp;</nonProxyHosts>"),
        "{text}"
    );
    let blank = store("/s t/java.p12").unwrap();
    assert!(blank.contains("\nJAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=\"/s t/java.p12\"\n"));
    assert!(store("/a--b").is_err());
}

#[test]
fn a_script_knows_its_folder_when_it_runs() {
    let variables = [
        Assignment::of("PHP_INI_SCAN_DIR", ":/s/env"),
        Assignment::of("X", "/s/env/a'b"),
    ];
    let text = rendered(Format::GitlabCi, &variables).unwrap();
    assert!(
        text.contains("export PHP_INI_SCAN_DIR=':'\"$why401\"\n"),
        "{text}"
    );
    assert!(text.contains("export X=\"$why401\"'/a'\\''b'\n"), "{text}");
    let text = rendered(Format::Jenkins, &variables).unwrap();
    assert!(text.contains("  'X=' + why401 + '/a\\'b',\n"), "{text}");
    assert!(!text.contains(FOLDER), "{text}");
}
