//! The operations of the REST API and what each of them asks for: the sandbox's own reading of D4 to D6.

mod path;
mod row;

pub use path::decode;
pub use row::{Callers, Gone, Operation};

use http::Method;
use path::Path;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("operations.tsv");

static ALL: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| Operation::read(line).expect("a test reads every line"))
        .collect()
});

/// Every operation, removed ones too.
pub fn all() -> &'static [Operation] {
    &ALL
}

/// What a method and a path lead to.
pub enum Found {
    /// With the values of the path's parameters, decoded.
    Operation(&'static Operation, Parameters),
    /// The path is there, but not with this method.
    OtherMethod,
    Nothing,
}

/// By their names in the template.
pub type Parameters = HashMap<&'static str, String>;

/// `path` below `/2.0`, as it came; HEAD counts as GET.
pub fn find(method: &Method, path: &str) -> Found {
    let Some(path) = Path::read(path) else {
        return Found::Nothing;
    };
    let method = match method {
        &Method::HEAD => &Method::GET,
        other => other,
    };
    let fits: Vec<_> = all()
        .iter()
        .filter_map(|operation| Some((operation, path.fit(operation.path)?)))
        .collect();
    // `pullrequests/activity` is not the pull request named "activity": the template with more words of its own wins.
    let Some(best) = fits.iter().map(|(_, fit)| fit.words).max() else {
        return Found::Nothing;
    };
    fits.into_iter()
        .find(|(operation, fit)| fit.words == best && operation.method == *method)
        .map_or(Found::OtherMethod, |(operation, fit)| {
            Found::Operation(operation, fit.parameters)
        })
}

#[cfg(test)]
mod tests;
