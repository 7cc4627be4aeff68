//! `why401 diagnose --user NAME`: a secret is read, and what comes back says what it is.

use super::{Arguments, DiagnoseError, FormatName};
use crate::cli::Failure;
use crate::cli::output::print;
use crate::cli::prompt;
use crate::credentials::Credentials;
use crate::exit_code::ExitCode;
use crate::output::pair::Pair;
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::ErrorKind;
use time::UtcDateTime;
use zeroize::Zeroizing;

pub fn run(user: &str, arguments: &Arguments, key: &FingerprintKey) -> Result<ExitCode, Failure> {
    let as_json = match arguments.format {
        FormatName::Text => false,
        FormatName::Json | FormatName::Jsonl => true,
        FormatName::Markdown | FormatName::Sarif => return Err(DiagnoseError::PairFormat.into()),
    };
    // An account id holds one, and is told as what it is.
    let is_account_id = user.split_once(':').is_some_and(|(digits, _)| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if user.contains(':') && !is_account_id {
        return Err(DiagnoseError::Colon.into());
    }
    let secret = match prompt::secret("Secret (not shown): ") {
        Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(ExitCode::Killed(2)),
        secret => secret.map_err(DiagnoseError::Secret)?,
    };
    if secret.is_empty() {
        return Err(DiagnoseError::NoSecret.into());
    }
    let pair = Zeroizing::new([user.as_bytes(), b":", &secret].concat());
    let value = Zeroizing::new(format!("Basic {}", STANDARD.encode(&*pair)));
    let sent = Credentials::parse(value.as_bytes(), key);
    let at = arguments.at.unwrap_or_else(UtcDateTime::now);
    let pair = Pair { sent: &sent, at };
    let text = if as_json {
        format!("{}\n", pair.json())
    } else {
        pair.text()
    };
    print(text.as_bytes())
}
