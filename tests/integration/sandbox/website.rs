//! bitbucket.org beside git: logins, archives, and the door to the API that was closed.

use super::{LATE, Sandbox, WEB, basic, bearer};
use http::header::LOCATION;
use time::macros::utc_datetime;
use why401::sandbox::credential::{Kind, State};
use why401::sandbox::hosts;

const ARCHIVE: &str = "/acme/website/get/main.tar.gz";

#[tokio::test]
async fn an_archive_takes_some_credentials_and_sends_the_rest_to_the_login() {
    let sandbox = Sandbox::at(LATE).await;
    let oauth = sandbox.secret(Kind::OauthAccessToken, State::Good);
    let api = sandbox.secret(Kind::ApiToken, State::Good);
    for taken in [bearer(&oauth), basic("j.doe@acme.example", &api)] {
        let said = sandbox.get(WEB, ARCHIVE, taken).await;
        // Without git there is nothing to pack.
        let expected = if sandbox.0.has_git() { 200 } else { 404 };
        assert_eq!(said.status, expected, "{}", said.text);
    }
    for refused in [None, basic("x-token-auth", &oauth), basic("jdoe", &api)] {
        let said = sandbox.get(WEB, ARCHIVE, refused).await;
        assert_eq!((said.status, said.text.as_str()), (302, ""));
        let location = said.headers[LOCATION].to_str().unwrap();
        assert!(
            location.starts_with("https://bitbucket.org/account/signin/?next="),
            "{location}"
        );
    }
    let query = format!("{ARCHIVE}?access_token={oauth}");
    assert_eq!(sandbox.get(WEB, &query, None).await.status, 403);
}

#[tokio::test]
async fn a_page_knows_no_tokens() {
    let sandbox = Sandbox::at(LATE).await;
    let token = sandbox.secret(Kind::RepoAccessToken, State::Good);
    let said = sandbox
        .get(WEB, "/acme/website", basic("x-token-auth", &token))
        .await;
    assert_eq!(said.status, 403);
    assert!(
        said.text
            .contains("does not support token-based authentication")
    );
    let public = sandbox.get(WEB, "/acme/handbook/src/main/", None).await;
    assert_eq!(public.status, 200);
}

#[tokio::test]
async fn an_app_that_is_set_up_wrongly_is_told_so_before_the_login() {
    let sandbox = Sandbox::at(LATE).await;
    let key = &sandbox
        .credential(Kind::OauthConsumer, State::Good)
        .username;
    let page = format!("/site/oauth2/authorize?client_id={key}&response_type=code");
    assert_eq!(sandbox.get(WEB, &page, None).await.status, 302);
    let wrong = format!("{page}&redirect_uri=https%3A%2F%2Fexample.com%2F");
    let said = sandbox.get(WEB, &wrong, None).await;
    assert!(said.text.contains("Invalid redirect_uri"), "{}", said.text);
}

#[tokio::test]
async fn the_apis_second_door_takes_no_credentials_since_change_3052() {
    let status = |date| async move {
        let sandbox = Sandbox::at(date).await;
        let token = sandbox.secret(Kind::OauthAccessToken, State::Good);
        let said = sandbox.get(WEB, "/api/2.0/user", bearer(&token)).await;
        said.status
    };
    assert_eq!(status(utc_datetime!(2026-05-03 12:00)).await, 200);
    assert_eq!(status(LATE).await, 401);
}

#[tokio::test]
async fn a_download_is_signed_by_its_address_and_refuses_a_credential_beside_it() {
    let sandbox = Sandbox::at(LATE).await;
    let token = sandbox.secret(Kind::ApiToken, State::Good);
    let login = basic("j.doe@acme.example", &token);
    let path = "/2.0/repositories/acme/website/downloads/app.zip";
    let said = sandbox.get(hosts::API, path, login.clone()).await;
    assert_eq!(said.status, 302, "{}", said.text);
    let location = said.headers[LOCATION].to_str().unwrap();
    let path = location
        .strip_prefix(&format!("https://{}", hosts::FILES))
        .unwrap();
    assert_eq!(sandbox.get(hosts::FILES, path, None).await.status, 200);
    let both = sandbox.get(hosts::FILES, path, login).await;
    assert_eq!(both.status, 400);
    assert!(both.text.contains("Only one auth mechanism allowed"));
}
