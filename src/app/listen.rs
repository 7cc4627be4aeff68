//! Opening a listening port, and what to do when that fails.

use super::StartError;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Listens on `address`, which `flag` (`--listen`) chose.
///
/// # Errors
/// One line that names the address, the reason and the flag.
pub async fn listen(address: SocketAddr, flag: &str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| StartError(advice(address, flag, &error)))
}

/// The address with the port that the system chose.
///
/// # Errors
/// None that is known for a socket that listens.
pub fn local(listener: &TcpListener) -> Result<SocketAddr, StartError> {
    listener
        .local_addr()
        .map_err(|error| StartError(format!("cannot learn the chosen port: {error}")))
}

pub(crate) fn advice(address: SocketAddr, flag: &str, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "{address} is in use by another program, perhaps a second why401; end that, or choose another port with {flag}"
        ),
        ErrorKind::AddrNotAvailable => {
            format!(
                "{} is no address of this machine; choose one with {flag}",
                address.ip()
            )
        }
        ErrorKind::PermissionDenied => {
            format!(
                "port {} is not for this user; choose one above 1023 with {flag}",
                address.port()
            )
        }
        _ => format!("cannot listen on {address}: {error}; choose another address with {flag}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_is_named_with_the_flag_that_moves_it() {
        let first = listen("127.0.0.1:0".parse().unwrap(), "--listen")
            .await
            .unwrap();
        let taken = first.local_addr().unwrap();
        let error = listen(taken, "--listen").await.unwrap_err().to_string();
        assert!(error.starts_with(&format!("{taken} is in use")), "{error}");
        assert!(error.ends_with("another port with --listen"), "{error}");
    }

    #[test]
    fn an_address_of_another_machine_is_named() {
        let address = "192.0.2.1:8402".parse().unwrap();
        let advice = advice(
            address,
            "--admin-listen",
            &ErrorKind::AddrNotAvailable.into(),
        );
        assert_eq!(
            advice,
            "192.0.2.1 is no address of this machine; choose one with --admin-listen"
        );
    }
}
