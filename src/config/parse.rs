//! The texts of single settings; an error says what to write instead.

use super::{Annotate, ClientHttp, LogFormat};
use crate::diagnosis::Silenced;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub fn address(text: &str) -> Result<SocketAddr, String> {
    let advice = "write IP:PORT, for example 127.0.0.1:8401 or [::1]:8401";
    match text.strip_prefix("localhost:").map(str::parse) {
        Some(Ok(port)) => Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, port))),
        _ => text.parse().map_err(|_| advice.to_owned()),
    }
}

pub fn address_or_none(text: &str) -> Result<Option<SocketAddr>, String> {
    match text {
        "none" => Ok(None),
        _ => address(text)
            .map(Some)
            .map_err(|advice| format!("{advice}; or none")),
    }
}

/// An address alone stands for itself; bits behind the prefix are cut off.
pub fn network(text: &str) -> Result<IpNet, String> {
    let alone = text.parse::<IpAddr>().map(IpNet::from);
    alone
        .or_else(|_| text.parse::<IpNet>())
        .map(|network| network.trunc())
        .map_err(|_| "write an address or a network, for example 10.0.0.0/8 or fd00::/8".into())
}

pub fn client_http(text: &str) -> Result<ClientHttp, String> {
    match text {
        "1.1" => Ok(ClientHttp::Http1),
        "2" => Ok(ClientHttp::Http2),
        _ => Err("write 1.1 or 2".into()),
    }
}

pub fn annotate(text: &str) -> Result<Annotate, String> {
    let mut annotate = Annotate::default();
    if text == "none" {
        return Ok(annotate);
    }
    for place in text.split(',') {
        match place.trim() {
            "reason" => annotate.reason = true,
            "body" => annotate.body = true,
            _ => return Err("write none, reason, body or reason,body".into()),
        }
    }
    Ok(annotate)
}

pub fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "json" => Ok(LogFormat::Json),
        "pretty" => Ok(LogFormat::Pretty),
        _ => Err("write json or pretty".into()),
    }
}

pub fn log_level(text: &str) -> Result<tracing::Level, String> {
    match text {
        "error" => Ok(tracing::Level::ERROR),
        "warn" => Ok(tracing::Level::WARN),
        "info" => Ok(tracing::Level::INFO),
        "debug" => Ok(tracing::Level::DEBUG),
        "trace" => Ok(tracing::Level::TRACE),
        _ => Err("write error, warn, info, debug or trace".into()),
    }
}

/// One of the taxonomy, also of a mistake that this version cannot find yet.
pub fn slug(text: &str) -> Result<String, String> {
    let advice = "write the name of a mistake as x-auth-diagnosis has it, for example wrong-secret";
    Silenced::of(&[text])
        .map(|_| text.to_owned())
        .map_err(|_| advice.to_owned())
}
