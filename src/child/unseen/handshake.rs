//! It came to the proxy and went away: it does not trust the CA of the run.

use super::Ended;

pub fn reason(ended: &Ended) -> Option<String> {
    let times = |count: u64| if count == 1 { "once" } else { "more than once" };
    if ended.broken_handshakes > 0 {
        return Some(format!(
            "it connected {} and broke off the TLS handshake: it does not trust why401's CA. Its roots are built in, or \
             set by an option or a file of its own; it may have an option for a CA file: SSL_CERT_FILE names the right one",
            times(ended.broken_handshakes)
        ));
    }
    (ended.connects > 0).then(|| {
        format!(
            "it connected {} and asked for nothing: most likely it does not trust why401's CA (tools on GnuTLS say so \
             only to themselves)",
            times(ended.connects)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_handshake_is_surer_than_a_connection_without_a_request() {
        let mut ended = Ended {
            connects: 2,
            ..Ended::default()
        };
        assert!(reason(&ended).unwrap().contains("asked for nothing"));
        ended.broken_handshakes = 1;
        assert!(reason(&ended).unwrap().contains("once and broke off"));
        assert_eq!(reason(&Ended::default()), None);
    }
}
