//! What is dialled for whom, and whom an error blames.

use super::*;
use crate::tls::authority::Authority;
use crate::tls::constraint::Constraint;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use time::UtcDateTime;

const REMOTE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

fn dialer(targets: &[&str], lookup: Lookup) -> Dialer {
    let own = Authority::in_memory(&Constraint::default(), UtcDateTime::now()).unwrap();
    Dialer {
        tls: OriginSide::new(&[], &[], &own).unwrap(),
        access: Access {
            clients: Vec::new(),
            targets: targets.iter().map(|net| net.parse().unwrap()).collect(),
        },
        connect_to: Vec::new(),
        parent: Via {
            parent: None,
            pseudonym: "why401-test".to_owned(),
        },
        own: Vec::new(),
        lookup,
    }
}

/// 400, or the status of the refusal; 200 when a connection was opened.
async fn outcome(dialer: &Dialer, authority: &str) -> u16 {
    let Ok(target) = Target::parse(authority, None) else {
        return 400;
    };
    match dialer.reach(&target, REMOTE).await {
        Ok(_) => 200,
        Err(error) => error.status.as_u16(),
    }
}

#[test]
fn behind_connect_to_the_host_is_not_blamed() {
    let error = unreachable(Whose::Given, &io::ErrorKind::ConnectionRefused.into());
    assert_eq!(
        error.to_string(),
        "the place that --sandbox or --connect-to names refused the connection"
    );
}

/// H-C1: whatever the spelling, a client of another machine gets to nothing that is not public.
#[tokio::test]
async fn no_spelling_leads_a_remote_client_to_a_private_address() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let dialer = dialer(&[], by_the_system);
    for host in [
        "127.0.0.1",
        "127.9.9.9",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0",
        "[::]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "169.254.169.254",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "[fe80::1]",
        "[fd00::1]",
    ] {
        let status = outcome(&dialer, &format!("{host}:{port}")).await;
        assert_eq!(status, 403, "{host}");
    }
    for host in [
        "0177.0.0.1",
        "2130706433",
        "0x7f000001",
        "127.1",
        "127.0.0.1.",
        "[fe80::1%lo]",
        "[localhost]",
        "[127.0.0.1]",
    ] {
        let status = outcome(&dialer, &format!("{host}:{port}")).await;
        assert!([400, 403].contains(&status), "{host}: {status}");
    }
    assert!(listener.accept().is_err(), "nothing came to this machine");
}

/// A name that means the one address and the other in turn, and both at times.
fn rebinding(_: String, port: u16) -> BoxFuture<io::Result<Vec<SocketAddr>>> {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let allowed = SocketAddr::from(([127, 0, 0, 2], port));
    let forbidden = SocketAddr::from(([127, 0, 0, 1], port));
    let found = match ASKED.fetch_add(1, Ordering::Relaxed) % 4 {
        0 => vec![allowed],
        1 => vec![forbidden],
        2 => vec![forbidden, allowed],
        _ => vec![allowed, forbidden],
    };
    Box::pin(async move { Ok(found) })
}

/// H-C2: ten thousand dials, no connection to what was not allowed.
#[tokio::test]
async fn a_name_that_changes_its_address_is_dialled_where_it_was_checked() {
    const DIALS: usize = 10_000;
    let allowed = TcpListener::bind("127.0.0.2:0").unwrap();
    let port = allowed.local_addr().unwrap().port();
    let forbidden = TcpListener::bind(("127.0.0.1", port)).unwrap();
    forbidden.set_nonblocking(true).unwrap();
    let dialer = dialer(&["127.0.0.2/32"], rebinding);
    let mut statuses = [0; 2];
    for _ in 0..DIALS {
        match outcome(&dialer, &format!("rebind.example:{port}")).await {
            200 => {
                statuses[0] += 1;
                allowed.accept().unwrap();
            }
            403 => statuses[1] += 1,
            status => panic!("{status}"),
        }
    }
    assert_eq!(statuses, [DIALS / 4 * 3, DIALS / 4]);
    assert!(forbidden.accept().is_err(), "no connection came here");
}
