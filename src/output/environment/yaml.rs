//! Texts in YAML.

/// One value on one line: JSON's form is YAML's, too.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Several lines as they are, `indent` deep; with its `|`.
pub fn block(text: &str, indent: usize) -> String {
    let mut block = "|\n".to_owned();
    for line in text.lines() {
        block += &format!("{:indent$}{line}\n", "");
    }
    block
}
