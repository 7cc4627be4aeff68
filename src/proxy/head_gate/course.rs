//! The state machine: which of the client's bytes are a request head, told by what hyper itself makes of them.
//!
//! | state | what hyper gets | it ends |
//! |---|---|---|
//! | Head | nothing before the head is whole, then that head | with its last byte: Delivered |
//! | Delivered | nothing: it has all it needs for the call | with the call, by the request's framing |
//! | Body(n) | the next n bytes, untouched | after them: Head. hyper counts the same n over the same bytes |
//! | Chunked | everything, untouched | when hyper saw the body end and that was the last byte it got: Head; else Raw |
//! | Hold | everything, untouched, but then Raw | when the response's head is known: switched is Raw, else by the framing |
//! | Raw | everything, untouched | never |
//!
//! The one property that matters: in Head, the next byte that hyper reads begins a message, for hyper as for the gate. It
//! holds at the start, and each step back to Head proves it: no body; exactly n bytes; or a chunked body that hyper saw end,
//! with an empty line as the last thing it got. (Should whole requests lie before that empty line, hyper parses them
//! before it reads again, and its call finds the gate in Head: out of step.) What cannot be proved goes to Raw, so the
//! worst that happens is that nothing is rewritten.

/// How hyper frames a request's body: its own numbers, never ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    Empty,
    Length(u64),
    Chunked,
}

/// What did not fit, so that the gate stopped rewriting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutOfStep {
    /// hyper found a request where the gate had given it none: behind a chunked body, or behind one nobody read.
    Call,
    /// hyper wanted more although it had a whole head.
    Read,
    /// The client sent on before it knew whether the connection switches protocols.
    BytesInHold,
    /// The client sent on behind a chunked body without waiting for the answer.
    BehindChunked,
}

/// The states and the steps between them, without the bytes.
pub struct Course {
    pub state: State,
    pub out_of_step: Option<OutOfStep>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Head,
    Delivered,
    Body(u64),
    /// With the last four bytes given.
    Chunked([u8; 4]),
    /// With the framing of a body that follows if the switch is refused.
    Hold(Framing),
    Raw,
}

impl Course {
    pub fn new() -> Self {
        Self {
            state: State::Head,
            out_of_step: None,
        }
    }

    pub fn fall(&mut self, why: OutOfStep) {
        self.state = State::Raw;
        self.out_of_step.get_or_insert(why);
    }

    /// How many of `bytes` go to hyper untouched; they count as given.
    pub fn pass(&mut self, bytes: &[u8]) -> usize {
        match &mut self.state {
            State::Head | State::Delivered => return 0,
            State::Body(left) => {
                let n = usize::try_from(*left).map_or(bytes.len(), |left| left.min(bytes.len()));
                *left -= n as u64;
                if *left == 0 {
                    self.state = State::Head;
                }
                return n;
            }
            State::Chunked(last) => {
                for &byte in &bytes[bytes.len().saturating_sub(4)..] {
                    last.rotate_left(1);
                    last[3] = byte;
                }
            }
            State::Hold(_) if !bytes.is_empty() => self.fall(OutOfStep::BytesInHold),
            State::Hold(_) | State::Raw => {}
        }
        bytes.len()
    }

    pub fn called(&mut self, framing: Framing, may_switch: bool) {
        match self.state {
            State::Delivered if may_switch => self.state = State::Hold(framing),
            State::Delivered => self.state = framing.follows(),
            State::Raw => {}
            _ => self.fall(OutOfStep::Call),
        }
    }

    pub fn body_ended(&mut self) {
        match self.state {
            State::Chunked(last) if &last == b"\r\n\r\n" => self.state = State::Head,
            State::Chunked(_) => self.fall(OutOfStep::BehindChunked),
            _ => {}
        }
    }

    pub fn answered(&mut self, switches: bool) {
        match self.state {
            _ if switches => self.state = State::Raw,
            State::Hold(framing) => self.state = framing.follows(),
            _ => {}
        }
    }
}

impl Framing {
    fn follows(self) -> State {
        match self {
            Self::Empty | Self::Length(0) => State::Head,
            Self::Length(n) => State::Body(n),
            Self::Chunked => State::Chunked([0; 4]),
        }
    }
}

#[cfg(test)]
mod tests;
