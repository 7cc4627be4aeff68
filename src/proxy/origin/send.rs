//! A request to an origin and its answer.

use super::Origin;
use super::line::Line;
use super::pool::{Http2, Lease};
use super::replay::{is_disowned, spare};
use crate::proxy::body::{Outgoing, Progress};
use crate::proxy::error::ProxyError;
use crate::proxy::limits;
use crate::tls::origin_side;
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use std::error::Error;
use std::net::IpAddr;
use tokio::time::sleep;

/// An answer, and the connection to give back when its body has ended.
pub struct Sent {
    pub response: Response<Incoming>,
    pub lease: Option<Lease>,
}

impl Origin {
    /// Sends over the given line. Nothing is repeated but a request that never left, and once a body-less
    /// idempotent one whose reused connection died without a byte of an answer (RFC 9110 9.2.2).
    pub async fn send(
        &self,
        line: Line,
        request: Request<Outgoing>,
        client: IpAddr,
    ) -> Result<Sent, ProxyError> {
        let progress = request.body().progress();
        let taken = || progress.as_ref().map_or(0, Progress::count);
        let late = || {
            Err(ProxyError::origin(
                StatusCode::GATEWAY_TIMEOUT,
                "http_response_timeout",
                "the origin did not answer in time",
            ))
        };
        match line {
            Line::Http1 => tokio::select! {
                sent = self.send_http1(request, client) => sent,
                () = silence(taken) => late(),
            },
            Line::Http2(shared) => tokio::select! {
                sent = self.send_http2(shared, request, client) => sent,
                () = silence(taken) => late(),
            },
        }
    }

    async fn send_http1(
        &self,
        mut request: Request<Outgoing>,
        client: IpAddr,
    ) -> Result<Sent, ProxyError> {
        let mut replayed = false;
        loop {
            let (mut wire, reused) = self.wire(client).await?;
            let spare = (reused && !replayed).then(|| spare(&request)).flatten();
            let before = wire.received();
            let error = match wire.sender.try_send_request(request).await {
                Ok(response) => {
                    return Ok(Sent {
                        response,
                        lease: Some(Lease::own(self.pool.clone(), wire)),
                    });
                }
                Err(error) => error,
            };
            let silent = wire.received() == before;
            request = match (into_parts(error), spare) {
                ((Some(unsent), _), _) if reused => unsent,
                ((None, _), Some(spare)) if silent => {
                    replayed = true;
                    spare
                }
                ((_, error), _) => return Err(explain(&error)),
            };
        }
    }

    async fn send_http2(
        &self,
        mut shared: Http2,
        mut request: Request<Outgoing>,
        client: IpAddr,
    ) -> Result<Sent, ProxyError> {
        let mut again = false;
        loop {
            let spare = (!again).then(|| spare(&request)).flatten();
            let (unsent, cause) = match shared.sender.try_send_request(request).await {
                Ok(response) => {
                    return Ok(Sent {
                        response,
                        lease: Some(Lease::shared(&shared)),
                    });
                }
                Err(error) => into_parts(error),
            };
            let spare = unsent.or(spare.filter(|_| is_disowned(&cause)));
            request = spare.filter(|_| !again).ok_or_else(|| explain(&cause))?;
            again = true;
            self.pool.unshare(&shared);
            shared = self.http2(client).await?.ok_or_else(|| explain(&cause))?;
        }
    }
}

/// Ends when for [`limits::ANSWER_HEAD`], or at most twice that, the origin has not `taken` a piece of the body.
async fn silence(taken: impl Fn() -> u64) {
    loop {
        let before = taken();
        sleep(limits::ANSWER_HEAD).await;
        if taken() == before {
            return;
        }
    }
}

fn into_parts(
    mut error: hyper::client::conn::TrySendError<Request<Outgoing>>,
) -> (Option<Request<Outgoing>>, hyper::Error) {
    (error.take_message(), error.into_error())
}

/// Our answer for an exchange that the origin did not finish.
fn explain(error: &hyper::Error) -> ProxyError {
    if let Some(told) = error.source().and_then(origin_side::explain_alert) {
        return ProxyError::origin(StatusCode::BAD_GATEWAY, told.proxy_status, told.text);
    }
    let (kind, text) = if error.is_parse() || error.is_parse_too_large() {
        (
            "http_protocol_error",
            "the origin's answer is not valid HTTP",
        )
    } else if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
        (
            "connection_terminated",
            "the origin closed the connection before it answered",
        )
    } else if error.is_timeout() {
        ("http_response_timeout", "the origin did not answer in time")
    } else {
        (
            "connection_terminated",
            "the connection to the origin broke before it answered",
        )
    };
    ProxyError::origin(StatusCode::BAD_GATEWAY, kind, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn an_upload_that_goes_on_may_take_longer_than_an_answer() {
        let taken = Cell::new(0);
        let start = tokio::time::Instant::now();
        let upload = async {
            for _ in 0..12 {
                sleep(Duration::from_secs(300)).await;
                taken.set(taken.get() + 1);
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = upload => {}
            () = silence(|| taken.get()) => {}
        }
        let silent = start.elapsed().as_secs() - 12 * 300;
        assert!((600..=1200).contains(&silent), "{silent}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_origin_that_is_not_sent_anything_more_has_ten_minutes() {
        let start = tokio::time::Instant::now();
        silence(|| 0).await;
        assert_eq!(start.elapsed().as_secs(), 600);
    }
}
