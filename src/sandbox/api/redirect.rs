//! Where Bitbucket sends clients that want a file, or the difference that a pull request makes (B31).

use super::Request;
use super::names::Names;
use crate::sandbox::answer::Answer;
use crate::sandbox::hosts;
use crate::sandbox::world::identifier;

/// Downloads and logs lie on another host, behind a signature that stands in for credentials; differences of a pull
/// request are those of the repository, and need its scope as well.
pub(super) fn elsewhere(request: &Request, names: &Names) -> Answer {
    let get = |name| names.get(name).unwrap_or_default();
    let path = request.operation.path;
    let of_difference =
        path.strip_prefix("/repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/");
    match of_difference {
        Some("conflicts") => {
            Answer::redirect(&format!("{}/file-conflicts/{}", get("repo"), get("spec")))
        }
        Some(kind) => Answer::redirect(&format!(
            "{}/{kind}/{}?from_pullrequest_id={}&topic=true",
            get("repo"),
            get("spec"),
            get("pull_request_id")
        )),
        None => Answer::redirect(&file(request, names)),
    }
}

/// The two ends of a pull request, as the path of a comparison has them.
pub(super) fn spec(names: &Names) -> String {
    let get = |name| names.get(name).unwrap_or_default();
    let source = identifier::commit("source", get("pull_request_id"));
    format!(
        "{}/{}:{}%0D{}",
        get("workspace"),
        get("repo_slug"),
        &source[..12],
        get("head").get(..12).unwrap_or_default()
    )
}

/// A link that is good for two minutes.
fn file(request: &Request, names: &Names) -> String {
    let name = request.parameters.get("filename");
    let name = name.map_or("log.txt", String::as_str);
    let object = identifier::uuid("file", &request.call.path);
    let object = object.trim_matches(['{', '}']);
    let signature = identifier::commit("signature", &request.call.path);
    let repository = names.get("repo_uuid").unwrap_or_default();
    format!(
        "https://{}/{}/{object}/{}?X-Amz-Expires=120&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}",
        hosts::FILES,
        repository.trim_matches(['{', '}']),
        encoded(name)
    )
}

/// A name as one segment of a path.
fn encoded(name: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(encode).collect()
}
