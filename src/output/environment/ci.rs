//! Jobs of CI services.

use super::script::{self, JVM_OPTIONS};
use super::{Assignment, Given, yaml};

/// Appended to `$GITHUB_ENV`: every later step of the job has them. A value with line ends stands between two lines that
/// it does not hold.
pub fn github_actions(given: &Given<'_>) -> String {
    let mut text = String::new();
    for Assignment { name, value, .. } in given.variables {
        if !value.contains(['\n', '\r']) {
            text.extend([name, "=", value, "\n"]);
            continue;
        }
        let mut end = "WHY401_END".to_owned();
        while value.contains(&end) {
            end.push('_');
        }
        text.extend([name, "<<", &end, "\n", value, "\n", &end, "\n"]);
    }
    text
}

/// In `before_script`, not in `variables`: these also lead the runner's own clone, which comes before any file is there.
pub fn gitlab_ci(given: &Given<'_>) -> String {
    let script = yaml::block(&script::whole(given), 6);
    format!(
        "\
# Into .gitlab-ci.yml; each job that calls Bitbucket then has
#   extends: .why401
# or, with a before_script of its own, there first
#   - !reference [.why401, before_script]
.why401:
  before_script:
    - {script}"
    )
}

pub fn bitbucket_pipelines(given: &Given<'_>) -> String {
    let script = yaml::block(&script::whole(given), 8);
    format!(
        "\
# Into bitbucket-pipelines.yml; each step that calls Bitbucket then has, first in its script
#   - *why401
definitions:
  scripts:
    - script: &why401 {script}"
    )
}

/// `withEnv` around the steps: what a `sh` step exports ends with it.
pub fn jenkins(given: &Given<'_>) -> String {
    let made = format!("{}printf %s \"$why401\"\n", script::files(given));
    let made = yaml::indented(&made, 2);
    let mut text = format!(
        "\
// Into a pipeline, in a declarative one between script {{ and }}.
def why401 = sh(returnStdout: true, script: '''
{}''').trim()
def variables = [
",
        made.replace('\\', r"\\").replace('\'', r"\'")
    );
    let (java, others): (Vec<_>, Vec<_>) = given
        .variables
        .iter()
        .partition(|variable| variable.name == JVM_OPTIONS);
    let word = |variable: &Assignment| {
        groovy(
            &format!("{}={}", variable.name, variable.value),
            given.folder,
        )
    };
    for variable in others {
        text.extend(["  ", &word(variable), ",\n"]);
    }
    text += "]\n";
    for variable in java {
        text += "if (fileExists(why401 + '/java.p12')) {\n";
        text.extend(["  variables << ", &word(variable), "\n}\n"]);
    }
    text + "withEnv(variables) {\n  // the steps that call Bitbucket\n}\n"
}

/// A text of Groovy in which the folder is that of the script.
fn groovy(text: &str, folder: &str) -> String {
    let quoted = |part: &str| {
        let part = part.replace('\\', r"\\").replace('\'', r"\'");
        format!("'{}'", part.replace('\n', r"\n").replace('\r', r"\r"))
    };
    let parts: Vec<String> = text.split(folder).map(quoted).collect();
    parts.join(" + why401 + ")
}
