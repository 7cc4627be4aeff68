//! What the program tells the shell; scripts rely on these numbers.

use std::process;

/// How a run of the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitCode {
    /// 0: all went well; also after SIGTERM or SIGINT.
    Fine,
    /// 1: something failed that the command line is not to blame for.
    Failure,
    /// 2: the command line, a `WHY401_*` variable or the configuration file is wrong.
    Usage,
    /// 3: there is a finding that `--fail-on` asks for.
    Findings,
    /// 128 + n: signal n ended it before it was through: a demonstration, or, the second time, exchanges in flight.
    Killed(u8),
    /// The code of the command that `run` ran.
    Child(u8),
    /// 125: `run` could not run it, or could not report about it.
    NotRun,
    /// 126: the command of `run` is there and cannot be run.
    NotExecutable,
    /// 127: there is no such command.
    NotFound,
}

impl ExitCode {
    pub fn number(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Findings => 3,
            Self::Killed(signal) => 128_u8.saturating_add(signal),
            Self::Child(code) => code,
            Self::NotRun => 125,
            Self::NotExecutable => 126,
            Self::NotFound => 127,
        }
    }
}

impl From<ExitCode> for process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.number())
    }
}
