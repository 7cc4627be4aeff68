//! The token endpoint: what it gives works, what it refuses says why.

use super::{LATE, Said, Sandbox, WEB, basic, bearer};
use crate::support::body;
use crate::support::client::API;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use time::UtcDateTime;
use time::macros::utc_datetime;
use why401::sandbox::credential::{Kind, State};

const REPOSITORY: &str = "/2.0/repositories/acme/website";
const REFS: &str = "/acme/website.git/info/refs?service=git-upload-pack";

impl Sandbox {
    async fn token(&self, state: State, form: &str) -> Said {
        let consumer = self.credential(Kind::OauthConsumer, state);
        let authorization = basic(&consumer.username, &consumer.secret);
        self.ask(authorization, "application/x-www-form-urlencoded", form)
            .await
    }

    async fn ask(&self, authorization: Option<String>, kind: &str, text: &str) -> Said {
        let mut request = Request::post("/site/oauth2/access_token").header(CONTENT_TYPE, kind);
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, value);
        }
        let request = request.body(body::full(text.to_owned())).unwrap();
        self.send(WEB, request).await
    }
}

fn refused(said: &Said, error: &str, description: &str) {
    assert_eq!(said.status, 400, "{}", said.text);
    let body = said.json();
    let words = (&body["error"], &body["error_description"]);
    assert_eq!(words, (&error.into(), &description.into()));
}

#[tokio::test]
async fn a_consumers_own_token_works_on_rest_and_git() {
    let sandbox = Sandbox::at(LATE).await;
    let said = sandbox
        .token(State::Good, "grant_type=client_credentials")
        .await;
    assert_eq!(said.status, 200, "{}", said.text);
    let given = said.json();
    assert_eq!(given["token_type"], "bearer");
    assert_eq!(given["expires_in"], 3600);
    assert!(given["scope"].as_str().unwrap().contains("repository"));
    assert_eq!(given.get("refresh_token"), None, "A14");
    let token = given["access_token"].as_str().unwrap();
    assert_eq!(
        sandbox.get(API, REPOSITORY, bearer(token)).await.status,
        200
    );
    let git = sandbox.get(WEB, REFS, basic("x-token-auth", token)).await;
    assert_eq!(git.status, 200, "{}", git.text);
    let user = sandbox.get(API, "/2.0/user", bearer(token)).await.json();
    assert_eq!(user["type"], "app_user", "A14");
}

#[tokio::test]
async fn a_token_ends_by_the_sandboxs_clock() {
    let sandbox = Sandbox::at(LATE).await;
    let said = sandbox
        .token(State::Good, "grant_type=client_credentials")
        .await;
    let token = said.json()["access_token"].as_str().unwrap().to_owned();
    sandbox
        .0
        .bitbucket
        .clock
        .set(utc_datetime!(2026-11-24 11:00));
    assert_eq!(
        sandbox.get(API, REPOSITORY, bearer(&token)).await.status,
        401
    );
}

#[tokio::test]
async fn a_code_and_each_refresh_token_are_good_for_one_answer() {
    let sandbox = Sandbox::at(LATE).await;
    let code = sandbox.secret(Kind::OauthCode, State::Good);
    let form = format!("grant_type=authorization_code&code={code}");
    let first = sandbox.token(State::Good, &form).await;
    let refresh = first.json()["refresh_token"].as_str().unwrap().to_owned();
    let again = sandbox.token(State::Good, &form).await;
    refused(&again, "invalid_grant", "The specified code is not valid.");

    let form = format!("grant_type=refresh_token&refresh_token={refresh}");
    let second = sandbox.token(State::Good, &form).await;
    assert_ne!(second.json()["refresh_token"], refresh.as_str());
    let token = second.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(
        sandbox.get(API, "/2.0/user", bearer(&token)).await.status,
        200
    );
    let spent = sandbox.token(State::Good, &form).await;
    refused(&spent, "invalid_request", "Invalid refresh_token");
}

#[tokio::test]
async fn before_change_3052_scopes_was_plural_and_refresh_tokens_stayed() {
    let sandbox = Sandbox::at(utc_datetime!(2026-01-15 0:00)).await;
    let refresh = sandbox.secret(Kind::OauthRefreshToken, State::Good);
    let form = format!("grant_type=refresh_token&refresh_token={refresh}");
    let given = sandbox.token(State::Good, &form).await.json();
    assert_eq!(given["refresh_token"], refresh.as_str());
    assert!(given["scopes"].is_string() && given.get("scope").is_none());
}

#[tokio::test]
async fn what_is_wrong_is_said_in_the_documented_words() {
    let sandbox = Sandbox::at(LATE).await;
    let own = "grant_type=client_credentials";
    let nobody = sandbox
        .ask(None, "application/x-www-form-urlencoded", own)
        .await;
    let words = "Requests must be authenticated using OAuth client credentials";
    refused(&nobody, "unauthorized_client", words);
    let revoked = sandbox.token(State::Revoked, own).await;
    refused(
        &revoked,
        "unauthorized_client",
        "Invalid OAuth client credentials",
    );
    let public = sandbox.token(State::Public, own).await;
    assert!(
        public.text.contains(r#"a consumer marked as \"public\""#),
        "{}",
        public.text
    );
    let json = r#"{"grant_type":"client_credentials"}"#;
    let json = sandbox.ask(None, "application/json", json).await;
    refused(
        &json,
        "unsupported_grant_type",
        "Unsupported grant type: None",
    );
}

#[tokio::test]
async fn the_password_grant_ended_with_account_passwords() {
    let at = |date: UtcDateTime| async move {
        let sandbox = Sandbox::at(date).await;
        let password = sandbox.secret(Kind::AccountPassword, State::Good);
        let form = format!("grant_type=password&username=jdoe&password={password}");
        sandbox.token(State::Good, &form).await
    };
    assert_eq!(at(utc_datetime!(2022-02-28 0:00)).await.status, 200);
    refused(
        &at(LATE).await,
        "unsupported_grant_type",
        "Unsupported grant type: password",
    );
}
