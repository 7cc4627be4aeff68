//! The files of a repository as the REST API shows them; every repository and every commit has the same.

use super::names::Names;
use super::page::Page;
use super::{Request, query, refusal, shape};
use crate::sandbox::answer::Answer;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::Value;
use std::collections::BTreeSet;

const FILES: &[(&str, &str)] = &[
    ("README.md", "# Website\n\nOur website.\n"),
    (
        "bitbucket-pipelines.yml",
        "pipelines:\n  default:\n    - step:\n        script:\n          - npm test\n",
    ),
    ("src/app.js", "console.log(\"hello\");\n"),
    ("src/index.html", "<!doctype html>\n<title>Acme</title>\n"),
];

/// A file as it is, or a folder as a page of its entries; `?format=meta` tells about either.
///
/// # Errors
/// 404 for a path that is neither.
pub(super) fn source(request: &Request, names: &Names) -> Result<Answer, Answer> {
    let path = request.parameters.get("path");
    let path = path.map_or("", String::as_str);
    let wants_meta = query::value(request.call, "format").is_some_and(|format| format == "meta");
    if let Some((path, text)) = FILES.iter().find(|(name, _)| *name == path) {
        return Ok(match wants_meta {
            true => json(&file(path, text, names)),
            false => contents(text),
        });
    }
    let entries = entries(path, names);
    if entries.is_empty() {
        return Err(refusal::nothing_there(&request.call.path));
    }
    match wants_meta {
        true => Ok(json(&folder(path, names))),
        false => Ok(json(&Page::asked_for(request)?.cut(entries, request)?)),
    }
}

/// What lies directly in a folder, folders first.
fn entries(path: &str, names: &Names) -> Vec<Value> {
    let start = match path {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let below = || {
        FILES
            .iter()
            .filter_map(|(name, text)| Some((name.strip_prefix(&*start)?, text)))
    };
    let folders: BTreeSet<&str> = below()
        .filter_map(|(name, _)| Some(name.split_once('/')?.0))
        .collect();
    let folders = folders
        .into_iter()
        .map(|name| folder(&format!("{start}{name}"), names));
    let files = below()
        .filter(|(name, _)| !name.contains('/'))
        .map(|(name, text)| file(&format!("{start}{name}"), text, names));
    folders.chain(files).collect()
}

fn file(path: &str, text: &str, names: &Names) -> Value {
    let mut names = names.clone();
    names.set("path", path);
    names.set("size", text.len().to_string());
    shape::named("commit_file").fill(&names)
}

fn folder(path: &str, names: &Names) -> Value {
    let mut names = names.clone();
    names.set("path", path);
    shape::named("commit_directory").fill(&names)
}

fn contents(text: &'static str) -> Answer {
    let answer = Answer::empty(StatusCode::OK).with(CONTENT_TYPE, "text/plain");
    Answer {
        body: text.into(),
        ..answer
    }
}

fn json(value: &Value) -> Answer {
    Answer::json(StatusCode::OK, value)
}
