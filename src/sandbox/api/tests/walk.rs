//! Every operation with the least scopes, and with one of them missing.

use super::*;
use crate::sandbox::operations::{Callers, Gone};
use http::StatusCode;
use serde_json::json;

const KINDS: [Kind; 6] = [
    Kind::ApiToken,
    Kind::OauthAccessToken,
    Kind::RepoAccessToken,
    Kind::ProjectAccessToken,
    Kind::WorkspaceAccessToken,
    Kind::ConnectJwt,
];

#[test]
fn every_operation_works_with_its_least_scopes_and_not_with_one_less() {
    let mut worked = std::collections::HashSet::new();
    for operation in current() {
        for kind in KINDS {
            let required = scopes_for(operation, kind);
            let possible = every_scope(kind);
            let grantable = |scope: &&str| possible.iter().any(|known| known == scope);
            if !may_call(operation, kind) || !required.iter().all(grantable) {
                continue;
            }
            works(operation, kind, required);
            worked.insert((&operation.method, operation.path));
            for lacking in required {
                fails(operation, kind, required, lacking);
            }
        }
    }
    assert_eq!(worked.len(), 293);
}

fn current() -> impl Iterator<Item = &'static Operation> {
    operations::all()
        .iter()
        .filter(|operation| operation.gone == Gone::No)
}

fn scopes_for(operation: &Operation, kind: Kind) -> &[&'static str] {
    match kind {
        Kind::ApiToken => &operation.granular,
        _ => &operation.classic,
    }
}

fn may_call(operation: &Operation, kind: Kind) -> bool {
    let bound_to_less = match kind {
        Kind::RepoAccessToken => !operation.path.contains("{repo_slug}"),
        _ => false,
    };
    match operation.callers {
        Callers::App => kind == Kind::ConnectJwt,
        Callers::Person => !kind.is_access_token(),
        Callers::All | Callers::Known => !bound_to_less,
    }
}

/// The path of the operation among the things that exist.
fn target(operation: &Operation) -> String {
    let fill = |part: &str| {
        match part {
            "{workspace}" | "{username}" => "acme",
            "{repo_slug}" => "website",
            "{project_key}" => "WEB",
            "{selected_user}" | "{selected_user_id}" | "{target_username}" | "{member}" => "jdoe",
            "{email}" => world::EMAIL,
            "{path}" => "README.md",
            "{name}" | "{commit}" | "{revision}" => "main",
            "{subject_type}" => "repository",
            part if part.starts_with('{') => "1",
            part => return part.to_owned(),
        }
        .to_owned()
    };
    let parts: Vec<_> = operation.path.split('/').map(fill).collect();
    format!("/2.0{}", parts.join("/"))
}

fn works(operation: &Operation, kind: Kind, scopes: &[&str]) {
    let about = format!("{kind:?} {} {}", operation.method, operation.path);
    let credential = holding(kind, scopes);
    let answer = ask(
        &bitbucket(),
        &credential,
        operation.method.clone(),
        &target(operation),
    );
    assert_eq!(answer.status, operation.status, "{about}: {answer:?}");
    let expected = [
        StatusCode::OK,
        StatusCode::CREATED,
        StatusCode::NO_CONTENT,
        StatusCode::FOUND,
    ];
    assert!(expected.contains(&answer.status), "{about}");
    assert_eq!(
        header(&answer, "x-credential-type"),
        kind.credential_type(),
        "{about}"
    );
    has_its_type(operation, &answer, &about);
}

fn has_its_type(operation: &Operation, answer: &Answer, about: &str) {
    let shape = operation.answer.split('|').next().unwrap();
    if let Some(shape) = content::list_of(shape) {
        let page = json(answer);
        assert_eq!(page["page"], 1, "{about}");
        let first = &page["values"][0];
        assert!(page["pagelen"].is_u64() && first.is_object(), "{about}");
        has_type(shape, first, about);
    } else if answer.status == StatusCode::FOUND {
        assert!(header(answer, "location").is_some(), "{about}");
    } else if shape == "-" {
        assert!(answer.body.is_empty(), "{about}");
    } else if shape == "src" || shape.starts_with('=') {
        assert!(!answer.body.is_empty(), "{about}");
    } else {
        has_type(shape, &json(answer), about);
    }
}

/// Most types are named as their `type`; some have none, some share one.
fn has_type(shape: &str, value: &Value, about: &str) {
    let named = match shape {
        "activity"
        | "application_property"
        | "client_key"
        | "hook_event"
        | "json_web_keys"
        | "merge_task_status"
        | "openid_configuration"
        | "subject_types" => return,
        "me" => "user",
        "ref" => "branch",
        "effective_branching_model" => "branching_model",
        "default_reviewer_and_type" => "default_reviewer",
        "pipelines_config" => "repository_pipelines_configuration",
        "pipeline_schedule_execution" => "pipeline_schedule_execution_executed",
        "test_report" => "pipeline_step_test_report",
        "test_case" => "pipeline_step_test_case",
        "test_case_reason" => "pipeline_step_test_case_reason",
        same => same,
    };
    assert_eq!(value["type"], named, "{about}");
}

fn fails(operation: &Operation, kind: Kind, required: &[&str], lacking: &str) {
    let about = format!(
        "{kind:?} {} {} without {lacking}",
        operation.method, operation.path
    );
    let others: Vec<&str> = required
        .iter()
        .copied()
        .filter(|scope| *scope != lacking)
        .collect();
    let credential = holding(kind, &others);
    let answer = ask(
        &bitbucket(),
        &credential,
        operation.method.clone(),
        &target(operation),
    );
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{about}");
    let expected = json!({"granted": others, "required": required});
    assert_eq!(json(&answer)["error"]["detail"], expected, "{about}");
    let accepted = Some(operation.classic.join(", ")).filter(|scopes| !scopes.is_empty());
    assert_eq!(
        header(&answer, "x-accepted-oauth-scopes"),
        accepted.as_deref(),
        "{about}"
    );
}
