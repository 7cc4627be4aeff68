//! What can be read in a request head that is not valid HTTP/1: enough to say what is wrong with its credentials.

use crate::credentials::Credentials;
use crate::observation::{RequestHead, RequestSeen};
use crate::secret::FingerprintKey;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use zeroize::Zeroizing;

/// The legible parts of a broken head.
#[derive(Default)]
pub struct Salvaged {
    pub method: Method,
    /// Path and query, `/` when there is none.
    pub target: String,
    pub headers: HeaderMap,
    /// `Authorization` values, which may hold bytes that no field may; lines that continue one are joined to it by a blank.
    pub authorization: Vec<Zeroizing<Vec<u8>>>,
}

impl Salvaged {
    /// Reads leniently: a line without a colon, or with a blank first, continues the one before it.
    pub fn read(head: &[u8]) -> Self {
        let mut lines = head
            .split(|byte| *byte == b'\n')
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let mut salvaged = Self::default();
        salvaged.read_request_line(lines.next().unwrap_or_default());
        let mut field: Option<(&[u8], Zeroizing<Vec<u8>>)> = None;
        for line in lines.take_while(|line| !line.is_empty()) {
            match (&mut field, split_field(line)) {
                (Some((_, value)), None) => {
                    value.push(b' ');
                    value.extend_from_slice(line.trim_ascii());
                }
                (_, Some((name, value))) => {
                    salvaged.keep(field.replace((name, Zeroizing::new(value.to_vec()))));
                }
                (None, None) => {}
            }
        }
        salvaged.keep(field);
        salvaged
    }

    /// The same as for a request that could be parsed.
    pub fn seen(&self, host: &str, key: &FingerprintKey) -> RequestSeen {
        let (path, query) = match self.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (self.target.as_str(), None),
        };
        let head = RequestHead {
            method: &self.method,
            host,
            path,
            query,
            form: None,
            headers: &self.headers,
            secure: true,
        };
        let credentials = self
            .authorization
            .iter()
            .map(|value| Credentials::parse(value, key));
        RequestSeen {
            credentials: credentials.collect(),
            ..RequestSeen::read(head, key)
        }
    }

    fn read_request_line(&mut self, line: &[u8]) {
        let mut parts = line.split(|byte| *byte == b' ');
        self.method = parts
            .next()
            .and_then(|method| Method::from_bytes(method).ok())
            .unwrap_or_default();
        let target = parts
            .next()
            .and_then(|target| std::str::from_utf8(target).ok())
            .filter(|target| target.starts_with('/'));
        target.unwrap_or("/").clone_into(&mut self.target);
    }

    fn keep(&mut self, field: Option<(&[u8], Zeroizing<Vec<u8>>)>) {
        let Some((name, value)) = field else { return };
        if name.eq_ignore_ascii_case(AUTHORIZATION.as_str().as_bytes()) {
            self.authorization.push(value);
        } else if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name),
            HeaderValue::from_bytes(&value),
        ) {
            self.headers.append(name, value);
        }
    }
}

fn split_field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = &line[..colon];
    HeaderName::from_bytes(name).ok()?;
    Some((name, line[colon + 1..].trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_value_is_put_together_again() {
        let head = b"GET /2.0/user?q=1 HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic QUFB\r\nQkJC\r\n Q0ND\r\nUser-Agent: curl/8\r\n\r\n";
        let salvaged = Salvaged::read(head);
        assert_eq!(
            (salvaged.method, salvaged.target.as_str()),
            (Method::GET, "/2.0/user?q=1")
        );
        assert_eq!(&**salvaged.authorization[0], b"Basic QUFB QkJC Q0ND");
        assert_eq!(salvaged.headers["user-agent"], "curl/8");
    }

    #[test]
    fn anything_gives_something() {
        for head in [
            &b""[..],
            b"\x16\x03\x01",
            b"GET",
            b"\n\n",
            b": x\r\n\r\n",
            b"G\xff /\xff HTTP/9\r\nA\x00: b\r\nAuthorization: Basic \x00\r\n",
        ] {
            let salvaged = Salvaged::read(head);
            assert!(salvaged.target.starts_with('/'));
        }
    }
}
