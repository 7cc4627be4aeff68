//! Answers that are no JSON: differences, logs, files, keys.

use super::Request;
use super::names::Names;
use crate::sandbox::answer::Answer;
use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE};

/// # Errors
/// 406 where the client takes nothing but JSON (B29).
pub(super) fn text(kind: &str, request: &Request, names: &Names) -> Result<Answer, Answer> {
    if takes_only_json(request) {
        return Err(not_acceptable());
    }
    Ok(match kind {
        "diff" => Answer::text(StatusCode::OK, DIFF),
        "patch" => {
            let author = names.get("display_name").unwrap_or_default();
            let email = names.get("email").unwrap_or_default();
            let hash = names.get("head").unwrap_or_default();
            let head = format!("From {hash} Mon Sep 17 00:00:00 2001\nFrom: {author} <{email}>\n");
            let text = format!("{head}Subject: [PATCH] Say hello to everybody\n\n---\n{DIFF}");
            Answer::text(StatusCode::OK, text)
        }
        "log" => bytes("+ npm test\nall tests passed\n"),
        "gpg" => Answer::text(StatusCode::OK, KEY),
        _ => bytes("A file.\n"),
    })
}

/// Step logs and differences are text, and clients that ask for JSON alone are told so (B29).
pub(super) fn takes_only_json(request: &Request) -> bool {
    let accept = request.call.headers.get(ACCEPT);
    let accept = accept
        .and_then(|accept| accept.to_str().ok())
        .unwrap_or("*/*");
    let mut ranges = accept.split(',').map(str::trim);
    ranges.all(|range| range.starts_with("application/json"))
}

pub(super) fn not_acceptable() -> Answer {
    Answer::empty(StatusCode::NOT_ACCEPTABLE)
}

fn bytes(text: &str) -> Answer {
    let answer = Answer::empty(StatusCode::OK).with(CONTENT_TYPE, "application/octet-stream");
    Answer {
        body: text.to_owned().into(),
        ..answer
    }
}

const DIFF: &str = "diff --git a/src/app.js b/src/app.js
index 3b18e51..a0423d6 100644
--- a/src/app.js
+++ b/src/app.js
@@ -1 +1 @@
-console.log(\"hello\");
+console.log(\"hello, everybody\");
";

const KEY: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----

The sandbox signs nothing.
-----END PGP PUBLIC KEY BLOCK-----
";
