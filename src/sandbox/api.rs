//! `api.bitbucket.org`: who may call what, and what it answers.
//!
//! Calls that change something are judged and answered like all others, but nothing is remembered: a pull request that
//! was merged a moment ago is open again.

mod admission;
mod collection;
mod content;
mod headers;
mod names;
mod page;
mod payload;
mod place;
mod query;
mod redirect;
mod refusal;
mod shape;
mod source;
mod text;

use super::Bitbucket;
use super::answer::Answer;
use super::call::{Call, Site};
use super::judge::{self, Identity};
use super::operations::{self, Found, Operation, Parameters};
use super::rate_limit;

/// A call whose credentials are judged and whose operation is known.
struct Request<'a> {
    call: &'a Call,
    body: &'a [u8],
    bitbucket: &'a Bitbucket,
    identity: &'a Identity,
    operation: &'static Operation,
    parameters: Parameters,
}

/// Judges the call and answers it.
pub fn answer(call: &Call, body: &[u8], bitbucket: &Bitbucket) -> Answer {
    let identity = match judge::identify(call, bitbucket) {
        Ok(identity) => identity,
        Err(refusal) => return refusal,
    };
    if let Err(refusal) = rate_limit::counted(call, &identity, bitbucket) {
        return headers::complete(refusal, &identity, None);
    }
    let (answer, operation) = match find(call) {
        Found::Operation(operation, parameters) => {
            let request = Request {
                call,
                body,
                bitbucket,
                identity: &identity,
                operation,
                parameters,
            };
            (carry_out(&request), Some(operation))
        }
        Found::OtherMethod => (refusal::other_method(&identity), None),
        Found::Nothing => (refusal::nothing_there(&call.path), None),
    };
    headers::complete(answer, &identity, operation)
}

fn find(call: &Call) -> Found {
    // `bitbucket.org/api/` is another door to the same (C2).
    let door = match call.site {
        Site::Web => "/api/2.0",
        _ => "/2.0",
    };
    match call.path.strip_prefix(door) {
        Some(path) => operations::find(&call.method, path),
        None => Found::Nothing,
    }
}

fn carry_out(request: &Request) -> Answer {
    admission::admit(request)
        .and_then(|place| content::content(request, &place))
        .unwrap_or_else(|refusal| refusal)
}

#[cfg(test)]
mod tests;
