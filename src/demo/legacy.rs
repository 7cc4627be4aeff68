//! What a tool that knows nothing of why401 prints for an answer: all that people had so far.

use super::client::Response;
use super::request::{Request, Sent, Tool};
use crate::output::clean::clean;
use http::{StatusCode, header};

/// Of the server's own text, so that it stays one line on 80 columns.
const LINE_LIMIT: usize = 72;

/// Derived from the answer, as the tool does it. Never empty.
pub fn printed(request: &Request, response: &Response) -> Vec<String> {
    let status = response.status;
    match request.tool {
        Tool::Curl => vec![format!(
            "curl: (22) The requested URL returned error: {}",
            status.as_u16()
        )],
        Tool::Requests => vec![format!(
            "requests.exceptions.HTTPError: {} {}: {} for url: https://{}{}",
            status.as_u16(),
            if status.is_client_error() {
                "Client Error"
            } else {
                "Server Error"
            },
            status.canonical_reason().unwrap_or_default(),
            request.surface.host(),
            request.target
        )],
        Tool::Git => git(request, response),
        Tool::CredentialManager => vec!["(nothing; it asks for the password again)".to_owned()],
    }
}

/// git shows the server's text if it is plain, then its own verdict (`http.c`, `remote-curl.c`).
fn git(request: &Request, response: &Response) -> Vec<String> {
    if response.status == StatusCode::UNAUTHORIZED && request.sent == Sent::Nothing {
        return vec!["(nothing; git asks for credentials and tries again)".to_owned()];
    }
    let remote = request.remote();
    let verdict = match response.status {
        StatusCode::UNAUTHORIZED => format!("fatal: Authentication failed for '{remote}'"),
        StatusCode::NOT_FOUND => format!("fatal: repository '{remote}' not found"),
        status => format!(
            "fatal: unable to access '{remote}': The requested URL returned error: {}",
            status.as_u16()
        ),
    };
    remote_line(response).into_iter().chain([verdict]).collect()
}

/// The first line of the server's own text.
fn remote_line(response: &Response) -> Option<String> {
    let kind = response.headers.get(header::CONTENT_TYPE)?;
    let text = String::from_utf8_lossy(&response.body);
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let is_plain = kind.as_bytes().starts_with(b"text/plain");
    is_plain.then(|| clean(&format!("remote: {line}"), LINE_LIMIT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::request::Surface;
    use http::HeaderMap;

    fn request(tool: Tool, surface: Surface, target: &str) -> Request {
        Request {
            surface,
            tool,
            target: target.to_owned(),
            sent: Sent::basic("jdoe", "s"),
        }
    }

    fn response(status: u16, text: &'static str) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            "text/plain; charset=utf-8".parse().unwrap(),
        );
        Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: text.into(),
        }
    }

    #[test]
    fn each_tool_says_it_in_its_own_way() {
        let answer = response(401, "");
        let rest = |tool| printed(&request(tool, Surface::Rest, "/2.0/user?a=b"), &answer);
        assert_eq!(
            rest(Tool::Curl),
            ["curl: (22) The requested URL returned error: 401"]
        );
        assert_eq!(
            rest(Tool::Requests),
            [
                "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://api.bitbucket.org/2.0/user?a=b"
            ]
        );
    }

    #[test]
    fn git_quotes_the_server_and_blames_in_its_own_words() {
        let target = "/acme/website.git/info/refs?service=git-upload-pack";
        let fetch = request(Tool::Git, Surface::Git, target);
        assert_eq!(
            printed(&fetch, &response(410, "CHANGE-3222 - gone\nmore\n")),
            [
                "remote: CHANGE-3222 - gone",
                "fatal: unable to access 'https://bitbucket.org/acme/website.git/': The requested URL returned error: 410"
            ]
        );
        assert_eq!(
            printed(&fetch, &response(401, "")),
            ["fatal: Authentication failed for 'https://bitbucket.org/acme/website.git/'"]
        );
        let anonymous = Request {
            sent: Sent::Nothing,
            ..fetch
        };
        assert_eq!(
            printed(&anonymous, &response(401, "")),
            ["(nothing; git asks for credentials and tries again)"]
        );
    }
}
