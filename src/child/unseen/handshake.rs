//! It came to the proxy and asked for nothing.

use super::Ended;

pub fn reason(ended: &Ended) -> Option<String> {
    let times = match ended.connects {
        0 => return None,
        1 => "once",
        _ => "more than once",
    };
    Some(format!(
        "it connected {times} and asked for nothing, as a tool does that gives up, or that does not trust why401's CA: it \
         may have an option for a CA file, and SSL_CERT_FILE names the right one"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_without_a_request_is_named() {
        let connected = Ended {
            connects: 2,
            ..Ended::default()
        };
        assert!(reason(&connected).unwrap().contains("more than once"));
        assert_eq!(reason(&Ended::default()), None);
    }
}
