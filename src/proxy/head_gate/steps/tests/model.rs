//! A model of hyper with perfect knowledge of where messages end, driven in random order.
//!
//! It keeps to the few rules that hyper's source keeps to: it reads only with an empty buffer or an incomplete head, and
//! it parses the next head only when body and answer of the one before are done. Within them every order may come.

use super::super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Message {
    target: &'static str,
    may_switch: bool,
    framing: Framing,
    body: Vec<u8>,
}

impl Message {
    fn head(target: &str) -> Vec<u8> {
        format!("P {target} HTTP/1.1\r\nX: <kept?>\r\n\r\n").into_bytes()
    }

    fn raw(&self) -> Vec<u8> {
        Self::head(self.target)
    }

    fn encoded(&self) -> Vec<u8> {
        Self::head(&self.target.replace('<', "%3C").replace('>', "%3E"))
    }
}

fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let pieces = ["P /?<s> HTTP/1.1\r\n\r\n", "\r\n\r\n", "\n", "x", " /?<"];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 1..5)
        .prop_map(|pieces| pieces.concat().into_bytes())
}

fn messages() -> impl Strategy<Value = Message> {
    // Of a chunked body only its end matters to the gate: an empty line, with or without trailers.
    let chunked = |end: &'static [u8]| {
        bodies().prop_map(move |body| (Framing::Chunked, [&body[..], end].concat()))
    };
    let framed = prop_oneof![
        2 => Just((Framing::Empty, vec![])),
        2 => bodies().prop_map(|body| (Framing::Length(body.len() as u64), body)),
        1 => chunked(b"0\r\n\r\n"),
        1 => chunked(b"0\r\nT: <?>\r\n\r\n"),
    ];
    let target = prop::sample::select(vec!["/", "/?a<b", "/?<<>>"]);
    (target, prop::bool::weighted(0.2), framed).prop_map(|(target, may_switch, (framing, body))| {
        Message {
            target,
            may_switch,
            framing,
            body,
        }
    })
}

#[derive(Clone, Copy, Debug)]
enum Turn {
    ClientSends(usize),
    HyperReads(usize),
    HyperParses,
    HyperDecodes(usize),
    BodyEndSeen,
    Answered,
}

fn turns() -> impl Strategy<Value = Turn> {
    prop_oneof![
        3 => (1..80_usize).prop_map(Turn::ClientSends),
        4 => (1..64_usize).prop_map(Turn::HyperReads),
        2 => Just(Turn::HyperParses),
        2 => (1..64_usize).prop_map(Turn::HyperDecodes),
        1 => Just(Turn::BodyEndSeen),
        1 => Just(Turn::Answered),
    ]
}

struct Model {
    steps: Steps,
    messages: Vec<Message>,
    unsent: Vec<u8>,
    /// Sent, and not yet read.
    wire: Vec<u8>,
    buffer: Vec<u8>,
    parsed: usize,
    body_left: usize,
    end_unseen: bool,
    answer_due: bool,
}

impl Model {
    fn new() -> Self {
        Self {
            steps: Steps::new(4096),
            messages: Vec::new(),
            unsent: Vec::new(),
            wire: Vec::new(),
            buffer: Vec::new(),
            parsed: 0,
            body_left: 0,
            end_unseen: false,
            answer_due: false,
        }
    }

    fn ask(&mut self, message: Message) {
        self.unsent.extend(message.raw());
        self.unsent.extend(&message.body);
        self.messages.push(message);
    }

    fn take(&mut self, turn: Turn) {
        match turn {
            Turn::ClientSends(n) => {
                let n = n.min(self.unsent.len());
                self.wire.extend(self.unsent.drain(..n));
            }
            Turn::HyperReads(room) => self.read(room),
            Turn::HyperParses => self.parse(),
            Turn::HyperDecodes(n) => self.decode(n),
            Turn::BodyEndSeen if self.end_unseen && self.body_left == 0 => {
                self.end_unseen = false;
                self.steps.body_ended(self.parsed as u64);
            }
            Turn::Answered if self.answer_due => {
                self.answer_due = false;
                self.steps.answered(self.parsed as u64, false);
            }
            Turn::BodyEndSeen | Turn::Answered => {}
        }
    }

    fn idle(&self) -> bool {
        self.body_left == 0 && !self.answer_due
    }

    fn done(&self) -> bool {
        self.parsed == self.messages.len() && self.idle()
    }

    fn head_end(&self) -> Option<usize> {
        let mut fields = [httparse::EMPTY_HEADER; 4];
        match httparse::Request::new(&mut fields).parse(&self.buffer) {
            Ok(httparse::Status::Complete(end)) => Some(end),
            Ok(httparse::Status::Partial) => None,
            Err(error) => panic!("{error} in {}", String::from_utf8_lossy(&self.buffer)),
        }
    }

    fn read(&mut self, room: usize) {
        let wanted = self.buffer.is_empty() || self.idle() && self.head_end().is_none();
        if !wanted || self.steps.give(&mut (&mut self.buffer).limit(room)) > 0 {
            return;
        }
        let n = room.min(self.wire.len());
        let fresh: Vec<u8> = self.wire.drain(..n).collect();
        let staying = self.steps.admit(&fresh);
        self.buffer.extend_from_slice(&fresh[..staying]);
    }

    fn parse(&mut self) {
        if !self.idle() {
            return;
        }
        let Some(end) = self.head_end() else { return };
        let message = &self.messages[self.parsed];
        let head: Vec<u8> = self.buffer.drain(..end).collect();
        let shown = String::from_utf8_lossy(&head).into_owned();
        let encoded = head == message.encoded();
        assert!(encoded || head == message.raw(), "smuggled: {shown}");
        let (framing, may_switch) = (message.framing, message.may_switch);
        self.body_left = message.body.len();
        self.parsed += 1;
        self.end_unseen = framing == Framing::Chunked;
        self.answer_due = true;
        self.steps.called(framing, may_switch);
        assert!(
            encoded || self.steps.out_of_step().is_some(),
            "missed: {shown}"
        );
    }

    fn decode(&mut self, n: usize) {
        let n = n.min(self.buffer.len()).min(self.body_left);
        if n == 0 {
            return;
        }
        let got: Vec<u8> = self.buffer.drain(..n).collect();
        let body = &self.messages[self.parsed - 1].body;
        let at = body.len() - self.body_left;
        assert_eq!(got, &body[at..at + n], "a body was altered");
        self.body_left -= n;
    }

    /// Everything that is still due.
    fn finish(&mut self) {
        for _ in 0..1_000 {
            if self.done() {
                return;
            }
            self.take(Turn::ClientSends(9));
            self.take(Turn::HyperReads(40));
            self.take(Turn::HyperParses);
            self.take(Turn::HyperDecodes(64));
            self.take(Turn::BodyEndSeen);
            self.take(Turn::Answered);
        }
        panic!("message {} never came whole", self.parsed);
    }
}

fn exchanges() -> impl Strategy<Value = Vec<Message>> {
    prop::collection::vec(messages(), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn in_any_order_hyper_gets_the_clients_messages(
        messages in exchanges(),
        turns in prop::collection::vec(turns(), 0..120),
    ) {
        let mut model = Model::new();
        for message in messages {
            model.ask(message);
        }
        for turn in turns {
            if model.done() {
                break;
            }
            model.take(turn);
        }
        model.finish();
        prop_assert!(model.buffer.is_empty());
    }

    /// One exchange after the other, each body read to its end: every head is encoded.
    #[test]
    fn a_client_that_waits_keeps_the_gate_in_step(messages in exchanges()) {
        let mut model = Model::new();
        for mut message in messages {
            message.may_switch &= message.framing == Framing::Empty;
            model.ask(message);
            model.finish();
        }
        prop_assert_eq!(model.steps.out_of_step(), None);
    }
}
