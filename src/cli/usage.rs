//! Answers to a command line that names no work: help, the version, or one line about what is wrong.

use super::command::CommandLine;
use super::output::{print, say};
use crate::exit_code::ExitCode;
use clap::CommandFactory;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io::{self, IsTerminal};

/// Prints what clap has to say about `arguments`, and gives the exit code that belongs to it.
pub fn answer(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            ExitCode::Fine
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::Usage
        }
        _ => {
            say(&one_line(&error.to_string(), arguments));
            // Evaluated, nothing at all would count as success; every shell fails at this word.
            let is_env = arguments.get(1).is_some_and(|command| command == "env");
            if is_env && !io::stdout().is_terminal() {
                let _ = print(b"false\n");
            }
            ExitCode::Usage
        }
    }
}

/// clap spreads an error, its tips and the usage over a paragraph each; a log or a script wants one line.
fn one_line(text: &str, arguments: &[OsString]) -> String {
    let about = |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let joined = lines.filter(about).collect::<Vec<_>>().join("; ");
    let error = joined.strip_prefix("error: ").unwrap_or(&joined);
    let error = error
        .replace("tip: ", "")
        .replace("provided:; ", "provided: ")
        .replace("; [possible", " [possible");
    format!("{error}; see `{} --help`", page(arguments))
}

/// `why401 serve`, when the arguments got as far as that.
fn page(arguments: &[OsString]) -> String {
    let mut command = &CommandLine::command();
    let mut words = vec![command.get_name()];
    for argument in arguments.iter().skip(1) {
        let Some(next) = command.find_subcommand(argument) else {
            break;
        };
        words.push(next.get_name());
        command = next;
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn line(arguments: &[&str]) -> String {
        let arguments: Vec<OsString> = ["why401"].iter().chain(arguments).map(Into::into).collect();
        let error = CommandLine::try_parse_from(&arguments).unwrap_err();
        one_line(&error.to_string(), &arguments)
    }

    #[test]
    fn an_unknown_flag_names_its_neighbour_and_the_page_to_read() {
        assert_eq!(
            line(&["serve", "--lisen", "x"]),
            "unexpected argument '--lisen' found; a similar argument exists: '--listen'; \
             see `why401 serve --help`"
        );
    }

    #[test]
    fn a_value_that_is_none_of_a_list_shows_the_list() {
        assert_eq!(
            line(&["ca", "export", "--format", "xyz"]),
            "invalid value 'xyz' for '--format <pem|der|p12>' [possible values: pem, der, p12]; \
             see `why401 ca export --help`"
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            line(&["run"]),
            "the following required arguments were not provided: <CMD>...; see `why401 run --help`"
        );
    }

    #[test]
    fn every_kind_of_wrong_command_line_is_one_line() {
        let cases: [&[&str]; 5] = [
            &["sreve"],
            &["serve", "x"],
            &["serve", "--listen"],
            &["--nothing"],
            &["serve", "--log-every=1"],
        ];
        for arguments in cases {
            let line = line(arguments);
            assert!(
                !line.contains('\n') && line.contains("; see `why401"),
                "{line}"
            );
        }
    }
}
