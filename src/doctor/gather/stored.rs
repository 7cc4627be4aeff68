//! A stored pair, classified at once: the secret itself goes no further.

use crate::credentials::{Credentials, escape};
use crate::doctor::machine::{Place, Stored};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// What a user name and a secret look like together.
pub fn of_pair(user: &[u8], secret: &[u8], key: &FingerprintKey) -> Credentials {
    let pair = Zeroizing::new([user, b":", secret].concat());
    let value = Zeroizing::new(format!(
        "Basic {}",
        *Zeroizing::new(STANDARD.encode(&*pair))
    ));
    Credentials::parse(value.as_bytes(), key)
}

/// The pair in `https://USER:SECRET@HOST/…`, where the host is one of Bitbucket's.
pub fn of_url(url: &str, place: Place, key: &FingerprintKey) -> Option<Stored> {
    let (_, rest) = url.trim().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user_info, host) = authority.rsplit_once('@')?;
    let (user, secret) = user_info.split_once(':')?;
    let plain = |text: &str| Zeroizing::new(escape::undone(text.as_bytes(), escape::percent));
    let (user, secret) = (plain(user), plain(secret));
    Some(Stored {
        place,
        host: Some(bitbucket(host)?.to_owned()),
        credentials: of_pair(&user, &secret, key),
    })
}

/// The host without its port, if it is one of Bitbucket's.
pub fn bitbucket(host: &str) -> Option<&'static str> {
    let name = host.split(':').next()?.trim_end_matches('.');
    ["api.bitbucket.org", "bitbucket.org"]
        .into_iter()
        .find(|known| name.eq_ignore_ascii_case(known))
}
