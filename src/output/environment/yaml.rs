//! Texts in YAML.

/// One value on one line: JSON's form is YAML's, too.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Several lines as they are, `indent` deep; with its `|`.
pub fn block(text: &str, indent: usize) -> String {
    "|\n".to_owned() + &indented(text, indent)
}

pub fn indented(text: &str, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let lines = text.lines().flat_map(|line| [&*indent, line, "\n"]);
    lines.collect()
}
