//! Sandbox and proxy that stay up, with lines to paste, and the one file that clients need.

use super::stage::Stage;
use crate::app::{EventSink, StartError};
use crate::sandbox::credential::{Credential, Kind, State};
use crate::tls::authority::shell;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use time::UtcDateTime;

/// What runs until it is told to end.
pub struct Held {
    stage: Stage,
    /// Private to its owner, and gone with this value.
    folder: TempDir,
    token: Arc<Credential>,
}

impl Held {
    /// Starts everything in the present of this machine.
    ///
    /// # Errors
    /// As [`Stage::start`]; a temporary folder that cannot be written.
    pub async fn start(events: EventSink) -> Result<Self, StartError> {
        let stage = Stage::start(UtcDateTime::now(), events).await?;
        let token = stage.bitbucket.store.first(Kind::ApiToken, State::Good);
        let token = token.ok_or_else(|| StartError("the sandbox has no API token".into()))?;
        let folder = folder(&stage.proxy.root_pem).map_err(|error| {
            StartError(format!(
                "cannot write the CA file: {error}; choose a folder that can be written with TMPDIR"
            ))
        })?;
        Ok(Self {
            stage,
            folder,
            token,
        })
    }

    /// To be pasted into a shell, one block after the other.
    pub fn lines(&self) -> String {
        let proxy = format!("http://{}", self.stage.proxy.proxy_addr);
        let root = shell(&root_file(&self.folder));
        let (username, email) = (&self.token.username, &self.token.email);
        let secret = &self.token.secret;
        format!(
            r#"SANDBOX: a stand-in for Bitbucket behind why401, on this machine alone. Its credentials are made up.
Nothing of it is left after Ctrl-C. Paste into another shell:

# its proxy, its CA, and an API token of {username} with every scope
export HTTPS_PROXY={proxy} https_proxy={proxy}
CA={root}
export CURL_CA_BUNDLE="$CA" REQUESTS_CA_BUNDLE="$CA" GIT_SSL_CAINFO="$CA"
export TOKEN={secret}

# curl, with the Bitbucket username: a mistake on REST; {email} works
printf 'user = "{username}:%s"' "$TOKEN" | curl -i -K - https://api.bitbucket.org/2.0/user

# git, with the email: a mistake on git; {username} works
git -c credential.helper= -c credential.helper='!f() {{ echo username={email}; echo "password=$TOKEN"; }}; f' ls-remote https://bitbucket.org/acme/website.git

# Python, with the API token as Bearer
python3 -c 'import os, requests; r = requests.get("https://api.bitbucket.org/2.0/user", headers={{"Authorization": "Bearer " + os.environ["TOKEN"]}}); print(r.status_code, r.headers.get("x-auth-diagnosis"))'

"#
        )
    }

    pub async fn end(self) {
        self.stage.end().await;
    }
}

fn folder(root_pem: &str) -> io::Result<TempDir> {
    let folder = tempfile::Builder::new()
        .prefix("why401-demo-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir()?;
    fs::write(root_file(&folder), root_pem)?;
    Ok(folder)
}

fn root_file(folder: &TempDir) -> PathBuf {
    folder.path().join("root.pem")
}
