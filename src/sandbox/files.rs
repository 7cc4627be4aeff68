//! Where downloads are redirected to: a bucket of S3, which knows nothing of Bitbucket's credentials (B31).

use super::answer::Answer;
use super::call::Call;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, StatusCode};

/// Answers for a signed address; a credential beside the signature is one too many.
pub fn answer(call: &Call) -> Answer {
    let is_signed = call
        .query
        .as_deref()
        .is_some_and(|query| query.split('&').any(is_signature));
    let is_authorized = call.headers.contains_key(AUTHORIZATION);
    match (is_authorized, is_signed) {
        (true, true) => error(
            StatusCode::BAD_REQUEST,
            "InvalidArgument",
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string \
             parameter or the Authorization header should be specified",
        ),
        (true, false) => error(
            StatusCode::BAD_REQUEST,
            "InvalidArgument",
            "Unsupported Authorization Type",
        ),
        (false, false) => error(StatusCode::FORBIDDEN, "AccessDenied", "Access Denied"),
        (false, true) if call.method == Method::GET || call.method == Method::HEAD => file(call),
        (false, true) => error(
            StatusCode::METHOD_NOT_ALLOWED,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
        ),
    }
}

fn is_signature(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    name == "Signature" || name == "X-Amz-Signature"
}

/// Something to download, whatever it is called.
fn file(call: &Call) -> Answer {
    let name = call.path.rsplit('/').next().unwrap_or_default();
    let text = format!("{name} of the why401 sandbox\n");
    let mut answer = Answer::text(StatusCode::OK, text);
    answer.headers.clear();
    answer.with(CONTENT_TYPE, "application/octet-stream")
}

fn error(status: StatusCode, code: &str, message: &str) -> Answer {
    let mut answer = Answer::text(
        status,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <Error><Code>{code}</Code><Message>{message}</Message></Error>"
        ),
    );
    answer.headers.clear();
    answer.with(CONTENT_TYPE, "application/xml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::call::Site;
    use http::{HeaderMap, HeaderValue};

    fn download(query: Option<&str>, authorization: Option<&'static str>) -> (u16, String) {
        let mut headers = HeaderMap::new();
        if let Some(value) = authorization {
            headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
        }
        let answer = answer(&Call {
            site: Site::Files,
            method: Method::GET,
            path: "/acme/website/downloads/app.zip".to_owned(),
            query: query.map(str::to_owned),
            headers,
            client: [127, 0, 0, 1].into(),
        });
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        (answer.status.as_u16(), body)
    }

    #[test]
    fn the_signature_is_enough_and_a_credential_beside_it_too_much() {
        let signed = Some("Signature=x&Expires=1");
        assert_eq!(download(signed, None).0, 200);
        let (status, body) = download(signed, Some("Bearer x"));
        assert_eq!(status, 400);
        assert!(body.contains("Only one auth mechanism allowed"), "{body}");
    }

    #[test]
    fn a_credential_alone_is_of_no_type_that_it_knows() {
        let (status, body) = download(None, Some("Basic eDp5"));
        assert_eq!(status, 400);
        assert!(body.contains("Unsupported Authorization Type"), "{body}");
        assert_eq!(download(None, None).0, 403);
    }
}
