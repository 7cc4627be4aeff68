//! The call is made by a process that does not have the child's environment.

use super::Ended;

const CONTAINERS: [&str; 6] = [
    "docker",
    "docker-compose",
    "podman",
    "nerdctl",
    "kubectl",
    "buildah",
];
const OTHER_USERS: [&str; 4] = ["sudo", "doas", "su", "runuser"];
const OTHER_MACHINES: [&str; 3] = ["ssh", "mosh", "vagrant"];
/// Each with the command that ends its daemon.
const DAEMONS: [(&str, &str); 7] = [
    ("gradle", "gradle --stop"),
    ("gradlew", "./gradlew --stop"),
    ("mvnd", "mvnd --stop"),
    ("bazel", "bazel shutdown"),
    ("bazelisk", "bazelisk shutdown"),
    ("sbt", "sbt shutdown"),
    ("pants", "killing pantsd"),
];
const SERVICES: [&str; 4] = ["systemctl", "service", "launchctl", "at"];

/// Programs of one kind, and what is said of them.
type Kind<'a> = (&'a [&'a str], fn(&str) -> String);

pub fn reason(ended: &Ended) -> Option<String> {
    // Where several are among the words, the first starts the others.
    let first = |programs: &[&str]| {
        let place = ended.programs().position(|word| programs.contains(&word));
        place.unwrap_or(usize::MAX)
    };
    let daemons = DAEMONS.map(|(name, _)| name);
    let kinds: [Kind<'_>; 5] = [
        (&CONTAINERS, container),
        (&OTHER_USERS, other_user),
        (&OTHER_MACHINES, other_machine),
        (&daemons, daemon),
        (&SERVICES, service),
    ];
    let (programs, say) = kinds
        .into_iter()
        .min_by_key(|(programs, _)| first(programs))?;
    ended.runs(programs).map(say)
}

fn container(program: &str) -> String {
    format!(
        "{program} runs it in a container, which gets neither this environment nor its files: run why401 inside, or give \
         the container the proxy of a lasting `why401 serve`"
    )
}

fn other_user(program: &str) -> String {
    format!("{program} drops the environment: write {program} why401 run -- ... instead")
}

fn other_machine(program: &str) -> String {
    format!("{program} runs it on another machine: run why401 there")
}

fn daemon(program: &str) -> String {
    let stop = DAEMONS
        .iter()
        .find(|(name, _)| *name == program)
        .map_or(program, |(_, stop)| stop);
    format!(
        "a daemon of {program} that ran before keeps the environment it was started with: end it first ({stop})"
    )
}

fn service(program: &str) -> String {
    format!(
        "{program} only tells a service to do it: set the proxy in the service's own environment"
    )
}

#[cfg(test)]
mod tests {
    use super::super::ended;
    use super::*;

    #[test]
    fn each_program_that_leaves_the_environment_behind_is_named() {
        let cases = [
            (vec!["docker", "run", "x"], "container"),
            (vec!["sudo", "-u", "j", "docker", "run"], "sudo why401 run"),
            (vec!["bash", "-c", "ssh host make"], "another machine"),
            (vec!["./gradlew", "build"], "./gradlew --stop"),
            (vec!["bazel", "build", "//..."], "bazel shutdown"),
            (vec!["systemctl", "start", "x"], "service's own environment"),
        ];
        for (command, words) in cases {
            let said = reason(&ended(&command)).unwrap();
            assert!(said.contains(words), "{command:?}: {said}");
        }
    }

    #[test]
    fn a_program_of_another_name_is_not() {
        for command in ["sshfs", "dockerize", "subl", "curl"] {
            assert_eq!(reason(&ended(&[command])), None, "{command}");
        }
    }
}
