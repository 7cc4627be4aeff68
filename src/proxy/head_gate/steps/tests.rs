//! The gate without its stream: single steps, and a model of hyper that reads, parses and answers in any order.

mod model;

use super::*;
use bytes::BytesMut;

const HEAD: &[u8] = b"GET /?a>b HTTP/1.1\r\n\r\n";
const ENCODED: &[u8] = b"GET /?a%3Eb HTTP/1.1\r\n\r\n";
const PLAIN: &[u8] = b"GET / HTTP/1.1\r\n\r\n";

fn steps() -> Steps {
    Steps::new(1024)
}

/// What hyper has in its buffer after it read when the client had sent `fresh`.
fn read(steps: &mut Steps, fresh: &[u8]) -> Vec<u8> {
    let mut buffer = BytesMut::new();
    if steps.give(&mut buffer) == 0 {
        let staying = steps.admit(fresh);
        buffer.extend_from_slice(&fresh[..staying]);
        if staying == 0 {
            steps.give(&mut buffer);
        }
    }
    buffer.to_vec()
}

#[test]
fn a_plain_head_stays_where_it_was_read() {
    let mut steps = steps();
    let fresh = [PLAIN, b"behind"].concat();
    assert_eq!(steps.give(&mut BytesMut::new()), 0);
    assert_eq!(steps.admit(&fresh), PLAIN.len());
    assert_eq!(&*steps.take_head(5), b"GET /");
}

#[test]
fn a_head_is_held_until_it_is_whole() {
    let mut steps = steps();
    assert_eq!(read(&mut steps, &HEAD[..5]), b"");
    assert!(steps.mid_head());
    assert_eq!(read(&mut steps, &HEAD[5..]), ENCODED);
    assert!(!steps.mid_head());
}

#[test]
fn heads_go_one_at_a_time() {
    let mut steps = steps();
    assert_eq!(read(&mut steps, &HEAD.repeat(3)), ENCODED);
    for _ in 0..2 {
        steps.called(Framing::Empty, false);
        assert_eq!(read(&mut steps, b""), ENCODED);
    }
    steps.called(Framing::Empty, false);
    assert_eq!(read(&mut steps, b""), b"");
    assert!(!steps.unread());
    assert_eq!(steps.out_of_step(), None);
}

#[test]
fn a_head_goes_in_pieces_through_a_small_buffer() {
    let mut steps = steps();
    let first = read(&mut steps, HEAD);
    assert_eq!(first, ENCODED);
    steps.called(Framing::Empty, false);
    steps.admit(HEAD);
    let mut got = Vec::new();
    while got.len() < ENCODED.len() {
        let mut small = (&mut got).limit(7);
        assert!(steps.give(&mut small) > 0);
    }
    assert_eq!(got, ENCODED);
    assert_eq!(steps.out_of_step(), None);
}

#[test]
fn a_counted_body_is_untouched_and_the_next_head_is_not() {
    let mut steps = steps();
    read(&mut steps, &[PLAIN, HEAD, HEAD].concat());
    steps.called(Framing::Length(HEAD.len() as u64), false);
    assert_eq!(read(&mut steps, b""), HEAD);
    assert_eq!(read(&mut steps, b""), ENCODED);
}

#[test]
fn a_head_behind_a_chunked_body_passes_as_it_is() {
    let mut steps = steps();
    let chunked = b"0\r\n\r\n";
    read(&mut steps, PLAIN);
    let call = steps.called(Framing::Chunked, false);
    assert_eq!(
        read(&mut steps, &[chunked, HEAD].concat()),
        [chunked, HEAD].concat()
    );
    // The last four bytes are those of a head that hyper has, so the call comes while the gate waits for one.
    steps.body_ended(call);
    assert_eq!(steps.out_of_step(), None);
    steps.called(Framing::Empty, false);
    assert_eq!(steps.out_of_step(), Some(OutOfStep::Call));
    assert_eq!(read(&mut steps, HEAD), HEAD);
}

#[test]
fn a_late_end_of_an_earlier_body_changes_nothing() {
    let mut steps = steps();
    read(&mut steps, PLAIN);
    let first = steps.called(Framing::Chunked, false);
    read(&mut steps, b"0\r\n\r\n");
    steps.body_ended(first);
    read(&mut steps, PLAIN);
    steps.called(Framing::Chunked, false);
    read(&mut steps, b"4\r\n\r\n\r\n");
    steps.body_ended(first);
    assert_eq!(read(&mut steps, HEAD), HEAD);
}

#[test]
fn a_read_too_many_ends_all_rewriting() {
    let mut steps = steps();
    read(&mut steps, PLAIN);
    assert_eq!(read(&mut steps, HEAD), HEAD);
    assert_eq!(steps.out_of_step(), Some(OutOfStep::Read));
}

#[test]
fn what_is_no_head_or_too_long_is_not_held() {
    let mut steps = steps();
    assert_eq!(read(&mut steps, b"\x16\x03\x01"), b"\x16\x03\x01");
    assert_eq!(&*steps.take_head(16), b"\x16\x03\x01");
    let mut steps = Steps::new(16);
    assert_eq!(read(&mut steps, b"GET /?aaaaaaa"), b"");
    assert_eq!(read(&mut steps, b"<<<"), b"GET /?aaaaaaa%3C%3C%3C");
    assert_eq!(read(&mut steps, b"<"), b"<");
    assert_eq!(steps.out_of_step(), None);
}

#[test]
fn a_head_is_forgotten_when_hyper_has_parsed_it() {
    let mut steps = steps();
    read(&mut steps, &[HEAD, b"rest"].concat());
    steps.called(Framing::Length(4), false);
    assert!(steps.take_head(100).is_empty());
    assert_eq!(steps.take_rest(), b"rest");
}

#[test]
fn a_refused_switch_still_has_its_body() {
    let mut steps = steps();
    read(&mut steps, PLAIN);
    let call = steps.called(Framing::Length(HEAD.len() as u64), true);
    steps.answered(call, false);
    assert_eq!(read(&mut steps, &HEAD.repeat(2)), HEAD);
    assert_eq!(read(&mut steps, b""), ENCODED);
}

#[test]
fn a_granted_switch_passes_everything() {
    let mut steps = steps();
    read(&mut steps, &[PLAIN, HEAD].concat());
    let call = steps.called(Framing::Empty, true);
    steps.answered(call, true);
    assert_eq!(steps.take_rest(), HEAD);
    assert_eq!(read(&mut steps, HEAD), HEAD);
    assert_eq!(steps.out_of_step(), None);
}
