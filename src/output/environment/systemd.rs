//! A drop-in of a systemd unit.

use super::Given;
use std::fmt::Write;

/// For `systemctl edit UNIT`.
pub fn unit(given: &Given<'_>) -> String {
    let mut text = "# systemctl edit UNIT\n[Service]\n".to_owned();
    for variable in given.variables {
        text += &environment(variable.name, &variable.value);
    }
    text
}

/// `Environment="…"` (systemd.exec(5), systemd.syntax(7)): escapes as in C, and specifiers begin with a per cent sign.
pub fn environment(name: &str, value: &str) -> String {
    let mut text = format!("Environment=\"{name}=");
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '%' => text.push_str("%%"),
            // Writing to a string cannot fail.
            c if c.is_ascii_control() => drop(write!(text, "\\x{:02x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text + "\"\n"
}
