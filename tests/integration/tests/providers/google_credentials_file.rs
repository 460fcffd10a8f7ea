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

    fn settings(&self) -> ProviderSettings {
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

/// As an editor or a script on Windows writes it; what is of no use here may be as it likes.
#[tokio::test]
async fn a_mark_before_the_file_and_an_odd_member_lose_nothing() {
    let service = TokenService::answering([bearer("t1")]).await;
    let odd = json!({ "account": 7, "expiry": { "seconds": 1 }, "token": [], "id_token": 7, "rapt_token": false });
    let file = File::new("marked", format!("\u{feff}{}", authorized_user(&odd)));
    client(file.settings().with("token_uri", service.url("/token"))).get_token().await.unwrap();
    assert!(service.only().body.contains("refresh_token=canary-token"));
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
        (
            "service",
            authorized_user(&json!({ "type": "service_account" })),
            "has no `client_email`: create the file anew",
        ),
        ("gdch", authorized_user(&json!({ "type": "gdch_service_account" })), "which is not supported"),
        ("other", authorized_user(&json!({ "type": "magic" })), "is of the type \"magic\", and only authorized_user, "),
        ("untyped", json!({ "client_id": "c" }).to_string(), "has no `type`"),
        ("secrets", json!({ "installed": { "client_id": "c" } }).to_string(), "describes an OAuth client"),
        ("pem", "-----BEGIN PRIVATE KEY-----\ncanary".to_owned(), "is a bare private key"),
        (
            "universe",
            authorized_user(&json!({ "universe_domain": "example.goog" })),
            "is for the universe \"example.goog\"",
        ),
        (
            "by position",
            r#"["authorized_user", {}, {}]"#.to_owned(),
            "is not the JSON object of a credentials file (line 1",
        ),
        ("list", "[]".to_owned(), "is not the JSON object of a credentials file (line 1"),
        ("text", "refresh_token = canary".to_owned(), "is not the JSON object of a credentials file (line 1"),
        ("number", authorized_user(&json!({ "client_secret": 7 })), "is not the JSON object of a credentials file"),
        ("cut", authorized_user(&json!({})).split_at(90).0.to_owned(), "is not the JSON object of a credentials file"),
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
fn p12_is_refused_with_the_cure() {
    let file = File::new("p12", [0x30, 0x82, 0x09, 0xa1, 0x02, 0x01, 0x03]);
    let said = refusal("google", file.settings());
    assert!(said.contains("is a key in the form P12: create one of the type JSON"), "{said}");
}

/// As google-auth writes them.
#[tokio::test]
async fn file_without_a_type_is_a_users() {
    let service = TokenService::answering([bearer("t1")]).await;
    let file = File::new("google-auth", authorized_user(&json!({ "type": null })));
    client(file.settings().with("token_uri", service.url("/token"))).get_token().await.unwrap();
    assert!(service.only().body.contains("refresh_token=canary-token"));
}

#[test]
fn credentials_come_from_one_place() {
    let file = File::new("one-place", authorized_user(&json!({})));
    let said = refusal("google", file.settings().with("credentials_json", "{}"));
    assert!(said.contains("`credentials_file` and `credentials_json` are given"), "{said}");
    let said = refusal("google", file.settings().with("refresh_token", "canary"));
    assert!(said.contains("`credentials_file` and `refresh_token` are given") && !said.contains("canary"), "{said}");
}

#[test]
fn file_of_another_type_is_named() {
    let file = File::new("typed", authorized_user(&json!({})));
    let error = grantkit_providers::google::ServiceAccount::from_file(&file.0).unwrap_err();
    assert!(
        error.to_string().contains("is of the type \"authorized_user\", and \"service_account\" is wanted"),
        "{error}"
    );
}
