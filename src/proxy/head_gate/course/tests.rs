//! Every step from every state.

use super::*;

const LAST: [u8; 4] = *b"\r\n\r\n";

const STATES: [State; 9] = [
    State::Head,
    State::Delivered,
    State::Body(3),
    State::Chunked([0; 4]),
    State::Chunked(LAST),
    State::Hold(Framing::Empty),
    State::Hold(Framing::Length(3)),
    State::Hold(Framing::Chunked),
    State::Raw,
];

/// Takes one step from `state`: where it leads, and whether it was out of step.
fn after<T>(state: State, step: impl FnOnce(&mut Course) -> T) -> (State, Option<OutOfStep>, T) {
    let mut course = Course {
        state,
        out_of_step: None,
    };
    let result = step(&mut course);
    (course.state, course.out_of_step, result)
}

#[test]
fn a_call_is_in_step_only_behind_a_delivered_head() {
    for state in STATES {
        for framing in [Framing::Empty, Framing::Length(3), Framing::Chunked] {
            for may_switch in [false, true] {
                let (next, out_of_step, ()) =
                    after(state, |course| course.called(framing, may_switch));
                let expected = match (state, may_switch) {
                    (State::Delivered, false) => (framing.follows(), None),
                    (State::Delivered, true) => (State::Hold(framing), None),
                    (State::Raw, _) => (State::Raw, None),
                    _ => (State::Raw, Some(OutOfStep::Call)),
                };
                assert_eq!((next, out_of_step), expected, "{state:?} {framing:?}");
            }
        }
    }
}

#[test]
fn the_framing_decides_what_follows() {
    assert_eq!(Framing::Empty.follows(), State::Head);
    assert_eq!(Framing::Length(0).follows(), State::Head);
    assert_eq!(
        Framing::Length(u64::MAX - 2).follows(),
        State::Body(u64::MAX - 2)
    );
    assert_eq!(Framing::Chunked.follows(), State::Chunked([0; 4]));
}

#[test]
fn bytes_pass_by_state() {
    for state in STATES {
        let (next, out_of_step, passed) = after(state, |course| course.pass(b"ab\r\n\r\n"));
        let expected = match state {
            State::Head | State::Delivered => (state, None, 0),
            State::Body(_) => (State::Head, None, 3),
            State::Chunked(_) => (State::Chunked(LAST), None, 6),
            State::Hold(_) => (State::Raw, Some(OutOfStep::BytesInHold), 6),
            State::Raw => (State::Raw, None, 6),
        };
        assert_eq!((next, out_of_step, passed), expected, "{state:?}");
    }
}

#[test]
fn no_bytes_change_nothing() {
    for state in STATES {
        assert_eq!(after(state, |course| course.pass(b"")), (state, None, 0));
    }
}

#[test]
fn a_body_is_counted_to_its_last_byte() {
    let mut course = Course {
        state: State::Body(5),
        out_of_step: None,
    };
    assert_eq!(course.pass(b"abcd"), 4);
    assert_eq!(course.state, State::Body(1));
    assert_eq!(course.pass(b"eG"), 1);
    assert_eq!(course.state, State::Head);
}

#[test]
fn the_last_four_bytes_are_seen_across_pieces() {
    let mut course = Course {
        state: State::Chunked([0; 4]),
        out_of_step: None,
    };
    for piece in [&b"0"[..], b"\r", b"\n\r", b"", b"\n"] {
        course.pass(piece);
    }
    assert_eq!(course.state, State::Chunked(LAST));
}

#[test]
fn a_chunked_body_ends_in_head_only_with_nothing_behind_it() {
    for state in STATES {
        let (next, out_of_step, ()) = after(state, Course::body_ended);
        let expected = match state {
            State::Chunked(LAST) => (State::Head, None),
            State::Chunked(_) => (State::Raw, Some(OutOfStep::BehindChunked)),
            _ => (state, None),
        };
        assert_eq!((next, out_of_step), expected, "{state:?}");
    }
}

/// A refused switch leaves the body of its request to come: to look for a head there would be request smuggling.
#[test]
fn an_answer_ends_hold() {
    for state in STATES {
        assert_eq!(
            after(state, |course| course.answered(true)),
            (State::Raw, None, ())
        );
        let (next, out_of_step, ()) = after(state, |course| course.answered(false));
        let expected = match state {
            State::Hold(framing) => framing.follows(),
            _ => state,
        };
        assert_eq!((next, out_of_step), (expected, None), "{state:?}");
    }
}

#[test]
fn the_first_fall_is_the_one_reported() {
    let mut course = Course::new();
    course.fall(OutOfStep::Read);
    course.fall(OutOfStep::Call);
    assert_eq!(course.out_of_step, Some(OutOfStep::Read));
}
