//! The formats, by name, and who reads each.

use std::fmt;
use std::str::FromStr;

/// A form of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Sh,
    Fish,
    PowerShell,
    Cmd,
    Dotenv,
    GithubActions,
    GitlabCi,
    BitbucketPipelines,
    Jenkins,
    JenkinsController,
    Dockerfile,
    Kubernetes,
    Systemd,
    Maven,
    Gradle,
}

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Whoever asks, at once, in the environment that `why401 env` has as well.
    Asking,
    /// A program with an environment of its own, on this machine and later.
    Service,
    /// A machine that gets the files carried to this folder.
    Carried(&'static str),
    /// A machine that makes the files itself, by the script that it is given.
    Script,
}

impl Format {
    pub const ALL: [Self; 15] = [
        Self::Sh,
        Self::Fish,
        Self::PowerShell,
        Self::Cmd,
        Self::Dotenv,
        Self::GithubActions,
        Self::GitlabCi,
        Self::BitbucketPipelines,
        Self::Jenkins,
        Self::JenkinsController,
        Self::Dockerfile,
        Self::Kubernetes,
        Self::Systemd,
        Self::Maven,
        Self::Gradle,
    ];

    /// As `--format` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sh => "sh",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
            Self::Cmd => "cmd",
            Self::Dotenv => "dotenv",
            Self::GithubActions => "github-actions",
            Self::GitlabCi => "gitlab-ci",
            Self::BitbucketPipelines => "bitbucket-pipelines",
            Self::Jenkins => "jenkins",
            Self::JenkinsController => "jenkins-controller",
            Self::Dockerfile => "dockerfile",
            Self::Kubernetes => "kubernetes",
            Self::Systemd => "systemd",
            Self::Maven => "maven",
            Self::Gradle => "gradle",
        }
    }

    /// Of the shell whose program this is; sh where nothing else is known.
    pub fn of_shell(program: &str) -> Self {
        match program.rsplit('/').next() {
            Some("fish") => Self::Fish,
            Some("pwsh" | "powershell") => Self::PowerShell,
            _ => Self::Sh,
        }
    }

    pub fn reader(self) -> Reader {
        match self {
            Self::Sh | Self::Fish | Self::PowerShell | Self::Cmd => Reader::Asking,
            Self::Dotenv | Self::GithubActions => Reader::Asking,
            Self::JenkinsController | Self::Systemd | Self::Maven | Self::Gradle => Reader::Service,
            Self::Dockerfile | Self::Kubernetes => Reader::Carried("/etc/why401"),
            Self::GitlabCi | Self::BitbucketPipelines | Self::Jenkins => Reader::Script,
        }
    }

    /// What is printed when there is nothing to print, so that what evaluates it stops; `None` where nobody evaluates,
    /// and the lines may be kept until a proxy answers.
    pub fn failing(self) -> Option<&'static str> {
        match self {
            Self::Sh | Self::Fish => Some("false\n"),
            Self::PowerShell => Some("throw 'why401 env failed; see the line on standard error'\n"),
            Self::Cmd => Some("cmd /c exit 1\n"),
            // The job's shell sees the exit code.
            Self::GithubActions => Some(""),
            _ => None,
        }
    }

    /// What has a shell evaluate it, and what takes it back.
    pub fn evaluated(self) -> Option<[&'static str; 2]> {
        match self {
            Self::Sh => Some([r#"eval "$(why401 env)""#, r#"eval "$(why401 env --unset)""#]),
            Self::Fish => Some(["why401 env | source", "why401 env --unset | source"]),
            Self::PowerShell => Some([
                "why401 env --format powershell | Out-String | Invoke-Expression",
                "the same with --unset",
            ]),
            _ => None,
        }
    }

    /// Whether a variable can be written as what the shell has already and something behind it.
    pub fn refers(self) -> bool {
        matches!(self, Self::Sh | Self::Fish | Self::PowerShell)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|format| format.name() == text);
        found.ok_or("there is no such format")
    }
}
