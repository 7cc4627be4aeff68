//! A script that makes the files on the machine where it runs, from the root certificate that it carries.

use super::Given;
use super::shell::sh_quoted;

/// A file that variables name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// In the folder; of letters, digits, dots and hyphens.
    pub name: String,
    pub parts: Vec<Part>,
}

/// What a file is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The roots of the machine where it lies.
    System,
    /// The root of the proxy's CA.
    Root,
    Text(String),
}

/// The trust store of JVMs, which a machine makes by its own keytool.
const STORE: &str = "java.p12";
/// The only one that says where [`STORE`] is.
pub const JVM_OPTIONS: &str = "JAVA_TOOL_OPTIONS";

/// Where systems keep their roots.
const ROOTS: &str = "\
for roots in /etc/ssl/certs/ca-certificates.crt /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem \
/etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem; do
  [ ! -s \"$roots\" ] || break
done
";

/// A copy of the JDK's roots and ours; nothing without a JDK.
const JAVA: &str = "\
if command -v keytool >/dev/null 2>&1; then
  jdk=$(dirname \"$(dirname \"$(readlink -f \"$(command -v keytool)\")\")\")
  cat \"$jdk/lib/security/cacerts\" >\"$why401/java.p12\" &&
    keytool -importcert -noprompt -alias why401 -file \"$why401/why401.pem\" \\
      -keystore \"$why401/java.p12\" -storepass changeit 2>/dev/null ||
    rm -f \"$why401/java.p12\"
fi
";

const ROOT: &str = "\"$why401/why401.pem\"";

/// Every script writes this one first, for the others are made of it.
fn is_root(file: &File) -> bool {
    file.name == "why401.pem"
}

/// Makes the files; `$why401` is their folder afterwards.
pub fn files(given: &Given<'_>) -> String {
    let mut text = match given.is_chosen {
        true => format!("why401={}\nmkdir -p \"$why401\"\n", sh_quoted(given.folder)),
        false => "why401=$(mktemp -d)\n".to_owned(),
    };
    text.extend([&printed(given.root, given.folder), " >", ROOT, "\n"]);
    text += ROOTS;
    for file in given.files.iter().filter(|file| !is_root(file)) {
        for (number, part) in file.parts.iter().enumerate() {
            let to = if number == 0 { " >" } else { " >>" };
            let path = format!("\"$why401/{}\"", file.name);
            let what = match part {
                // A machine without any has none in its files.
                Part::System => "cat \"$roots\"".to_owned(),
                Part::Root => format!("cat {ROOT}"),
                Part::Text(part) => printed(part, given.folder),
            };
            text.extend([&*what, to, &*path]);
            text += if *part == Part::System {
                " || :\n"
            } else {
                "\n"
            };
        }
    }
    text + JAVA
}

/// Makes the files and sets the variables.
pub fn whole(given: &Given<'_>) -> String {
    let mut text = files(given);
    for variable in given.variables {
        if variable.name == JVM_OPTIONS {
            text.extend(["[ ! -s \"$why401/", STORE, "\" ] || "]);
        }
        let value = within(&variable.value, given.folder);
        text.extend(["export ", variable.name, "=", &value, "\n"]);
    }
    text
}

/// One word a line, so that a certificate stays readable.
fn printed(text: &str, folder: &str) -> String {
    let lines = text.lines().map(|line| within(line, folder));
    let lines: Vec<String> = lines.collect();
    format!("printf '%s\\n' {}", lines.join(" \\\n  "))
}

/// A word of sh in which the folder is that of the script.
fn within(value: &str, folder: &str) -> String {
    let parts = value.split(folder);
    let parts: Vec<String> = parts
        .map(|part| match part {
            "" => String::new(),
            part => sh_quoted(part),
        })
        .collect();
    match parts.join("\"$why401\"") {
        empty if empty.is_empty() => "''".to_owned(),
        word => word,
    }
}
