//! The root certificates in the formats that clients read; never a key.

use super::CaError;
use crate::tls::authority::{CaCertificate, STORE_PASSWORD, pem_of, public, shell, store_of};
use std::path::Path;

/// `--format` of `why401 ca export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    Pem,
    Der,
    // PKCS#12 under STORE_PASSWORD, one trusted entry, as Java reads it.
    P12,
}

/// Writes what clients must trust of the CA in `dir` to `out`, or returns the bytes for standard
/// output. With `out`, what is returned is the line to print.
pub fn export(
    dir: &Path,
    format: ExportFormat,
    out: Option<&Path>,
    stdout_is_terminal: bool,
) -> Result<Vec<u8>, CaError> {
    let bytes = encode(&public(dir)?.roots, format)?;
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

/// What to say of an export that cannot hold all that clients must trust.
pub fn left_out(dir: &Path, format: ExportFormat) -> Option<String> {
    let roots = public(dir).ok()?.roots;
    (format == ExportFormat::Der && roots.len() > 1).then(|| {
        "DER holds one certificate: the root that signs now; during a rotation there are two, which pem and p12 hold"
            .to_owned()
    })
}

/// Never empty. DER has room for the first alone.
fn encode(roots: &[CaCertificate], format: ExportFormat) -> Result<Vec<u8>, CaError> {
    match format {
        ExportFormat::Pem => Ok(pem_of(roots).into_bytes()),
        ExportFormat::Der => Ok(roots[0].der().to_vec()),
        ExportFormat::P12 => Ok(store_of(roots)?),
    }
}
