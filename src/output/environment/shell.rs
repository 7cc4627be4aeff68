//! Lines that a shell evaluates.

use super::{Assignment, BEFORE, Format, GIVEN, Given, LINE_ENDS, Unwritable, refuse};

/// How a shell writes it.
struct Words {
    quoted: fn(&str) -> String,
    /// A quoted value, for this and all that it starts.
    set: fn(&str, &str) -> String,
    /// The value of a variable, in quotes.
    value_of: fn(&str) -> String,
    /// Between two quoted texts.
    joined: fn(&str, &str) -> String,
    unset: fn(&str) -> String,
    /// How the lines are evaluated.
    usage: &'static str,
}

const SH: Words = Words {
    quoted: sh_quoted,
    // The semicolon, for those who forget the quotes around $(…).
    set: |name, value| format!("export {name}={value};\n"),
    value_of: |name| format!("\"${name}\""),
    joined: |first, second| format!("{first}{second}"),
    unset: |name| format!("unset {name};\n"),
    usage: "# eval \"$(why401 env)\"\n",
};

const FISH: Words = Words {
    quoted: |text| format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'")),
    set: |name, value| format!("set -gx {name} {value};\n"),
    value_of: |name| format!("\"${name}\""),
    joined: |first, second| format!("{first}{second}"),
    unset: |name| format!("set -e {name};\n"),
    usage: "# why401 env --format fish | source\n",
};

const POWERSHELL: Words = Words {
    quoted: powershell_quoted,
    set: |name, value| format!("$env:{name} = {value}\n"),
    value_of: |name| format!("$env:{name}"),
    joined: |first, second| format!("{first} + {second}"),
    unset: |name| format!("Remove-Item -ErrorAction Ignore Env:{name}\n"),
    usage: "# why401 env --format powershell | Out-String | Invoke-Expression\n",
};

pub fn sh(given: &Given<'_>) -> String {
    text(&SH, given)
}

pub fn fish(given: &Given<'_>) -> String {
    text(&FISH, given)
}

pub fn powershell(given: &Given<'_>) -> String {
    text(&POWERSHELL, given)
}

fn text(words: &Words, given: &Given<'_>) -> String {
    let mut text = String::new();
    for name in given.kept {
        text += &(words.set)(&format!("{BEFORE}{name}"), &(words.value_of)(name));
    }
    for variable in given.variables {
        let value = (words.quoted)(&variable.value);
        let value = match variable.is_behind {
            true => (words.joined)(
                &(words.value_of)(&format!("{BEFORE}{}", variable.name)),
                &value,
            ),
            false => value,
        };
        text += &(words.set)(variable.name, &value);
    }
    text += &(words.set)(GIVEN, &(words.quoted)(&names(given.variables)));
    text + words.usage
}

/// Read by `for /f "delims=" %i in ('why401 env --format cmd') do @%i`: what the loop gives is not expanded again, so
/// that per cent signs, ampersands and bars stand for themselves.
pub fn cmd(given: &Given<'_>) -> Result<String, Unwritable> {
    let mut text = String::new();
    for Assignment { name, value, .. } in given.variables {
        refuse(Format::Cmd, name, value, &LINE_ENDS)?;
        text.extend(["set \"", name, "=", value, "\"\n"]);
    }
    Ok(text + &format!("set \"{GIVEN}={}\"\n", names(given.variables)))
}

fn names(variables: &[Assignment]) -> String {
    let names: Vec<&str> = variables.iter().map(|variable| variable.name).collect();
    names.join(",")
}

/// What takes the variables `given` back; those in `kept` get the value that they had. `None` for a format that no shell
/// evaluates.
pub fn undone(format: Format, given: &[&str], kept: &[&str]) -> Option<String> {
    let words = match format {
        Format::Sh => &SH,
        Format::Fish => &FISH,
        Format::PowerShell => &POWERSHELL,
        Format::Cmd => {
            let names = given.iter().chain([&GIVEN]);
            return Some(names.flat_map(|name| ["set \"", *name, "=\"\n"]).collect());
        }
        _ => return None,
    };
    let mut text = String::new();
    for name in given {
        let before = format!("{BEFORE}{name}");
        text += &match kept.contains(name) {
            true => (words.set)(name, &(words.value_of)(&before)) + (words.unset)(&before).as_str(),
            false => (words.unset)(name),
        };
    }
    Some(text + (words.unset)(GIVEN).as_str())
}

/// One word of sh, whatever it holds.
pub fn sh_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// PowerShell takes typographic quotes for straight ones.
fn powershell_quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        quoted.push(c);
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            quoted.push(c);
        }
    }
    quoted.push('\'');
    quoted
}
