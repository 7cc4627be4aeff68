//! Answers to a command line that names no work: help, the version, or one line about what is wrong.

use super::say;
use crate::exit_code::ExitCode;
use clap::error::ErrorKind;

/// Prints what clap has to say, and gives the exit code that belongs to it.
pub fn answer(error: &clap::Error) -> ExitCode {
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
            say(&one_line(&error.to_string()));
            ExitCode::Usage
        }
    }
}

/// clap spreads an error, its tips and the usage over a paragraph each; a log or a script wants one line.
fn one_line(text: &str) -> String {
    let about =
        |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more information");
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .filter(about)
        .collect();
    let error = lines.join("; ");
    let error = error
        .strip_prefix("error: ")
        .unwrap_or(&error)
        .replace("tip: ", "");
    format!("{error}; see `{} --help`", command_of(text))
}

/// `why401 serve`, from `Usage: why401 serve [OPTIONS]`.
fn command_of(text: &str) -> String {
    let usage = text
        .lines()
        .find_map(|line| line.strip_prefix("Usage: "))
        .unwrap_or("why401");
    let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric());
    usage
        .split(' ')
        .take_while(is_word)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::command::CommandLine;
    use super::*;
    use clap::Parser;

    fn line(arguments: &[&str]) -> String {
        let arguments = ["why401"].iter().chain(arguments);
        one_line(
            &CommandLine::try_parse_from(arguments)
                .unwrap_err()
                .to_string(),
        )
    }

    #[test]
    fn an_unknown_flag_names_its_neighbour_and_the_page_to_read() {
        assert_eq!(
            line(&["serve", "--lisen", "x"]),
            "unexpected argument '--lisen' found; a similar argument exists: '--listen'; see `why401 serve --help`"
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
