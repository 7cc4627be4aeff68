//! What the calls that everybody makes are answered with.

use super::*;
use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE};

const WEBSITE: &str = "/2.0/repositories/acme/website";

fn post(target: &str, content_type: &str, body: &[u8]) -> Answer {
    let bitbucket = bitbucket();
    let token = bitbucket.store.first(Kind::ApiToken, State::Good).unwrap();
    let mut call = call_by(&token, Method::POST, target);
    call.headers
        .insert(CONTENT_TYPE, content_type.parse().unwrap());
    answer(&call, body, &bitbucket)
}

#[test]
fn a_user_is_who_the_token_belongs_to() {
    let user = json(&get("/2.0/user"));
    assert_eq!(user["type"], "user");
    assert_eq!(user["display_name"], "Jane Doe");
    let uuid = user["uuid"].as_str().unwrap();
    assert!(uuid.starts_with('{') && uuid.ends_with('}'), "{uuid}");
    let emails = json(&get("/2.0/user/emails"));
    assert_eq!(emails["values"][0]["email"], world::EMAIL);
    assert_eq!(emails["values"][0]["is_primary"], true);
    let missing = get("/2.0/user/emails/nobody@acme.example");
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[test]
fn workspaces_are_those_of_the_user() {
    let workspaces = json(&get("/2.0/user/workspaces"));
    assert_eq!(workspaces["values"][0]["workspace"]["slug"], "acme");
    assert_eq!(workspaces["size"], 3);
    let members = json(&get("/2.0/workspaces/acme/members"));
    assert_eq!(members["values"][0]["user"]["nickname"], "jdoe");
    let projects = json(&get("/2.0/workspaces/acme/projects"));
    assert_eq!(projects["values"][1]["key"], "OPS");
    assert_eq!(
        get("/2.0/workspaces/acme/projects/NONE").status,
        StatusCode::NOT_FOUND
    );
}

#[test]
fn things_are_found_by_name_and_by_uuid_encoded_or_not() {
    let workspace = world::workspace("acme").unwrap().uuid();
    let repository = world::repository_at("acme", "website").unwrap().uuid();
    let encode = |uuid: &str| uuid.replace('{', "%7B").replace('}', "%7d");
    for path in [
        format!("acme/{repository}"),
        format!("{workspace}/website"),
        format!("{}/{}", encode(&workspace), encode(&repository)),
        "acme/website/".to_owned(),
        "acme/website.git".to_owned(),
    ] {
        let found = json(&get(&format!("/2.0/repositories/{path}")));
        assert_eq!(found["full_name"], "acme/website", "{path}");
        assert_eq!(
            found["links"]["self"]["href"],
            format!("https://api.bitbucket.org{WEBSITE}"),
            "{path}"
        );
    }
    let user = json(&get("/2.0/user"))["uuid"].as_str().unwrap().to_owned();
    let found = json(&get(&format!("/2.0/users/{}", encode(&user))));
    assert_eq!(found["nickname"], "jdoe");
}

#[test]
fn repositories_say_whether_they_are_private() {
    let all = json(&get("/2.0/repositories/acme"));
    let privacy: Vec<_> = all["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["slug"].clone(),
                it["is_private"].clone(),
                it["project"]["key"].clone(),
            )
        })
        .collect();
    assert_eq!(
        privacy,
        [
            ("website".into(), true.into(), "WEB".into()),
            ("handbook".into(), false.into(), "WEB".into()),
            ("deployment".into(), true.into(), "OPS".into()),
        ]
    );
}

#[test]
fn pull_requests_have_their_numbers_and_states() {
    let closed = json(&get(&format!("{WEBSITE}/pullrequests/7")));
    assert_eq!(
        (&closed["id"], &closed["state"]),
        (&7.into(), &"DECLINED".into())
    );
    assert_eq!(
        get(&format!("{WEBSITE}/pullrequests/24")).status,
        StatusCode::NOT_FOUND
    );
    let comments = json(&get(&format!("{WEBSITE}/pullrequests/9/comments")));
    assert_eq!(comments["values"][0]["pullrequest"]["id"], 9);
    let merged = post(
        &format!("{WEBSITE}/pullrequests/9/merge"),
        "application/json",
        b"{}",
    );
    assert_eq!(json(&merged)["state"], "MERGED");
    let approved = post(
        &format!("{WEBSITE}/pullrequests/9/approve"),
        "application/json",
        b"",
    );
    assert_eq!(json(&approved)["state"], "approved");
}

#[test]
fn the_difference_of_a_pull_request_is_the_repositorys() {
    for kind in ["diff", "diffstat", "patch", "conflicts"] {
        let answer = get(&format!("{WEBSITE}/pullrequests/9/{kind}"));
        assert_eq!(answer.status, StatusCode::FOUND, "{kind}");
        let location = header(&answer, "location").unwrap();
        let target = location.strip_prefix("https://api.bitbucket.org").unwrap();
        assert_eq!(get(target).status, StatusCode::OK, "{target}");
    }
}

#[test]
fn commits_are_found_by_branch_and_pipelines_by_number() {
    let commits = json(&get(&format!("{WEBSITE}/commits")));
    let head = &commits["values"][0]["hash"];
    assert_eq!(&json(&get(&format!("{WEBSITE}/commit/main")))["hash"], head);
    let third = commits["values"][2]["hash"].as_str().unwrap();
    let found = json(&get(&format!("{WEBSITE}/commit/{third}")));
    assert_eq!(found, commits["values"][2]);
    let short = json(&get(&format!("{WEBSITE}/commit/{}", &third[..12])));
    assert_eq!(short, found);
    let pipelines = json(&get(&format!("{WEBSITE}/pipelines")));
    let by_number = json(&get(&format!("{WEBSITE}/pipelines/3")));
    assert_eq!(by_number, pipelines["values"][2]);
    assert_eq!(by_number["build_number"], 3);
}

#[test]
fn downloads_and_logs_lie_on_another_host() {
    for path in [
        "downloads/notes%20of%20today.txt",
        "pipelines/1/steps/1/log",
    ] {
        let answer = get(&format!("{WEBSITE}/{path}"));
        assert_eq!(answer.status, StatusCode::FOUND, "{path}");
        assert!(answer.body.is_empty(), "{path}");
        let location = header(&answer, "location").unwrap();
        assert!(
            location.starts_with("https://bbuseruploads.s3.amazonaws.com/"),
            "{location}"
        );
        assert!(location.contains("X-Amz-Signature="), "{location}");
    }
}

#[test]
fn text_is_not_given_to_clients_that_take_only_json() {
    let bitbucket = bitbucket();
    let token = bitbucket.store.first(Kind::ApiToken, State::Good).unwrap();
    for path in ["diff/main", "pipelines/1/steps/1/log"] {
        let status = |accept: &str| {
            let mut call = call_by(&token, Method::GET, &format!("{WEBSITE}/{path}"));
            call.headers.insert(ACCEPT, accept.parse().unwrap());
            answer(&call, b"", &bitbucket).status
        };
        assert_eq!(status("application/json"), StatusCode::NOT_ACCEPTABLE);
        assert!(!status("application/json, */*").is_client_error());
        assert!(!status("text/plain").is_client_error());
    }
}

#[test]
fn a_repository_has_files_and_folders() {
    let root = json(&get(&format!("{WEBSITE}/src")));
    let paths: Vec<_> = root["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["type"].clone(), it["path"].clone()))
        .collect();
    assert_eq!(
        paths,
        [
            ("commit_directory".into(), "src".into()),
            ("commit_file".into(), "README.md".into()),
            ("commit_file".into(), "bitbucket-pipelines.yml".into()),
            ("commit_file".into(), "build.sh".into()),
        ]
    );
    let folder = json(&get(&format!("{WEBSITE}/src/main/src/")));
    assert_eq!(folder["values"][0]["path"], "src/app.js");
    let file = get(&format!("{WEBSITE}/src/main/src/app.js"));
    assert_eq!(file.body, "console.log(\"hello\");\n");
    let meta = json(&get(&format!("{WEBSITE}/src/main/src/app.js?format=meta")));
    assert_eq!(meta["size"], file.body.len());
    let missing = get(&format!("{WEBSITE}/src/main/none.txt"));
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[test]
fn what_is_sent_shows_in_what_is_created() {
    let title = br#"{"title": "A better title", "type": "nonsense", "unknown": 1}"#;
    let created = post(
        &format!("{WEBSITE}/pullrequests"),
        "application/json",
        title,
    );
    assert_eq!(created.status, StatusCode::CREATED);
    let created = json(&created);
    assert_eq!(created["title"], "A better title");
    assert_eq!(created["type"], "pullrequest");
    assert_eq!(created.get("unknown"), None);
    let fresh = post(
        "/2.0/repositories/acme/brand-new",
        "application/json",
        b"{}",
    );
    assert_eq!(json(&fresh)["full_name"], "acme/brand-new");
}

#[test]
fn bodies_that_are_no_json_are_refused_where_json_is_taken() {
    let pull_requests = format!("{WEBSITE}/pullrequests");
    for body in [b"title=x".as_slice(), b"{", b"\"text\"", b"\xff"] {
        let answer = post(&pull_requests, "application/json", body);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body:?}");
        assert_eq!(json(&answer)["type"], "error");
    }
    let form = post(
        &format!("{WEBSITE}/downloads"),
        "multipart/form-data; boundary=x",
        b"--x--\r\n",
    );
    assert_eq!(form.status, StatusCode::CREATED);
}
