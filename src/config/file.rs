//! The TOML file: its keys are the flags with `_`, and every error has its line and column.

use super::layers::{ConfigError, Layer, Place, Written};
use super::setting::{self, Kind, Setting};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the text of `path`.
pub fn parse(text: &str, path: &Path) -> Result<Layer, ConfigError> {
    File { text, path }.layer()
}

struct File<'a> {
    text: &'a str,
    path: &'a Path,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl File<'_> {
    fn layer(&self) -> Result<Layer, ConfigError> {
        let table = DeTable::parse(self.text)
            .map_err(|error| self.error(error.span().unwrap_or_default(), error.message()))?;
        let mut layer = Layer::default();
        for (key, value) in table.get_ref() {
            let setting = setting::ALL
                .iter()
                .find(|setting| setting.key == key.get_ref() && **setting != &setting::CONFIG);
            let Some(setting) = setting else {
                let shown: String = key.get_ref().chars().take(80).collect();
                let advice = format!(
                    "unknown key {shown:?}; the keys are the flags of `why401 serve --help`, with _ for -"
                );
                return Err(self.error(key.span(), &advice));
            };
            layer.insert(setting, self.values(setting, value)?);
        }
        Ok(layer)
    }

    fn values(&self, setting: &Setting, value: &Value<'_>) -> Result<Vec<Written>, ConfigError> {
        match (setting.kind, value.get_ref()) {
            (Kind::Many, DeValue::Array(items)) => items
                .iter()
                .map(|item| self.text_of(setting, item))
                .collect(),
            _ => Ok(vec![self.text_of(setting, value)?]),
        }
    }

    /// A string; a number is taken too, for `client_http = 1.1` means what it says.
    fn text_of(&self, setting: &Setting, value: &Value<'_>) -> Result<Written, ConfigError> {
        let text = match (setting.kind, value.get_ref()) {
            (Kind::Switch, DeValue::Boolean(on)) => on.to_string(),
            (Kind::One | Kind::Many, DeValue::String(text)) => text.clone().into_owned(),
            (Kind::One, DeValue::Integer(number)) => number.as_str().to_owned(),
            (Kind::One, DeValue::Float(number)) => number.as_str().to_owned(),
            _ => {
                return Err(self.error(
                    value.span(),
                    &format!("{}: {}", setting.key, wanted(setting.kind)),
                ));
            }
        };
        if text.is_empty() {
            let advice = format!("{}: write a value, or leave the line out", setting.key);
            return Err(self.error(value.span(), &advice));
        }
        let (line, column) = self.position(value.span());
        Ok(Written {
            text,
            place: Place::File {
                path: self.path.to_owned(),
                line,
                column,
            },
        })
    }

    fn error(&self, span: Range<usize>, message: &str) -> ConfigError {
        let (line, column) = self.position(span);
        let message = message.replace('\n', " ");
        ConfigError::Usage(format!(
            "{}:{line}:{column}: {message}",
            self.path.display()
        ))
    }

    /// Line and column of a span's start, both counted from 1, columns in characters.
    fn position(&self, span: Range<usize>) -> (usize, usize) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::One => "write a string in quotes",
        Kind::Many => "write an array of strings, [\"\u{2026}\", \"\u{2026}\"]",
        Kind::Switch => "write true or false, without quotes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse(text, Path::new("w.toml")).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place() {
        assert_eq!(
            error("listen = \"127.0.0.1:1\"\n  lisen = \"\"\n"),
            "w.toml:2:3: unknown key \"lisen\"; the keys are the flags of `why401 serve --help`, with _ for -"
        );
        assert!(error("[serve]\nlisten = \"\"").starts_with("w.toml:1:2: unknown key \"serve\""));
        assert!(error("config = \"other.toml\"").starts_with("w.toml:1:1: unknown key \"config\""));
    }

    #[test]
    fn a_value_of_the_wrong_type_says_what_to_write() {
        assert_eq!(
            error("log_every = \"yes\""),
            "w.toml:1:13: log_every: write true or false, without quotes"
        );
        assert_eq!(
            error("\nlisten = true"),
            "w.toml:2:10: listen: write a string in quotes"
        );
        assert_eq!(
            error("state_dir = \"\""),
            "w.toml:1:13: state_dir: write a value, or leave the line out"
        );
        assert!(error("silence = [\"a\", 1]").starts_with("w.toml:1:17: silence: write an array"));
    }

    #[test]
    fn what_is_no_toml_is_one_line_with_its_place() {
        for text in [
            "listen = ",
            "listen = \"a",
            "=",
            "listen = \"a\"\nlisten = \"b\"",
            "a = [\n",
        ] {
            let error = error(text);
            assert!(
                error.starts_with("w.toml:") && !error.contains('\n'),
                "{text:?}: {error}"
            );
        }
    }

    #[test]
    fn columns_are_counted_in_characters() {
        assert!(error("silence = [\"\u{e9}\u{e9}\", 1]").starts_with("w.toml:1:18: "));
    }
}
