//! The gate of one connection without its stream: bytes in, bytes out, and what hyper said in between.
//!
//! Bytes are held only in the state Head, and only until a head is whole; everything else passes as `course` counts it.

use super::course::{Course, Framing, OutOfStep, State};
use super::held::Held;
use super::scan::Scan;
use bytes::BufMut;
use zeroize::Zeroizing;

pub struct Steps {
    course: Course,
    scan: Scan,
    /// The head at hand as hyper gets it, kept until the call shows that hyper could parse it.
    head: Held,
    /// What came along behind that head, untouched.
    behind: Held,
    max_head: usize,
    calls: u64,
}

impl Steps {
    /// A head that reaches `max_head` without an end goes to hyper as it is, to be refused.
    pub fn new(max_head: usize) -> Self {
        Self {
            course: Course::new(),
            scan: Scan::new(),
            head: Held::default(),
            behind: Held::default(),
            max_head,
            calls: 0,
        }
    }

    /// Gives hyper what is held and may go now; returns how much. When nothing may, the next bytes have to come from the
    /// client and through [`Steps::admit`].
    pub fn give(&mut self, out: &mut impl BufMut) -> usize {
        if self.course.state == State::Delivered {
            self.course.fall(OutOfStep::Read);
        }
        if self.awaits_head() {
            let taken = self.scan.run(self.behind.rest(), &mut self.head);
            self.behind.give(taken);
            self.stop_waiting_in_vain();
        }
        let given = if self.awaits_head() {
            0
        } else if !self.head.rest().is_empty() {
            self.give_head(out)
        } else {
            self.give_behind(out)
        };
        if self.behind.rest().is_empty() {
            self.behind.wipe();
        }
        given
    }

    fn give_head(&mut self, out: &mut impl BufMut) -> usize {
        let ready = self.head.rest();
        let n = ready.len().min(out.remaining_mut());
        out.put_slice(&ready[..n]);
        self.head.give(n);
        if self.head.rest().is_empty() && self.course.state == State::Head {
            self.course.state = State::Delivered;
        }
        n
    }

    fn give_behind(&mut self, out: &mut impl BufMut) -> usize {
        let ready = self.behind.rest();
        let n = self
            .course
            .pass(&ready[..ready.len().min(out.remaining_mut())]);
        out.put_slice(&ready[..n]);
        self.behind.give(n);
        n
    }

    /// Takes in bytes that were read straight into hyper's buffer; returns how many of them may stay there. The gate
    /// keeps the others. To be called only after [`Steps::give`] gave nothing.
    pub fn admit(&mut self, fresh: &[u8]) -> usize {
        debug_assert!(self.behind.is_empty());
        if !self.awaits_head() {
            let n = self.course.pass(fresh);
            self.behind.push(&fresh[n..]);
            return n;
        }
        let first = self.head.is_empty();
        let taken = self.scan.run(fresh, &mut self.head);
        self.behind.push(&fresh[taken..]);
        self.stop_waiting_in_vain();
        // Nothing was encoded when the length is the same: the head can stay where it is.
        if first && self.scan.ended() && self.head.len() == taken {
            self.head.give(taken);
            self.course.state = State::Delivered;
            return taken;
        }
        0
    }

    fn awaits_head(&self) -> bool {
        self.course.state == State::Head && !self.scan.ended()
    }

    /// Bytes that are no head, or too many of them: hyper shall refuse them now, not when the client gives up.
    fn stop_waiting_in_vain(&mut self) {
        let too_long = !self.scan.ended() && self.head.len() >= self.max_head;
        if too_long || self.scan.malformed() {
            self.course.state = State::Raw;
        }
    }

    /// hyper called the service: the synchronous part of it. Returns the number of the call.
    pub fn called(&mut self, framing: Framing, may_switch: bool) -> u64 {
        self.calls += 1;
        self.course.called(framing, may_switch);
        if self.head.rest().is_empty() {
            self.head.wipe();
            self.scan = Scan::new();
        }
        self.calls
    }

    /// Whoever reads the chunked body of `call` has seen its end.
    pub fn body_ended(&mut self, call: u64) {
        if call == self.calls {
            self.course.body_ended();
        }
    }

    /// The head of the response to `call` is known, and whether it switches protocols.
    pub fn answered(&mut self, call: u64, switches: bool) {
        if call == self.calls {
            self.course.answered(switches);
        }
    }

    /// How many requests hyper has found.
    pub fn calls(&self) -> u64 {
        self.calls
    }

    /// The next request has begun and hyper does not know yet.
    pub fn mid_head(&self) -> bool {
        self.course.state == State::Head && self.scan.begun()
    }

    /// The body of the last request is not known to have ended.
    pub fn in_body(&self) -> bool {
        matches!(
            self.course.state,
            State::Body(_) | State::Chunked(_) | State::Hold(_)
        )
    }

    /// The client may have sent, or may be sending, what nobody reads.
    pub fn unread(&self) -> bool {
        self.course.state != State::Head || self.scan.begun() || !self.behind.is_empty()
    }

    pub fn out_of_step(&self) -> Option<OutOfStep> {
        self.course.out_of_step
    }

    /// The first `most` bytes of the head that hyper did not accept.
    pub fn take_head(&mut self, most: usize) -> Zeroizing<Vec<u8>> {
        self.head.take_first(most)
    }

    /// What hyper never got, for the stream's next owner.
    pub fn take_rest(&mut self) -> Vec<u8> {
        let rest = [self.head.rest(), self.behind.rest()].concat();
        self.head.wipe();
        self.behind.wipe();
        rest
    }
}

#[cfg(test)]
mod tests;
