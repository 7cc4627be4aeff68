//! The root certificate in the formats that clients read; never a key.

use super::CaError;
use crate::tls::authority::{CaCertificate, STORE_PASSWORD, certificates, shell};
use std::path::Path;

/// `--format` of `why401 ca export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    Pem,
    Der,
    // PKCS#12 under STORE_PASSWORD, one trusted entry, as Java reads it.
    P12,
}

/// Writes the root certificate of the CA in `dir` to `out`, or returns the bytes for standard
/// output. With `out`, what is returned is the line to print.
pub fn export(
    dir: &Path,
    format: ExportFormat,
    out: Option<&Path>,
    stdout_is_terminal: bool,
) -> Result<Vec<u8>, CaError> {
    let (root, _) = certificates(dir)?;
    let bytes = encode(&root, format)?;
    let Some(file) = out.filter(|file| *file != Path::new("-")) else {
        return match format {
            ExportFormat::Der | ExportFormat::P12 if stdout_is_terminal => {
                Err(CaError::BinaryOnTerminal)
            }
            _ => Ok(bytes),
        };
    };
    std::fs::write(file, bytes).map_err(|source| CaError::Write {
        file: file.to_owned(),
        source,
    })?;
    let password = match format {
        ExportFormat::P12 => format!(" (store password: {STORE_PASSWORD})"),
        _ => String::new(),
    };
    Ok(format!("Wrote {}{password}\n", shell(file)).into_bytes())
}

/// The root in `format`.
pub(crate) fn encode(root: &CaCertificate, format: ExportFormat) -> Result<Vec<u8>, CaError> {
    match format {
        ExportFormat::Pem => Ok(root.pem().into_bytes()),
        ExportFormat::Der => Ok(root.der().to_vec()),
        ExportFormat::P12 => Ok(root.p12()?),
    }
}
