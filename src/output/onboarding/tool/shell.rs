//! A whole shell, and tools of the command line.

use super::{PEM, ROOTS, Tool};
use crate::output::onboarding::{Facts, Setting, Visit};

pub fn tools(facts: &Facts, visit: Visit) -> Vec<Tool> {
    let proxy = visit.proxy;
    vec![
        shell(facts, visit),
        Tool::new(
            "curl",
            format!("curl -i -x http://{proxy} --cacert {PEM} https://api.bitbucket.org/2.0/user"),
        ),
        git(facts, visit),
        Tool::new(
            "wget",
            format!(
                "https_proxy=http://{proxy} wget --ca-certificate={ROOTS} -O- https://api.bitbucket.org/2.0/user"
            ),
        ),
    ]
}

fn shell(facts: &Facts, visit: Visit) -> Tool {
    let value = |setting| match setting {
        Setting::Proxy => format!("http://{}", visit.proxy),
        Setting::Roots => format!("\"$PWD/{ROOTS}\""),
        Setting::Root => format!("\"$PWD/{PEM}\""),
        Setting::Constant(text) => text.to_owned(),
    };
    let lines: Vec<String> = facts
        .variables
        .iter()
        .map(|(name, setting)| format!("export {name}={}", value(*setting)))
        .collect();
    Tool::new("All that a shell starts", lines.join("\n")).note(
        "For curl, git, Python, Node 24, Go, Ruby, Perl and others. An entry of NO_PROXY that fits a host leads \
         past me: take out those that end in bitbucket.org, and *.",
    )
}

/// Its settings can be had for one host, so that all others stay as they are.
fn git(facts: &Facts, visit: Visit) -> Tool {
    let lines = format!(
        "git config --global http.https://bitbucket.org.proxy http://{}\n\
         git config --global http.https://bitbucket.org.sslCAInfo \"$PWD/{PEM}\"",
        visit.proxy
    );
    let undo = "A GIT_SSL_CAINFO that is set wins over the second line. git config --global --remove-section \
                http.https://bitbucket.org undoes both.";
    Tool::new("git", lines).note(match facts.opens("bitbucket.org") {
        true => undo.to_owned(),
        false => format!(
            "git speaks to bitbucket.org, which I do not open: ask the operator to start me with --intercept \
             bitbucket.org. {undo}"
        ),
    })
}
