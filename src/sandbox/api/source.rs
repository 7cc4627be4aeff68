//! The files of a repository as the REST API shows them; every commit has those of the youngest.

use super::names::Names;
use super::page::Page;
use super::place::Place;
use super::{Request, query, refusal, shape};
use crate::sandbox::answer::Answer;
use crate::sandbox::world;
use crate::sandbox::world::history::{self, Commit};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::Value;
use std::collections::BTreeSet;

/// A file as it is, or a folder as a page of its entries; `?format=meta` tells about either.
///
/// # Errors
/// 404 for a path that is neither.
pub(super) fn source(request: &Request, place: &Place, names: &Names) -> Result<Answer, Answer> {
    let path = request.parameters.get("path");
    let path = path.map_or("", String::as_str);
    let wants_meta = query::value(request.call, "format").is_some_and(|format| format == "meta");
    let repository = place.repository.unwrap_or(&world::REPOSITORIES[0]);
    let files = history::commits(repository);
    if let Some(found) = files.iter().find(|it| it.file == path) {
        return Ok(match wants_meta {
            true => json(&file(found, names)),
            false => contents(&found.text),
        });
    }
    let entries = entries(path, &files, names);
    if entries.is_empty() {
        return Err(refusal::nothing_there(&request.call.path));
    }
    match wants_meta {
        true => Ok(json(&folder(path, names))),
        false => Ok(json(&Page::asked_for(request)?.cut(entries, request)?)),
    }
}

/// What lies directly in a folder, folders first.
fn entries(path: &str, files: &[Commit], names: &Names) -> Vec<Value> {
    let start = match path {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let below = || {
        let inside = |it: &Commit| Some((it.file.strip_prefix(&*start)?, it.clone()));
        files.iter().filter_map(inside)
    };
    let folders: BTreeSet<&str> = below()
        .filter_map(|(name, _)| Some(name.split_once('/')?.0))
        .collect();
    let folders = folders
        .into_iter()
        .map(|name| folder(&format!("{start}{name}"), names));
    let files = below()
        .filter(|(name, _)| !name.contains('/'))
        .map(|(_, found)| file(&found, names));
    folders.chain(files).collect()
}

fn file(added: &Commit, names: &Names) -> Value {
    let mut names = names.clone();
    names.set("path", added.file);
    names.set("size", added.text.len().to_string());
    shape::named("commit_file").fill(&names)
}

fn folder(path: &str, names: &Names) -> Value {
    let mut names = names.clone();
    names.set("path", path);
    shape::named("commit_directory").fill(&names)
}

fn contents(text: &str) -> Answer {
    let answer = Answer::empty(StatusCode::OK).with(CONTENT_TYPE, "text/plain");
    Answer {
        body: text.to_owned().into(),
        ..answer
    }
}

fn json(value: &Value) -> Answer {
    Answer::json(StatusCode::OK, value)
}
