//! Which write of hyper is a refusal that nobody asked for.
//!
//! hyper refuses a head that it cannot parse by writing a response of its own and shutting down (H-M2). Such a write is
//! known without comparing texts: it begins a response, but no request is in flight and everything earlier is flushed.
//! In doubt it passes.

use http::StatusCode;

/// What hyper has been asked to write so far.
pub struct Writes {
    /// Requests whose response body still exists.
    in_flight: usize,
    /// Everything that a service answered is flushed.
    quiet: bool,
    /// The connection speaks another protocol now; its bytes may look like anything.
    switched: bool,
    swallowed: Option<StatusCode>,
}

impl Writes {
    pub fn new() -> Self {
        Self {
            in_flight: 0,
            quiet: true,
            switched: false,
            swallowed: None,
        }
    }

    pub fn called(&mut self) {
        self.in_flight += 1;
        self.quiet = false;
    }

    /// The response's body is dropped: hyper has buffered all of it, or given up.
    pub fn answered(&mut self) {
        self.in_flight -= 1;
    }

    pub fn in_flight(&self) -> bool {
        self.in_flight > 0
    }

    pub fn switched(&mut self) {
        self.switched = true;
    }

    pub fn has_switched(&self) -> bool {
        self.switched
    }

    /// A flush went through. hyper flushes only what it has written out whole.
    pub fn flushed(&mut self) {
        self.quiet = self.in_flight == 0;
    }

    /// Nothing asked for is on its way to the client.
    pub fn quiet(&self) -> bool {
        self.quiet && !self.switched
    }

    /// Whether the write that begins with `bytes` is a refusal of hyper's own, to be dropped.
    pub fn swallows(&mut self, bytes: &[u8]) -> bool {
        if !self.quiet() || !begins_response(bytes) {
            return false;
        }
        let status = bytes.get(9..12).map(StatusCode::from_bytes);
        self.swallowed = Some(
            status
                .and_then(Result::ok)
                .unwrap_or(StatusCode::BAD_REQUEST),
        );
        true
    }

    /// The status of the refusal that was dropped.
    pub fn swallowed(&self) -> Option<StatusCode> {
        self.swallowed
    }
}

/// The cheap question that spares body writes the lock.
pub fn begins_response(bytes: &[u8]) -> bool {
    bytes.starts_with(b"HTTP/1.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSAL: &[u8] = b"HTTP/1.1 431 Request Header Fields Too Large\r\n\r\n";

    #[test]
    fn a_response_without_a_request_is_swallowed() {
        let mut writes = Writes::new();
        assert!(writes.swallows(REFUSAL));
        assert_eq!(writes.swallowed().map(|status| status.as_u16()), Some(431));
    }

    #[test]
    fn an_answer_passes_until_it_is_dropped_and_flushed() {
        let mut writes = Writes::new();
        writes.called();
        assert!(!writes.swallows(REFUSAL));
        writes.flushed();
        assert!(!writes.swallows(REFUSAL));
        // hyper drops an empty body before it writes the head.
        writes.answered();
        assert!(!writes.swallows(REFUSAL));
        writes.flushed();
        assert!(writes.swallows(REFUSAL));
    }

    #[test]
    fn a_pipelined_call_keeps_it_loud() {
        let mut writes = Writes::new();
        writes.called();
        writes.answered();
        writes.called();
        writes.flushed();
        assert!(!writes.swallows(REFUSAL));
    }

    #[test]
    fn nothing_is_swallowed_after_a_switch_or_from_the_middle_of_a_response() {
        let mut writes = Writes::new();
        assert!(!writes.swallows(b"body"));
        writes.switched();
        assert!(!writes.swallows(REFUSAL));
    }
}
