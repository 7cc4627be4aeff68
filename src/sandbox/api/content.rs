//! What a call that nothing speaks against is answered with.

use super::names::Names;
use super::page::Page;
use super::place::Place;
use super::{Request, collection, payload, redirect, shape, source, text};
use crate::sandbox::answer::Answer;
use crate::sandbox::credential::Kind;
use crate::sandbox::judge::Identity;
use serde_json::{Map, Value};

/// As the table says.
///
/// # Errors
/// What is only found out when looking for the thing: no such page, no such file.
pub(super) fn content(request: &Request, place: &Place) -> Result<Answer, Answer> {
    let status = request.operation.status;
    let mut parts = request.operation.answer.split('|');
    let kind = match parts.next().unwrap_or_default() {
        "me" if is_app(request.identity) => "app",
        kind => kind,
    };
    let value = match kind {
        "-" => return Ok(Answer::empty(status)),
        ">" => return elsewhere(request, &Names::of(request, place)),
        "src" => return source::source(request, place, &Names::of(request, place)),
        _ => match (kind.strip_prefix('='), list_of(kind)) {
            (Some(kind), _) => return text::text(kind, request, &Names::of(request, place)),
            (_, Some(shape)) => list(shape, request, place)?,
            _ => {
                let mut names = collection::one(kind, request, place)?;
                for (name, value) in parts.filter_map(|part| part.split_once('=')) {
                    names.set(name, value);
                }
                let thing = shape::named(kind).fill(&names);
                changed(thing, payload::members(request))
            }
        },
    };
    Ok(Answer::json(status, &value))
}

/// Whether the token is a consumer's own and no person's (A14).
fn is_app(identity: &Identity) -> bool {
    match identity {
        Identity::Known(known) => {
            known.kind == Kind::OauthAccessToken && known.true_username().is_empty()
        }
        Identity::Anonymous => false,
    }
}

fn elsewhere(request: &Request, names: &Names) -> Result<Answer, Answer> {
    let is_log = request.operation.path.ends_with("/log");
    match is_log && text::takes_only_json(request) {
        true => Err(text::not_acceptable()),
        false => Ok(redirect::elsewhere(request, names)),
    }
}

/// The type in `[type]`.
pub(super) fn list_of(kind: &str) -> Option<&str> {
    kind.strip_prefix('[')?.strip_suffix(']')
}

fn list(shape: &str, request: &Request, place: &Place) -> Result<Value, Answer> {
    let page = Page::asked_for(request)?;
    let members = collection::members(shape, request, place);
    let shape = shape::named(shape);
    let all = members.iter().map(|names| shape.fill(names)).collect();
    page.cut(all, request)
}

/// With what the client sent about it, where it is of the same kind: so that a title looks taken over.
fn changed(mut thing: Value, sent: Map<String, Value>) -> Value {
    for (name, value) in sent {
        let known = thing.get_mut(&name);
        let same = |known: &&mut Value| {
            (known.is_string() && value.is_string())
                || (known.is_boolean() && value.is_boolean())
                || (known.is_number() && value.is_number())
        };
        if let Some(known) = known.filter(same).filter(|_| name != "type") {
            *known = value;
        }
    }
    thing
}
