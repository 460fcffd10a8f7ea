//! Workload identity federation: a token of somewhere else for one of Google.

mod aws;
mod certificates;
#[cfg(unix)]
mod executable;

use std::fs;
use std::path::Path;

use grantkit::prelude::*;
use grantkit_providers::google::{ExternalAccount, GoogleCredentials};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::token_service::{Received, TokenService, form_headers, headers};

const AUDIENCE: &str = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

fn exchanged() -> (u16, Value) {
    let answer = json!({
        "access_token": "sts",
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "token_type": "Bearer",
        "expires_in": 3600,
    });
    (200, answer)
}

fn text((status, answer): &(u16, Value)) -> (u16, String) {
    (*status, answer.to_string())
}

fn file(service: &TokenService, source: &Value) -> Value {
    json!({
        "type": "external_account",
        "audience": AUDIENCE,
        "subject_token_type": JWT,
        "token_url": service.url("/v1/token"),
        "credential_source": source,
    })
}

fn account(file: &Value) -> ExternalAccount {
    ExternalAccount::from_json(&file.to_string()).unwrap().scopes("a b")
}

fn parameters(request: &Received) -> Vec<(String, String)> {
    form_urlencoded::parse(request.body.as_bytes()).into_owned().collect()
}

fn parameter(request: &Received, name: &str) -> String {
    parameters(request).into_iter().find(|(other, _)| other == name).unwrap().1
}

fn written(directory: &Path, name: &str, content: &str) -> String {
    let path = directory.join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn exact_exchange_of_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "token", " subject \n");
    let service = TokenService::answering([exchanged()]).await;
    let token =
        account(&file(&service, &json!({ "file": path }))).quota_project_id("billing").get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "sts");
    assert_eq!(token.request_headers()[0].1, "billing");
    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/v1/token"));
    assert_eq!(request.headers, form_headers());
    let expected = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "subject"),
        ("subject_token_type", JWT),
        ("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("scope", "a b"),
        ("audience", AUDIENCE),
    ];
    assert_eq!(parameters(&request), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

/// As google-auth's client of the token service has it with `request_body`: the secret comes last.
#[tokio::test]
async fn exact_exchange_with_the_secret_in_the_body() {
    let service = TokenService::answering([exchanged()]).await;
    let client = Client::builder().client_id("sts-client").client_secret_post("sts-secret");
    let client = client.token_endpoint(&service.url("/v1/token")).unwrap().build();
    let exchange = client
        .token_exchange(grantkit::grant::SecurityToken::jwt("subject"))
        .actor(grantkit::grant::SecurityToken::jwt("actor"))
        .requested_token_type(grantkit::token::TokenTypeIdentifier::ACCESS_TOKEN)
        .audience("//iam.googleapis.com/p")
        .resource("https://resource.example")
        .scope("a");
    exchange.get_token().await.unwrap();
    let request = service.only();
    assert!(!request.headers.iter().any(|(name, _)| name == "authorization"), "{request:?}");
    let sent = parameters(&request);
    let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let jwt = "urn:ietf:params:oauth:token-type:jwt";
    assert_eq!(
        sent,
        [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", "subject"),
            ("subject_token_type", jwt),
            ("actor_token", "actor"),
            ("actor_token_type", jwt),
            ("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("scope", "a"),
            ("audience", "//iam.googleapis.com/p"),
            ("resource", "https://resource.example"),
            ("client_id", "sts-client"),
            ("client_secret", "sts-secret"),
        ]
    );
}

#[tokio::test]
async fn file_in_json() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "token", r#"{ "id_token": "subject" }"#);
    let service = TokenService::answering([exchanged()]).await;
    let source = |field: &str| json!({ "file": path, "format": { "type": "json", "subject_token_field_name": field } });
    account(&file(&service, &source("id_token"))).get_token().await.unwrap();
    assert_eq!(parameter(&service.only(), "subject_token"), "subject");
    // Written by PowerShell.
    for (name, text, format) in [
        (
            "marked.json",
            "\u{feff}{ \"id_token\": \"subject\" }",
            json!({ "type": "json", "subject_token_field_name": "id_token" }),
        ),
        ("marked.txt", "\u{feff}subject\r\n", json!({ "type": "text" })),
    ] {
        let service = TokenService::answering([exchanged()]).await;
        let path = written(directory.path(), name, text);
        account(&file(&service, &json!({ "file": path, "format": format }))).get_token().await.unwrap();
        assert_eq!(parameter(&service.only(), "subject_token"), "subject", "{name}");
    }
    let error = account(&file(&service, &source("access_token"))).get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("has no \"access_token\""), "{error}");
}

#[tokio::test]
async fn url_with_headers() {
    let service =
        TokenService::answering_text([(200, r#"{ "access_token": "subject" }"#.to_owned()), text(&exchanged())]).await;
    let source = json!({
        "url": service.url("/metadata/identity?resource=x"),
        "headers": { "Metadata": "True" },
        "format": { "type": "json", "subject_token_field_name": "access_token" },
    });
    account(&file(&service, &source)).get_token().await.unwrap();
    let received = service.received();
    assert_eq!(
        (received[0].method.as_str(), received[0].path_and_query.as_str()),
        ("GET", "/metadata/identity?resource=x")
    );
    assert_eq!(received[0].headers, headers([("accept", "application/json"), ("metadata", "True")]));
    assert_eq!(parameter(&received[1], "subject_token"), "subject");
}

#[tokio::test]
async fn impersonation_of_a_service_account() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "impersonation", "subject");
    let generated = json!({ "accessToken": "ya29.t", "expireTime": "2126-01-02T03:04:05Z" });
    let service = TokenService::answering([exchanged(), (200, generated)]).await;
    let mut file = file(&service, &json!({ "file": path }));
    let url = service.url("/v1/projects/-/serviceAccounts/t@acme.example:generateAccessToken");
    file["service_account_impersonation_url"] = json!(url);
    file["service_account_impersonation"] = json!({ "token_lifetime_seconds": 2800 });
    let token = account(&file).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.t");
    let received = service.received();
    assert_eq!(parameter(&received[0], "scope"), "https://www.googleapis.com/auth/iam");
    assert!(received[1].headers.contains(&("authorization".to_owned(), "Bearer sts".to_owned())));
    assert_eq!(
        serde_json::from_str::<Value>(&received[1].body).unwrap(),
        json!({ "delegates": [], "scope": ["a", "b"], "lifetime": "2800s" })
    );
}

#[tokio::test]
async fn workforce_pool_names_its_project() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "workforce", "subject");
    let service = TokenService::answering([exchanged()]).await;
    let mut file = file(&service, &json!({ "file": path }));
    file["workforce_pool_user_project"] = json!("acme");
    let error = ExternalAccount::from_json(&file.to_string()).unwrap_err();
    assert!(error.to_string().contains("`workforce_pool_user_project` is for workforce pools"), "{error}");
    file["audience"] = json!("//iam.googleapis.com/locations/global/workforcePools/p/providers/q");
    account(&file).get_token().await.unwrap();
    assert_eq!(parameter(&service.only(), "options"), "%7B%22userProject%22%3A%22acme%22%7D");
    // With a client, the client says it.
    file["client_id"] = json!("c");
    file["client_secret"] = json!("s");
    account(&file).get_token().await.unwrap();
    let request = service.received().remove(1);
    assert!(!request.body.contains("options="), "{}", request.body);
    assert!(request.headers.contains(&("authorization".to_owned(), "Basic Yzpz".to_owned())));
}

#[tokio::test]
async fn sources_are_exactly_one() {
    let service = TokenService::answering([exchanged()]).await;
    for source in [json!({}), json!({ "file": "/a", "url": "https://b.example" })] {
        let error = ExternalAccount::from_json(&file(&service, &source).to_string()).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("exactly one of"), "{error}");
    }
    // Plain http is for metadata servers.
    let error = ExternalAccount::from_json(&file(&service, &json!({ "url": "http://idp.example/token" })).to_string());
    assert!(error.unwrap_err().to_string().contains("must be https"));
    ExternalAccount::from_json(&file(&service, &json!({ "url": "http://169.254.169.254/metadata" })).to_string())
        .unwrap();
}

#[tokio::test]
async fn errors_of_the_exchange_are_those_of_the_server() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "errors", "subject-canary");
    let answer = crate::token_service::oauth_error(400, "invalid_target", "for subject-canary");
    let service = TokenService::answering([answer]).await;
    let error = account(&file(&service, &json!({ "file": path }))).get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_target"));
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[tokio::test]
async fn by_name_and_by_any_type() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "any", "subject");
    let service = TokenService::answering([exchanged()]).await;
    let file = file(&service, &json!({ "file": path })).to_string();
    assert_eq!(GoogleCredentials::from_json(&file).unwrap().kind(), "external_account");
    let settings = ProviderSettings::new().with("credentials_json", file).with("scopes", vec!["a"]);
    assert_eq!(crate::google::client(settings).get_token().await.unwrap().access_token().secret(), "sts");
}

#[tokio::test]
async fn accounts_share_no_token() {
    let service = TokenService::answering([exchanged()]).await;
    let base = file(&service, &json!({ "file": "/a" }));
    let one = account(&base).fingerprint();
    assert_eq!(one, account(&base).fingerprint());
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut other = base.clone();
        change(&mut other);
        account(&other).fingerprint()
    };
    for other in [
        changed(&|file| file["audience"] = json!("//iam.googleapis.com/other")),
        changed(&|file| file["credential_source"] = json!({ "file": "/b" })),
        changed(&|file| file["token_url"] = json!("https://sts.example/v1/token")),
        changed(&|file| file["quota_project_id"] = json!("p")),
        account(&base).scopes("c").fingerprint(),
        account(&base).impersonate("t@acme.example").fingerprint(),
    ] {
        assert_ne!(one, other);
    }
}
