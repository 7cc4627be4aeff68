//! Fixes are understood, and lead to the request that they describe.

use super::phrases::read;
use super::*;
use crate::demo::request::{Sent, Surface, Tool};
use crate::demo::stories::STORIES;
use crate::diagnosis::registry;
use crate::sandbox::Bitbucket;
use crate::sandbox::clock::Clock;
use crate::sandbox::credential::{Credential, State};
use crate::sandbox::reading::Reading;
use std::sync::Arc;

/// What nobody can do as a client.
const NOT_FOR_CLIENTS: &str = "Stop making this call";

fn bitbucket() -> Bitbucket {
    Bitbucket::new(Clock::of_today(), Reading::default())
}

fn request(sent: Sent) -> Request {
    Request {
        surface: Surface::Rest,
        tool: Tool::Curl,
        target: "/2.0/repositories/acme/website".to_owned(),
        sent,
    }
}

fn repaired(fix: &str, sends: impl Fn(&Credential) -> Sent) -> Result<Request, Unclear> {
    let bitbucket = bitbucket();
    let at_hand = bitbucket.store.first(Kind::ApiToken, State::Good).unwrap();
    let request = request(sends(&at_hand));
    let person = Person {
        bitbucket: &bitbucket,
        at_hand,
    };
    repair(fix, &request, &person).map(|repaired| repaired.request)
}

#[test]
fn every_fix_of_every_finding_with_a_story_is_understood() {
    for rule in registry::RULES {
        if !STORIES.iter().any(|story| story.mistake == rule.slug) {
            continue;
        }
        for advice in rule
            .advice
            .iter()
            .filter(|advice| !advice.fix.starts_with(NOT_FOR_CLIENTS))
        {
            let fix = advice
                .fix
                .replace("{form}", "Basic base64(ACCOUNT_EMAIL:API_TOKEN)")
                .replace("{api_token_form}", "x-bitbucket-api-token-auth:API_TOKEN")
                .replace("{missing}", "read:user:bitbucket")
                .replace("{replacement}", "/2.0/user/workspaces");
            assert!(!read(&fix, false).is_empty(), "{}: {fix}", rule.slug);
        }
    }
}

#[test]
fn a_text_that_asks_for_nothing_repairs_nothing() {
    let sends = |it: &Credential| Sent::basic("jdoe", &it.secret);
    assert_eq!(
        repaired("Check your password.", sends),
        Err(Unclear::Nothing)
    );
}

#[test]
fn what_was_written_by_hand_needs_a_whole_form() {
    let sends = |it: &Credential| Sent::AsWritten(format!("Basic {}:{}", it.email, it.secret));
    assert_eq!(
        repaired("Send this token as Bearer.", sends),
        Err(Unclear::Secret)
    );
    assert_eq!(
        repaired("Use x-token-auth as user name.", sends),
        Err(Unclear::Secret)
    );
    let whole = "Encode the pair: send Basic base64(ACCOUNT_EMAIL:API_TOKEN).";
    assert!(matches!(
        repaired(whole, sends),
        Ok(Request {
            sent: Sent::Basic { .. },
            ..
        })
    ));
}

#[test]
fn a_secret_stays_unless_the_fix_says_so() {
    let cut = |it: &Credential| Sent::basic("jdoe", &it.secret[..100]);
    let user_only = repaired("Use the Bitbucket username, not the email.", cut).unwrap();
    assert_eq!(user_only.sent.secret().unwrap().len(), 100);
    let again = repaired("Copy it again, on one line.", cut).unwrap();
    assert_eq!(again.sent.secret().unwrap().len(), 192);
}

#[test]
fn scopes_are_read_from_the_sentence() {
    let more = |fix| match read(fix, true).pop() {
        Some(Change::MoreScopes(scopes) | Change::Scopes(scopes)) => scopes,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        more(
            "Create a new API token that also has a:b and c:d: an existing one's scopes cannot be changed."
        ),
        ["a:b", "c:d"]
    );
    assert_eq!(
        more(
            "Add repository to the OAuth consumer, then get a new token (people authorize again)."
        ),
        ["repository"]
    );
    assert_eq!(
        more(
            "Create a new API token with read:a:b, to push also write:a:b: an existing one's cannot be changed."
        ),
        ["read:a:b", "write:a:b"]
    );
    assert_eq!(
        more(
            "Create a new access token with repository, to push also repository:write; how it was sent is right."
        ),
        ["repository", "repository:write"]
    );
}

#[test]
fn the_token_page_tells_whose_a_token_is() {
    let bitbucket = bitbucket();
    let at_hand = bitbucket
        .store
        .first(Kind::ApiToken, State::OtherAccount)
        .unwrap();
    let person = Person {
        bitbucket: &bitbucket,
        at_hand: Arc::clone(&at_hand),
    };
    let fix = "Check the token's scopes and expiry on its page.";
    let request = request(Sent::basic(&at_hand.email, &at_hand.secret));
    let repaired = repair(fix, &request, &person).unwrap().request;
    assert_eq!(
        repaired.sent,
        Sent::basic(at_hand.true_email(), &at_hand.secret)
    );
}
