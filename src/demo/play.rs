//! Plays a story: the refusal, what is said about it, the fix, and the call that works.

use super::client::{Client, Response};
use super::heard::Heard;
use super::legacy;
use super::person::Person;
use super::repair::{Repaired, repair};
use super::request::Request;
use super::stage::Stage;
use super::story::Story;
use crate::output::field::X_AUTH_DIAGNOSIS;
use crate::sandbox::credential::Credential;
use http::{StatusCode, header};
use std::fmt::Write;
use std::io;
use std::sync::Arc;

/// A story that was played.
pub struct Played {
    pub story: &'static Story,
    pub request: Request,
    pub status: StatusCode,
    /// The whole refusal but for its date and our field: what a client without why401 has.
    pub bare: String,
    /// What the tool prints.
    pub printed: Vec<String>,
    pub heard: Option<Heard>,
    pub ending: Ending,
}

/// What became of the repaired call.
pub enum Ending {
    Answered(Repaired, StatusCode),
    /// The fix cannot be followed, or there was none.
    Stuck(String),
}

impl Played {
    /// Whether the story came out as the table tells it.
    pub fn is_as_told(&self) -> bool {
        let named = self.heard.as_ref().map(|heard| heard.mistake.as_str());
        named == Some(self.story.mistake) && self.is_repaired()
    }

    /// A redirect, to a login page for example, is no repair.
    pub fn is_repaired(&self) -> bool {
        self.repaired_status()
            .is_some_and(|status| status.is_success())
    }

    pub fn repaired_status(&self) -> Option<StatusCode> {
        match self.ending {
            Ending::Answered(_, status) => Some(status),
            Ending::Stuck(_) => None,
        }
    }
}

/// A story whose refusal is there and whose fix is to be followed.
pub struct Refused {
    story: &'static Story,
    credential: Arc<Credential>,
    request: Request,
    response: Response,
    pub heard: Option<Heard>,
}

/// Plays it to its end.
///
/// # Errors
/// The exchange itself failed: nobody answered.
pub async fn play(story: &'static Story, stage: &Stage, client: &mut Client) -> io::Result<Played> {
    let refused = refuse(story, stage, client).await?;
    let ending = match &refused.heard {
        Some(heard) => follow(&heard.fix, &refused, stage, client).await?,
        None => Ending::Stuck("why401 says nothing".to_owned()),
    };
    Ok(Played {
        story,
        status: refused.response.status,
        bare: bare(&refused.response),
        printed: legacy::printed(&refused.request, &refused.response),
        request: refused.request,
        heard: refused.heard,
        ending,
    })
}

/// The first half: the mistake is made.
pub(super) async fn refuse(
    story: &'static Story,
    stage: &Stage,
    client: &mut Client,
) -> io::Result<Refused> {
    stage.bitbucket.clock.set(story.on);
    let credential = story
        .credential(&stage.bitbucket)
        .ok_or_else(|| io::Error::other("the sandbox has no such credential"))?;
    let request = story.request(&credential);
    for _ in 0..story.after {
        client.send(&request).await?;
    }
    let response = client.send(&request).await?;
    Ok(Refused {
        heard: Heard::of(&response.headers),
        story,
        credential,
        request,
        response,
    })
}

/// The second half: somebody follows the text of a fix.
pub(super) async fn follow(
    fix: &str,
    refused: &Refused,
    stage: &Stage,
    client: &mut Client,
) -> io::Result<Ending> {
    let person = Person {
        bitbucket: &stage.bitbucket,
        at_hand: refused.credential.clone(),
    };
    stage.bitbucket.clock.set(refused.story.on);
    match repair(fix, &refused.request, &person) {
        Ok(repaired) => {
            let clock = &stage.bitbucket.clock;
            clock.set(clock.now() + repaired.wait);
            let answer = client.send(&repaired.request).await?;
            Ok(Ending::Answered(repaired, answer.status))
        }
        Err(unclear) => Ok(Ending::Stuck(unclear.to_string())),
    }
}

/// Fields by name, so that two refusals compare byte for byte.
fn bare(response: &Response) -> String {
    let ours = [header::DATE, X_AUTH_DIAGNOSIS];
    let mut fields: Vec<String> = response
        .headers
        .iter()
        .filter(|(name, _)| !ours.contains(name))
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    fields.sort();
    let mut text = format!("{}\n{}\n", response.status, fields.concat());
    let _ = write!(text, "{}", String::from_utf8_lossy(&response.body));
    text
}
