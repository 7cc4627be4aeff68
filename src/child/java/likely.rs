//! Whether a command may start a JVM: the store takes time to build, and the options make every JVM print a line.

use crate::child::variables::Variables;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Programs that are JVMs, or start one.
const JVM: &[&str] = &[
    "ant",
    "clojure",
    "gradle",
    "gradlew",
    "groovy",
    "jar",
    "java",
    "javac",
    "jbang",
    "jenkins",
    "jshell",
    "jython",
    "kotlin",
    "kotlinc",
    "lein",
    "liquibase",
    "mvn",
    "mvnd",
    "mvnw",
    "sbt",
    "scala",
    "sonar-scanner",
];

/// Programs that start others. What is no script and not among them hardly starts a JVM.
const STARTERS: &[&str] = &[
    "ash", "bash", "bazel", "dash", "env", "fish", "just", "ksh", "make", "ninja", "nice", "node",
    "nohup", "npm", "npx", "setsid", "sh", "task", "time", "timeout", "xargs", "zsh",
];

/// By the name of the program, and by its first bytes: `has_java` is asked only where it decides.
pub fn is_likely(program: &OsStr, file: Option<&Path>, has_java: impl FnOnce() -> bool) -> bool {
    let name = Path::new(program).file_name().unwrap_or(program);
    let name = name.to_string_lossy();
    if JVM.contains(&&*name) {
        return true;
    }
    (STARTERS.contains(&&*name) || file.is_some_and(is_script)) && has_java()
}

/// Whether there is a Java on this machine.
pub fn is_here(user: &Variables) -> bool {
    user.get("JAVA_HOME").is_some() || user.find(OsStr::new("java")).is_some()
}

fn is_script(file: &Path) -> bool {
    let mut first = [0; 2];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && first == *b"#!"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likely(program: &str, file: Option<&Path>, has_java: bool) -> bool {
        is_likely(OsStr::new(program), file, || has_java)
    }

    #[test]
    fn tools_of_the_jvm_always_and_what_starts_others_where_java_is() {
        assert!(likely("/opt/maven/bin/mvn", None, false));
        assert!(likely("./gradlew", None, false));
        assert!(likely("bash", None, true));
        assert!(!likely("bash", None, false));
        assert!(!likely("curl", None, true));
    }

    #[test]
    fn a_script_of_any_name_may_start_one() {
        let mut script = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut script, b"#!/bin/sh\n").unwrap();
        let path = script.path();
        assert!(likely("deploy", Some(path), true));
        assert!(!likely("deploy", Some(path), false));
        assert!(!likely("deploy", Some(Path::new("/")), true));
    }
}
