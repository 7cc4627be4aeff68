//! Faults of form: they follow from the bytes.

use super::seen::{likely, proven};
use super::{Truth, is_plain};
use crate::generated::composition::Composition;
use crate::generated::form::{Fault, Scheme, User};
use crate::generated::place::Surface;

pub fn add(truth: &mut Truth, composed: &Composition) {
    let slug = match composed.fault {
        Fault::None => return add_without(truth, composed),
        Fault::QuotedValue | Fault::QuotedSecret | Fault::BlankBeforeSecret => "quoted-credentials",
        Fault::Newline | Fault::CarriageReturn => "trailing-newline",
        Fault::ZeroWidth | Fault::ByteOrderMark => "invisible-characters",
        Fault::EscapedSecret | Fault::BackslashedSecret => "escaped-credentials",
        Fault::EscapedUser => return truth.see(likely("escaped-credentials")),
        Fault::DoubleEncoded
        | Fault::EncodedSecret
        | Fault::TwiceEncodedSecret
        | Fault::EncodedPairAsSecret
        | Fault::EncodedPairAsUser => "double-encoded",
        Fault::Swapped => "swapped-halves",
        Fault::Placeholder => "unexpanded-placeholder",
        Fault::Masked => "masked-secret",
        // git sends the name alone when it has no password yet (F1).
        Fault::EmptySecret
            if composed.place.surface == Surface::Git && composed.user() != Some(User::Empty) =>
        {
            truth.see(likely("challenge"));
            return truth.see(proven("empty-credentials").perhaps());
        }
        Fault::EmptySecret => "empty-credentials",
        Fault::DuplicateScheme => "duplicate-scheme",
        Fault::NotEncoded => "basic-not-encoded",
        Fault::NoUser => "basic-without-user",
        Fault::Wrapped => "base64-line-wrapped",
        Fault::TextAround => "text-around-token",
        Fault::CloneAddress => {
            truth.see(proven("text-around-token"));
            "escaped-credentials"
        }
    };
    truth.see(proven(slug));
    if composed.user() == Some(User::Empty) {
        truth.see(proven("empty-credentials").perhaps());
        truth.in_any_order();
    }
}

fn add_without(truth: &mut Truth, composed: &Composition) {
    match composed.scheme {
        Scheme::BearerPair => truth.see(proven("bearer-with-basic-pair")),
        // The kind says what to put there, where it says something.
        Scheme::Basic(User::Empty) if is_plain(composed) => {
            truth.see(proven("empty-credentials"));
        }
        Scheme::Basic(User::Empty) => truth.see(proven("empty-credentials").perhaps()),
        _ => {}
    }
}
