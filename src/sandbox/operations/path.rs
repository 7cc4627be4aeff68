//! The path of a call against the template of an operation.

use super::Parameters;

/// The segments of a path, decoded.
pub struct Path(Vec<String>);

/// How a path fits a template.
pub struct Fit {
    /// How many segments are the template's own words.
    pub words: usize,
    pub parameters: Parameters,
}

impl Path {
    /// `None` for a path with a segment that is empty or no text. A slash at the end does not count.
    pub fn read(path: &str) -> Option<Self> {
        let path = path.strip_suffix('/').unwrap_or(path).strip_prefix('/')?;
        let segments = path.split('/').map(|segment| {
            let decoded = decode(segment)?;
            (!decoded.is_empty()).then_some(decoded)
        });
        segments.collect::<Option<_>>().map(Self)
    }

    pub fn fit(&self, template: &'static str) -> Option<Fit> {
        let mut fit = Fit {
            words: 0,
            parameters: Parameters::new(),
        };
        let mut rest = self.0.as_slice();
        for part in template.split('/').skip(1) {
            let Some(name) = parameter(part) else {
                let (first, others) = rest.split_first()?;
                if first != part {
                    return None;
                }
                fit.words += 1;
                rest = others;
                continue;
            };
            if takes_the_rest(name) && template.ends_with(part) {
                if rest.is_empty() && name != "path" {
                    return None;
                }
                fit.parameters.insert(name, rest.join("/"));
                return Some(fit);
            }
            let (first, others) = rest.split_first()?;
            fit.parameters.insert(name, first.clone());
            rest = others;
        }
        rest.is_empty().then_some(fit)
    }
}

/// Files, branches and the names in a comparison have slashes of their own.
fn takes_the_rest(name: &str) -> bool {
    matches!(name, "path" | "name" | "revision" | "spec" | "revspec")
}

/// The name in `{name}`. A part such as `{a}-b-{c}.zip` counts as one parameter with an odd name.
fn parameter(part: &'static str) -> Option<&'static str> {
    part.starts_with('{')
        .then(|| part.trim_start_matches('{').trim_end_matches('}'))
}

/// Percent-decoding; `None` where it does not give text.
pub fn decode(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        // `from_str_radix` takes a sign.
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}
