use std::fs;
use std::path::PathBuf;

use grantkit::prelude::*;
use serde_json::{Value, json};

use crate::google::client;
use crate::token_service::{TokenService, bearer};
use crate::{refusal, settings};

/// A file that is gone when the test is over.
struct File(PathBuf);

impl File {
    fn new(test: &str, content: impl AsRef<[u8]>) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}.json", std::process::id()));
        fs::write(&path, content).unwrap();
        Self(path)
    }

    fn settings(&self) -> Settings {
        settings([("credentials_file", self.0.to_str().unwrap())])
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// As gcloud writes it; null takes a member out.
fn authorized_user(changes: &Value) -> String {
    let mut file = json!({
        "account": "",
        "client_id": "file.apps.example",
        "client_secret": "canary-secret",
        "quota_project_id": "file-project",
        "refresh_token": "canary-token",
        "type": "authorized_user",
        "universe_domain": "googleapis.com",
    });
    for (name, value) in changes.as_object().unwrap() {
        file[name] = value.clone();
    }
    file.to_string()
}

#[tokio::test]
async fn the_file_gives_what_the_keys_would() {
    let service = TokenService::answering([bearer("t1")]).await;
    // A `token_uri` in the file is ignored, as in Google's own library: the key alone counts.
    let file = File::new("complete", authorized_user(&json!({ "token_uri": "https://evil.example/token" })));
    let token = client(file.settings().with("token_uri", service.url("/token"))).get_token().await.unwrap();
    assert_eq!(token.extra()["quota_project_id"], "file-project");
    assert_eq!(
        service.only().body,
        "grant_type=refresh_token&refresh_token=canary-token&client_id=file.apps.example&client_secret=canary-secret"
    );
}

#[tokio::test]
async fn keys_go_before_what_is_in_the_file() {
    for (in_file, given, sent) in [
        (json!("a b"), vec![], "&scope=a+b&"),
        (json!(["a", "b"]), vec![], "&scope=a+b&"),
        (json!("a b"), vec!["c"], "&scope=c&"),
    ] {
        let service = TokenService::answering([bearer("t1")]).await;
        let file = File::new("scopes", authorized_user(&json!({ "scopes": in_file })));
        let settings = file.settings().with("token_uri", service.url("/token")).with("quota_project_id", "key-project");
        let token = client(settings.with("scopes", given)).get_token().await.unwrap();
        assert!(service.only().body.contains(sent), "{}", service.only().body);
        assert_eq!(token.extra()["quota_project_id"], "key-project");
    }
}

#[test]
fn what_is_missing_in_the_file_is_listed_at_once() {
    let file = File::new(
        "missing",
        authorized_user(&json!({ "client_id": null, "client_secret": "", "refresh_token": null })),
    );
    let said = refusal("google", file.settings());
    assert!(said.contains(" has no `client_id`, `client_secret`, `refresh_token`"), "{said}");
    assert!(said.contains("missing-"), "{said}");
}

#[test]
fn what_is_no_authorized_user_is_refused() {
    for (test, text, expected) in [
        ("service", authorized_user(&json!({ "type": "service_account" })), "is of the type \"service_account\""),
        ("untyped", authorized_user(&json!({ "type": null })), "has no `type`"),
        (
            "universe",
            authorized_user(&json!({ "universe_domain": "example.goog" })),
            "is for the universe \"example.goog\"",
        ),
        ("list", "[]".to_owned(), "is not the JSON object of an authorized user (line 1"),
        ("text", "refresh_token = canary".to_owned(), "is not the JSON object of an authorized user (line 1"),
        ("number", authorized_user(&json!({ "client_secret": 7 })), "is not the JSON object of an authorized user"),
        ("cut", authorized_user(&json!({})).split_at(90).0.to_owned(), "is not the JSON object of an authorized user"),
    ] {
        let file = File::new(test, text);
        let said = refusal("google", file.settings());
        assert!(said.contains("is wrong; `credentials_file`: \"") && said.contains(expected), "{test}: {said}");
        assert!(!said.contains("canary"), "{said}");
    }
}

#[test]
fn a_file_that_is_not_there() {
    let said = refusal("google", settings([("credentials_file", "/nowhere/adc.json")]));
    assert!(said.contains("`credentials_file`: \"/nowhere/adc.json\" cannot be read: "), "{said}");
    assert!(refusal("google", settings([("credentials_file", "")])).contains("empty: `credentials_file`"));
}

#[test]
fn the_file_or_the_three() {
    for key in ["client_id", "client_secret", "refresh_token"] {
        let said = refusal("google", settings([("credentials_file", "/nowhere/adc.json"), (key, "canary")]));
        assert!(said.contains("give the file or the three") && !said.contains("canary"), "{said}");
    }
}
