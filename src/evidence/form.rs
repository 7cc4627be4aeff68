//! How the credentials of a request are written, and by which ways they travel.

use super::Evidence;
use super::Signal::{self, *};
use crate::bitbucket::Surface;
use crate::credentials::{Credentials, Fault, Place, Scheme, SecretKind, SecretShape};
use crate::observation::{Parameters, RequestSeen};

pub(super) fn derive(evidence: &mut Evidence, request: &RequestSeen) {
    derive_ways(evidence, request);
    evidence.add_if(request.nominates_authorization, AuthorizationNominated);
    for fault in request.parameters().into_iter().filter_map(|one| one.fault) {
        evidence.add(fault_signal(fault));
    }
    if let Some(sent) = request.the_one_sent() {
        derive_field(evidence, sent);
        let foreign = request.surface.is_bitbucket() && is_foreign_scheme(sent, request.surface);
        evidence.add_if(foreign, ForeignScheme);
    }
}

/// In the field, or where there is none among the parameters.
///
/// Any text may stand there: only a token by its beginning says something.
pub(super) fn token_sent(request: &RequestSeen) -> Option<SecretShape> {
    if !request.credentials.is_empty() {
        return request.the_one_sent().map(|sent| sent.secret);
    }
    let mut parameters = request.parameters().into_iter();
    let token = parameters.find_map(|one| one.access_token);
    token.filter(|token| token.kind.is_token())
}

/// Field, query, form, session.
fn derive_ways(evidence: &mut Evidence, request: &RequestSeen) {
    let parameters = request.parameters();
    let carries = |what: fn(&Parameters) -> bool| parameters.into_iter().any(what);
    evidence.add_if(request.query.consumer, ConsumerInQuery);
    evidence.add_if(request.query.access_token.is_some(), TokenInQuery);
    evidence.add_if(request.form.access_token.is_some(), TokenInForm);
    evidence.add_if(carries(|one| one.oauth1), SignedByOAuth1);

    let ways = |one: &Parameters| {
        usize::from(one.access_token.is_some()) + usize::from(one.oauth1) + usize::from(one.other)
    };
    let fields = request.credentials.len();
    let ways = fields.min(1) + parameters.into_iter().map(ways).sum::<usize>();
    evidence.add_if(ways > 1, SeveralCredentials);
    evidence.add_if(fields > 1, RepeatedAuthorization);
    let sent = ways > 0 || carries(|one| one.consumer);
    evidence.add_if(sent && !request.secure, PlainHttp);

    // A form body that is not read, a browser's session, or a record that hides them.
    let otherwise = request.recorded.hides()
        || request.surface == Surface::TokenEndpoint
        || request.surface == Surface::Website && request.has_cookie;
    evidence.add_if(ways == 0 && !otherwise, NoAuthorization);
}

fn derive_field(evidence: &mut Evidence, sent: &Credentials) {
    match sent.scheme {
        Scheme::Basic => evidence.add(Basic),
        Scheme::Bearer => evidence.add(Bearer),
        Scheme::Missing => evidence.add(MissingScheme),
        Scheme::OAuth if sent.secret.kind == SecretKind::None => {
            evidence.add_if(sent.faults.is_empty(), SignedByOAuth1);
        }
        _ => {}
    }
    evidence.add_if(sent.user_id.is_some(), Pair);
    evidence.add_if(!sent.canonical, SchemeCase);
    let is_hidden = sent.secret.kind == SecretKind::Hidden;
    evidence.add_if(sent.faults.is_empty() && !is_hidden, WellFormed);
    for fault in &sent.faults {
        evidence.add(fault_signal(*fault));
    }
}

/// What Bitbucket takes under other schemes, or not at all (A7, A10, A15, A16).
fn is_foreign_scheme(sent: &Credentials, surface: Surface) -> bool {
    use SecretKind as Kind;
    let kind = sent.secret.kind;
    match sent.scheme {
        Scheme::Basic | Scheme::Bearer => sent.secret.claims.connect,
        Scheme::Missing => false,
        Scheme::Jwt => match kind {
            // Every other JWT is told by its claims; git takes none under this scheme.
            Kind::Jwt => !sent.secret.claims.connect || surface == Surface::Git,
            Kind::CutJwt | Kind::None | Kind::Placeholder | Kind::Hidden => false,
            _ => true,
        },
        Scheme::OAuth => kind != Kind::None,
        Scheme::Digest | Scheme::Negotiate | Scheme::Token | Scheme::Other => {
            !sent.faults.contains(&Fault::SeveralValues)
        }
    }
}

fn fault_signal(fault: Fault) -> Signal {
    match fault {
        Fault::Empty(Place::Value) => EmptyCredentials,
        Fault::Empty(Place::UserId) => EmptyUserId,
        Fault::Empty(Place::Secret) => EmptySecret,
        Fault::NotBase64 => NotBase64,
        Fault::NoColon => NoColon,
        Fault::LenientBase64 => LenientBase64,
        Fault::NotEncoded => NotEncoded,
        Fault::NoUser => NoUser,
        Fault::TrailingNewline(Place::UserId) => NewlineAfterUserId,
        Fault::TrailingNewline(_) => NewlineAfterSecret,
        Fault::Placeholder(_) => Placeholder,
        Fault::PlaceholderWord(_) => PlaceholderWord,
        Fault::Masked(_) => Masked,
        Fault::MaskWord(_) => MaskWord,
        Fault::Quoted(_) => Quoted,
        Fault::Invisible(_) => Invisible,
        Fault::NonAscii(_) => NonAscii,
        Fault::Escaped(Place::UserId) => EscapedUserId,
        Fault::Escaped(Place::Secret) => EscapedSecret,
        Fault::Escaped(Place::Value) => EscapedValue,
        Fault::DuplicateScheme => DuplicateScheme,
        Fault::SeveralValues => RepeatedAuthorization,
        Fault::LineWrapped => LineWrapped,
        Fault::DoubleEncoded => DoubleEncoded,
        Fault::TextAroundToken(_) => TextAroundToken,
        Fault::SwappedHalves => SwappedHalves,
        Fault::PairWithoutBasic => PairWithoutBasic,
    }
}
