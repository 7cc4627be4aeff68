//! From a request to the part of the stand-in that answers it.

use super::body::{self, Body};
use super::edge::Edge;
use crate::sandbox::answer::Answer;
use crate::sandbox::call::{Call, Site};
use crate::sandbox::git::{self, Repositories};
use crate::sandbox::{Bitbucket, api, files, hosts, token_endpoint, website};
use http::header::{CONTENT_LENGTH, HOST};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode, Version};
use hyper::body::Incoming;
use std::net::IpAddr;
use std::sync::Arc;

/// The whole of Bitbucket behind one port.
#[derive(Clone)]
pub struct StandIn(Arc<Parties>);

struct Parties {
    bitbucket: Arc<Bitbucket>,
    repositories: Arc<Repositories>,
    edge: Edge,
}

impl StandIn {
    pub fn new(bitbucket: Arc<Bitbucket>, repositories: Arc<Repositories>) -> Self {
        Self(Arc::new(Parties {
            bitbucket,
            repositories,
            edge: Edge::default(),
        }))
    }

    /// Answers a request on a connection that asked for `name`.
    pub async fn answer(
        &self,
        request: Request<Incoming>,
        name: &str,
        client: IpAddr,
    ) -> Response<Body> {
        let (head, body) = request.into_parts();
        let method = head.method.clone();
        let (site, mut response) = match call(head, name, client) {
            Ok(call) => (call.site, self.route(call, body).await),
            Err(status) => (Site::Web, response(Answer::text(status, ""), &method)),
        };
        let status = response.status();
        let clock = &self.0.bitbucket.clock;
        self.0
            .edge
            .dress(response.headers_mut(), status, site, clock);
        response
    }

    async fn route(&self, call: Call, body: Incoming) -> Response<Body> {
        let parties = &self.0;
        if call.site == Site::Web
            && let Some(request) = git::Request::of(&call)
        {
            let answered = git::answer(
                &call,
                &request,
                body,
                &parties.bitbucket,
                &parties.repositories,
            );
            return match answered.await {
                Ok(streamed) => streamed,
                Err(refusal) => response(refusal, &call.method),
            };
        }
        let body = match body::read(&call.headers, body).await {
            Ok(body) => body,
            Err(status) => return response(Answer::error(status, reason(status)), &call.method),
        };
        let bitbucket = &parties.bitbucket;
        let answer = match call.site {
            Site::Api => api::answer(&call, &body, bitbucket),
            Site::Files => files::answer(&call),
            Site::Web if token_endpoint::is_asked(&call) => {
                token_endpoint::answer(&call, &body, bitbucket)
            }
            Site::Web if call.path.starts_with("/api/") => api::answer(&call, &body, bitbucket),
            Site::Web => website::answer(&call, bitbucket, &parties.repositories).await,
        };
        response(answer, &call.method)
    }
}

/// The request as the stand-in looks at it.
///
/// # Errors
/// 421 for a host that is not the connection's, 400 for none (RFC 9110 7.4, RFC 9112 3.2).
fn call(head: Parts, name: &str, client: IpAddr) -> Result<Call, StatusCode> {
    let host = match (head.uri.host(), head.headers.get(HOST)) {
        (Some(host), _) => host,
        (None, Some(host)) => without_port(host)?,
        (None, None) if head.version == Version::HTTP_10 => name,
        (None, None) => return Err(StatusCode::BAD_REQUEST),
    };
    if !host.eq_ignore_ascii_case(name) {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    }
    Ok(Call {
        site: hosts::site(name).ok_or(StatusCode::MISDIRECTED_REQUEST)?,
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        method: head.method,
        headers: head.headers,
        client,
    })
}

fn without_port(host: &HeaderValue) -> Result<&str, StatusCode> {
    let host = host.to_str().map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(host.split_once(':').map_or(host, |(host, _)| host))
}

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or_default()
}

/// With the length that HEAD would hide.
fn response(answer: Answer, method: &Method) -> Response<Body> {
    let length = answer.body.len();
    let body = if method == Method::HEAD {
        body::full(bytes::Bytes::new())
    } else {
        body::full(answer.body)
    };
    let mut response = Response::new(body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    if answer.status != StatusCode::NO_CONTENT {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    response
}
