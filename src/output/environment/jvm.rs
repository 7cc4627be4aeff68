//! Programs that are JVMs and have settings files of their own.

use super::{Format, Given, Unwritable, refuse, systemd, yaml};
use std::fmt::Write;

const NOT_PROXIED: &str = "http.nonProxyHosts";

/// `gradle.properties`, of the user (`~/.gradle`) or the project.
pub fn gradle(given: &Given<'_>) -> String {
    let mut text = "\
# Into ~/.gradle/gradle.properties; then: gradle --stop
"
    .to_owned();
    for (name, value) in given.properties {
        text.extend(["systemProp.", name, "=", &property(value), "\n"]);
    }
    text
}

/// As `java.util.Properties` reads it: Latin-1, with backslashes that escape.
fn property(value: &str) -> String {
    let mut text = String::new();
    for (place, c) in value.char_indices() {
        match c {
            ' ' if place == 0 => text.push_str("\\ "),
            '\\' => text.push_str(r"\\"),
            ' '..='~' => text.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text
}

/// `settings.xml` knows proxies; roots are the JVM's.
pub fn maven(given: &Given<'_>) -> Result<String, Unwritable> {
    let options = options(given, "javax.");
    refuse(
        Format::Maven,
        "trustStore",
        &options,
        &[("--", "two hyphens")],
    )?;
    // mvn parts MAVEN_OPTS at every blank, whatever the quotes.
    let variable = match options.contains(['"', '\'']) {
        true => "JAVA_TOOL_OPTIONS",
        false => "MAVEN_OPTS",
    };
    Ok(format!(
        "\
<!-- ~/.m2/settings.xml, and in the environment of mvn:
{variable}={}
-->
<settings xmlns=\"http://maven.apache.org/SETTINGS/1.0.0\">
  <proxies>
    <proxy>
      <id>why401</id>
      <active>true</active>
      <protocol>https</protocol>
      <host>{}</host>
      <port>{}</port>
      <nonProxyHosts>{}</nonProxyHosts>
    </proxy>
  </proxies>
</settings>
",
        options,
        given.proxy.host.bare(),
        given.proxy.port,
        markup(direct(given))
    ))
}

/// Configuration as code, and where it is in the browser. The roots are options of the controller's JVM.
pub fn jenkins_controller(given: &Given<'_>) -> String {
    let options = systemd::environment(
        "JAVA_OPTS",
        &format!("-Djava.awt.headless=true {}", options(given, "javax.")),
    );
    format!(
        "\
# Manage Jenkins > System > HTTP Proxy Configuration, or as code:
jenkins:
  proxy:
    name: {}
    port: {}
    noProxyHost: {}
# systemctl edit jenkins
# [Service]
# {options}",
        yaml::quoted(&given.proxy.host.bare()),
        given.proxy.port,
        yaml::quoted(&direct(given).replace('|', "\n")),
    )
}

/// Options for those properties whose names begin so, as a JVM parts them.
fn options(given: &Given<'_>, beginning: &str) -> String {
    let properties = given.properties.iter();
    let ours = properties.filter(|(name, _)| name.starts_with(beginning));
    let words: Vec<String> = ours
        .map(|(name, value)| format!("-D{name}={}", option(value)))
        .collect();
    words.join(" ")
}

/// The value of an option as a JVM takes it from a variable: in quotes where it would part it.
pub fn option(value: &str) -> String {
    match value {
        plain if !plain.contains([' ', '\t', '\'', '"']) => plain.to_owned(),
        quotes if quotes.contains('"') => format!("'{quotes}'"),
        blanks => format!("\"{blanks}\""),
    }
}

fn direct<'a>(given: &Given<'a>) -> &'a str {
    let found = given
        .properties
        .iter()
        .find(|(name, _)| *name == NOT_PROXIED);
    found.map_or("", |(_, value)| value)
}

fn markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
