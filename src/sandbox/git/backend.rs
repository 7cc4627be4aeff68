//! `git http-backend` as a CGI program: the request's body streams in while the answer streams out.

use super::process::Process;
use crate::sandbox::server::Body;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};
use http_body::Frame;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStdin, ChildStdout, Command};
use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

/// The head of an answer is a few lines.
const HEAD_BYTES: u64 = 16 * 1024;
/// Without a byte from the client: git computes for less than that between two.
const QUIET: Duration = Duration::from_secs(60);

/// Starts the command and passes its answer on; it ends when the answer is dropped.
///
/// # Errors
/// A program that does not start, or whose answer has no head.
pub async fn run(mut command: Command, body: Incoming) -> io::Result<Response<Body>> {
    let mut process = Process::start(&mut command)?;
    let pipes = process.0.stdin.take().zip(process.0.stdout.take());
    let (stdin, stdout) = pipes.ok_or(io::ErrorKind::BrokenPipe)?;
    let feeding = AbortOnDropHandle::new(tokio::spawn(feed(body, stdin)));
    let mut stdout = BufReader::with_capacity(32 * 1024, stdout);
    let mut response = head(&mut stdout).await?;
    let output = Output {
        stdout,
        _feeding: feeding,
        process: Some(process),
    };
    *response.body_mut() = output.boxed_unsync();
    Ok(response)
}

/// A pipe takes what the program has room for: the client is held back as the program is.
async fn feed(mut body: Incoming, mut stdin: ChildStdin) {
    while let Ok(Some(Ok(frame))) = timeout(QUIET, body.frame()).await {
        if let Some(data) = frame.data_ref()
            && stdin.write_all(data).await.is_err()
        {
            // The program needs no more.
            return;
        }
    }
}

/// The CGI head (RFC 3875 6.2): fields, and `Status` for all but 200.
async fn head(stdout: &mut BufReader<ChildStdout>) -> io::Result<Response<Body>> {
    let mut response = Response::new(Body::default());
    let mut bounded = stdout.take(HEAD_BYTES);
    loop {
        let mut line = String::new();
        bounded.read_line(&mut line).await?;
        let Some(line) = line.strip_suffix('\n') else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            return Ok(response);
        }
        let (name, value) = line.split_once(':').ok_or(io::ErrorKind::InvalidData)?;
        let value = value.trim();
        if name.eq_ignore_ascii_case("status") {
            let code = value.get(..3).unwrap_or_default();
            *response.status_mut() = code.parse().map_err(io::Error::other)?;
            continue;
        }
        let name: HeaderName = name.parse().map_err(io::Error::other)?;
        let value = HeaderValue::from_str(value).map_err(io::Error::other)?;
        response.headers_mut().append(name, value);
    }
}

/// What the program still writes; also its life.
struct Output {
    stdout: BufReader<ChildStdout>,
    _feeding: AbortOnDropHandle<()>,
    /// `None` once it has said all.
    process: Option<Process>,
}

impl http_body::Body for Output {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut stdout = Pin::new(&mut self.stdout);
        let read = ready!(stdout.as_mut().poll_fill_buf(context))?;
        let data = Bytes::copy_from_slice(read);
        stdout.consume(data.len());
        if data.is_empty() {
            if let Some(process) = self.process.take() {
                process.see_off();
            }
            return Poll::Ready(None);
        }
        Poll::Ready(Some(Ok(Frame::data(data))))
    }
}
