//! The grammar of the command line.

use super::ca::{ExportFormat, RotateArguments, TrustArguments};
use super::demo::DemoArguments;
use super::diagnose::Arguments as DiagnoseArguments;
use super::doctor::Arguments as DoctorArguments;
use super::env::Arguments as EnvArguments;
use super::explain::Arguments as ExplainArguments;
use super::passphrase::PassphraseFlag;
use super::run::RunArguments;
use super::sandbox::Arguments as SandboxArguments;
use super::scopes::Arguments as ScopesArguments;
use super::serve::Arguments as ServeArguments;
use crate::bitbucket::timeline::FACTS_AS_OF;
use crate::config::FolderFlags;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// What brings people here, and where it leads them; every other command follows under "More".
const START: &str = "\
My tool prints 401:
  why401 run -- CMD
I have a log, a HAR or a header:
  why401 diagnose FILE
Several tools use Bitbucket:
  why401 serve
What does this finding mean?
  why401 explain SLUG

";

const FIRST_SCREEN: &str = "\
{about-with-newline}
{usage-heading} {usage}

{before-help}More:
{subcommands}

Options:
{options}{after-help}";

const EXAMPLES: &str = "\
Examples:
  why401 run -- ./deploy.sh
  why401 run -- git push
  curl -v ... 2>&1 | why401 diagnose
  why401 demo
      the documented mistakes, on a Bitbucket of its own";

const RUN_NOTES: &str = "\
The command gets a proxy of its own on a free port, whose CA exists only as long, and the variables that lead curl, git, \
wget, Python, Node, Java, Go, Ruby, Perl, PHP, Deno and others through it. Its streams, signals and exit code are its \
own. What it leaves running in the background loses the proxy when it ends.

  why401 run -- ./deploy.sh
  why401 run -- sh -c 'git fetch && make'

Exit codes: the command's own, 128 + n when signal n ended it; 3 for a finding that --fail-on asks for; 2 wrong flag, \
125 cannot run, 126 the command is no program, 127 it was not found.";

const DIAGNOSE_NOTES: &str = "\
It reads HAR 1.2; the output of curl -v, of GIT_TRACE_CURL=1 git, of wget -d and of Python's http.client with its debug \
level; an Authorization field or its value. Nothing is sent anywhere, and no secret is printed.

  curl -v ... 2>&1 | why401 diagnose
  GIT_TRACE_CURL=1 git fetch 2>&1 | why401 diagnose
  why401 diagnose --user jane@acme.com
      asks for a secret and says how to send it

Exit codes: 0 read, 1 unreadable, 2 wrong flag, 3 a finding that --fail-on asks for.";

const ENV_NOTES: &str = "\
It sets the variables that `why401 run` sets for one command, towards a proxy that `why401 serve` runs, with the roots of \
this machine and its own in files of the state folder.

  eval \"$(why401 env)\"
  why401 env --format fish | source
  why401 env --format powershell | Out-String | Invoke-Expression
  for /f \"delims=\" %i in ('why401 env --format cmd') do @%i
  why401 env --format github-actions >> \"$GITHUB_ENV\"
  eval \"$(why401 env --unset)\"

Formats: sh, fish, powershell, cmd, dotenv, github-actions; systemd, maven, gradle, jenkins-controller; dockerfile, \
kubernetes, to which a folder of files is carried; gitlab-ci, bitbucket-pipelines, jenkins, which make the files from \
the root certificate that they hold.

When no proxy answers, what is evaluated at once gets a command that fails, so that a script with set -e stops; for all \
others a line on standard error.

Exit codes: 0 printed, 1 no proxy answers or nothing can be written, 2 wrong flag.";

const SERVE_NOTES: &str = "\
Each flag is also a variable (--log-level: WHY401_LOG_LEVEL; lists parted by commas) and a key of the file \
(log_level). Flags win over variables, these over the file.

Exit codes: 0 ended by SIGTERM or SIGINT, 1 cannot run, 2 wrong flag, variable or file.";

const SANDBOX_NOTES: &str = "\
It answers for api.bitbucket.org, bitbucket.org, www.bitbucket.org and the host of downloads on one port, by the \
documented rules of the date it lives in, with credentials of its own that are good for one start. Repositories: \
acme/website, acme/deployment (private, main restricted), acme/handbook (public), acme-labs/prototype (read-only), \
acme-bank/ledger (listed addresses only), globex/vault (of others). Clones and pushes need git on this machine.

The files that it was asked for stay when it ends; nothing else does.

Exit codes: 0 ended by SIGTERM or SIGINT, 1 cannot run, 2 wrong flag or file.";

const DEMO_NOTES: &str = "\
It needs no network and leaves no file: a stand-in for Bitbucket and the proxy run in this process, on loopback.

Exit codes: 0 every mistake was named and repaired, 1 one was not, 2 wrong flag or slug.";

const EXPLAIN_NOTES: &str = "\
It is the text of docs/mistakes. On a terminal, what does not fit the screen goes through $PAGER.

Exit codes: 0 shown, 2 no finding is called so.";

const SCOPES_NOTES: &str = "\
A file is a HAR, the proxy's log in JSON, or has one call a line. Where the server told what a credential may do, it \
is compared with what its calls need. A scope is no permission: the account needs access as well.

  why401 scopes 'GET /2.0/repositories/acme/site' 'git push'
  why401 scopes --format jsonl < calls.txt
  why401 scopes recording.har

Exit codes: 0 read, also calls that nobody knows, 1 unreadable, 2 wrong flag.";

const DOCTOR_NOTES: &str = "\
It reads what clients would read, asks programs of this machine for their versions and roots, git's helpers for what they \
hold for Bitbucket, and the proxies that are named whether they are there. It changes nothing, tries no credential and \
calls no other host. What it prints can be pasted: no secret is in it, and user names are masked.

With the flags that serve was started with it checks that proxy; with a command, also why nothing of it would be seen.

  why401 doctor
  why401 doctor --client git
  why401 doctor -- ./gradlew build

Exit codes: 0 nothing has to be mended, 1 something has to be, 2 wrong flag or client.";

const ROTATE_NOTES: &str = "\
The key of a root is destroyed when the root is made, so no root can vouch for the next one: to trust it is a new step \
for every client. Until it signs, and for as long as the former root lasts, all exports hold both, and `why401 ca trust` \
trusts both. The new one signs from --activate on, or from 14 days before the former ends. A `why401 serve` that runs \
takes up what was done here when it is started anew.

  why401 ca rotate
  why401 ca trust
  why401 ca rotate --activate

Exit codes: 0 done, or had been done, 1 it cannot be, 2 wrong flag.";

const TRUST_NOTES: &str = "\
The stores: of the system (Debian, Alpine, Fedora; the login keychain of macOS), the NSS databases of the browsers, the \
cacerts of each Java. A line each says what was done. What runs already has to be started anew. Node, and \
Python's requests from PyPI, bring roots of their own and read none of these.

  why401 ca trust --dry-run
  why401 ca trust --store nss --store java

Exit codes: 0 trusted, 1 one store at least failed or none was found, 2 wrong flag.";

const UNTRUST_NOTES: &str = "\
It takes out every root that `ca trust` put in for this CA folder, also those from before the CA was made anew or \
deleted, and nothing else.

Exit codes: 0 none of them is trusted any more, 1 one store at least failed, 2 wrong flag.";

/// Says which credential mistake made Bitbucket refuse a request.
#[derive(Debug, Parser)]
#[command(
    name = "why401",
    version = version(),
    max_term_width = 80,
    before_help = START,
    help_template = FIRST_SCREEN,
    after_help = EXAMPLES,
    disable_help_subcommand = true
)]
pub struct CommandLine {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a command, and say why Bitbucket refuses its calls
    #[command(
        hide = true,
        override_usage = "why401 run [FLAGS] [--] CMD...",
        after_help = RUN_NOTES,
        next_line_help = true
    )]
    Run(RunArguments),
    /// Run the proxy until it is told to stop
    #[command(hide = true, after_help = SERVE_NOTES, next_line_help = true)]
    Serve(ServeArguments),
    /// Show the documented mistakes: each made for real, named and repaired
    #[command(after_help = DEMO_NOTES, next_line_help = true)]
    Demo(DemoArguments),
    /// Run a stand-in for Bitbucket to practise on
    #[command(after_help = SANDBOX_NOTES, next_line_help = true)]
    Sandbox(SandboxArguments),
    /// Show the page of a finding, or the list of them
    #[command(hide = true, after_help = EXPLAIN_NOTES, next_line_help = true)]
    Explain(ExplainArguments),
    /// Say what is wrong with exchanges that another tool has recorded
    #[command(
        hide = true,
        override_usage = "why401 diagnose [FLAGS] [FILE...]",
        after_help = DIAGNOSE_NOTES,
        next_line_help = true
    )]
    Diagnose(DiagnoseArguments),
    /// Say which scopes calls need, and the least for all of them
    #[command(
        override_usage = "why401 scopes [FLAGS] [CALL|FILE]",
        after_help = SCOPES_NOTES,
        next_line_help = true
    )]
    Scopes(ScopesArguments),
    /// Check proxy, CA, clients and stored credentials, and say what to mend
    #[command(
        override_usage = "why401 doctor [FLAGS] [-- CMD...]",
        after_help = DOCTOR_NOTES,
        next_line_help = true
    )]
    Doctor(DoctorArguments),
    /// Print what leads a shell, a CI job or a service through the proxy
    #[command(after_help = ENV_NOTES, next_line_help = true)]
    Env(EnvArguments),
    /// Make, find, show, export, trust or rotate the local CA
    #[command(subcommand)]
    Ca(CaCommand),
}

#[derive(Debug, Subcommand)]
pub enum CaCommand {
    /// Make a CA that can sign for bitbucket.org and its subdomains
    #[command(next_line_help = true)]
    Init {
        /// A domain that it can sign for as well (repeatable)
        #[arg(long = "for", value_name = "HOST")]
        hosts: Vec<String>,
        #[command(flatten)]
        passphrase: PassphraseFlag,
        #[command(flatten)]
        folders: FolderFlags,
    },
    /// Print where the root certificate lies, which clients must trust
    #[command(next_line_help = true)]
    Path {
        #[command(flatten)]
        folders: FolderFlags,
    },
    /// Show the CA: names, dates, fingerprints, and whether it can be used
    #[command(next_line_help = true)]
    Show {
        #[command(flatten)]
        folders: FolderFlags,
    },
    /// Write the root certificate in a form that a client reads; never a key
    #[command(next_line_help = true)]
    Export {
        /// Java reads p12, with the store password changeit
        #[arg(
            long,
            value_name = "pem|der|p12",
            default_value = "pem",
            hide_possible_values = true
        )]
        format: ExportFormat,
        /// Where to; standard output without it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        folders: FolderFlags,
    },
    /// Make the root that comes after this one, or let it sign
    #[command(after_help = ROTATE_NOTES, next_line_help = true)]
    Rotate(RotateArguments),
    /// Let this machine trust the root, by the tools of its own stores
    #[command(after_help = TRUST_NOTES, next_line_help = true)]
    Trust(TrustArguments),
    /// Take the root out of the stores of this machine
    #[command(after_help = UNTRUST_NOTES, next_line_help = true)]
    Untrust(TrustArguments),
}

fn version() -> String {
    format!("{} (facts as of {FACTS_AS_OF})", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_first_screen_leads_to_every_command() {
        let mut command = CommandLine::command();
        let screen = command.render_help().to_string();
        let (start, more) = screen.split_once("\nMore:\n").unwrap();
        for subcommand in command.get_subcommands() {
            let name = subcommand.get_name();
            let is_first = start.contains(&format!("\n  why401 {name} "))
                || start.contains(&format!("\n  why401 {name}\n"));
            assert_eq!(is_first, subcommand.is_hide_set(), "{name}");
            assert!(
                is_first
                    || more.contains(&format!("\n  {name} "))
                    || more.starts_with(&format!("  {name} ")),
                "{name}"
            );
        }
    }

    /// H-U45: no flag of any command, which variables and keys of the file follow, switches verification off.
    #[test]
    fn nothing_turns_the_verification_of_origins_off() {
        fn flags(command: &clap::Command) -> Vec<String> {
            let own = command
                .get_arguments()
                .map(|flag| flag.get_id().to_string());
            let below = command.get_subcommands().flat_map(flags);
            own.chain(below).collect()
        }
        let flags = flags(&CommandLine::command());
        assert!(flags.iter().any(|flag| flag == "origin_ca"), "{flags:?}");
        for flag in flags {
            for word in [
                "insecure",
                "verify",
                "skip",
                "unsafe",
                "danger",
                "trust_all",
                "check",
                "ignore",
            ] {
                assert!(!flag.replace('-', "_").contains(word), "{flag}");
            }
        }
    }

    #[test]
    fn the_grammar_holds_together() {
        CommandLine::command().debug_assert();
    }
}
