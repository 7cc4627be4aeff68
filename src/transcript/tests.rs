//! Records as their tools write them, captured from the tools and shortened; credentials are minted into their places.

use super::*;
use crate::credentials::mint;
use crate::observation::{Observation, Recorded};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

mod har;
mod hidden;
mod robust;
mod text;

const KEY: [u8; 32] = [7; 32];

/// `Basic` with an API token under a user name.
fn basic() -> String {
    format!(
        "Basic {}",
        STANDARD.encode(format!("jane:{}", mint::api_token(1)))
    )
}

/// The records of a text in which `{basic}` stands for credentials.
fn records(template: &str) -> Vec<Record> {
    bytes(template.replace("{basic}", &basic()).as_bytes()).unwrap()
}

fn bytes(record: &[u8]) -> Result<Vec<Record>, ReadError> {
    let mut all = Vec::new();
    read(record, &FingerprintKey::new(KEY), |record| {
        all.push(record);
        Ok(())
    })?;
    Ok(all)
}

/// `GET api.bitbucket.org/2.0/user 401 Basic ApiToken`, for comparing.
fn shown(record: &Record) -> String {
    let exchange = match &record.observation {
        Some(Observation::Exchange(exchange)) => exchange,
        Some(Observation::Connect(connect)) => {
            return format!("CONNECT {} {}", connect.host, connect.status.as_u16());
        }
        _ => return "nothing".to_owned(),
    };
    let (request, response) = (&exchange.request, &exchange.response);
    let credentials = request.credentials.iter().map(|one| {
        let faults = one.faults.iter().map(|fault| format!(" {fault:?}"));
        format!(
            " {:?} {:?}{}",
            one.scheme,
            one.secret.kind,
            faults.collect::<String>()
        )
    });
    format!(
        "{} {}{} {}{}",
        request.method,
        request.host,
        request.path,
        response.status.as_u16(),
        credentials.collect::<String>()
    )
}

fn all_shown(template: &str) -> Vec<String> {
    records(template).iter().map(shown).collect()
}

fn recorded(record: &Record) -> Recorded {
    let Some(Observation::Exchange(exchange)) = &record.observation else {
        panic!("an exchange");
    };
    exchange.request.recorded
}

/// What the server said, as far as the closed lists know it.
fn words(record: &Record) -> usize {
    let Some(Observation::Exchange(exchange)) = &record.observation else {
        panic!("an exchange");
    };
    exchange.response.body.words.len()
}
