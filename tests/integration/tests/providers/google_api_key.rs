//! Google without a token: an API key, and nothing at all; and what goes with tokens besides.

use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_providers::google::{Anonymous, ApiKey};
use serde_json::json;

use crate::google::{client, user};
use crate::settings;
use crate::token_service::{Received, TokenService, bearer};

/// What an API gets besides, whose answers may be compressed.
fn headers<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    let mut all = crate::token_service::headers(pairs);
    all.push(("accept-encoding".to_owned(), "gzip,br".to_owned()));
    all.sort();
    all
}

/// What an API sees of these credentials.
async fn seen(credentials: impl grantkit::credentials::IntoCredentials) -> Received {
    let service = TokenService::answering([(200, json!({}))]).await;
    let api = ApiClient::new(&service.url("/v1"), credentials).unwrap();
    api.get("places").await.unwrap();
    service.only()
}

#[tokio::test]
async fn api_key_goes_in_its_header_and_no_authorization() {
    let by_type = seen(ApiKey::new(" AIza-canary\n")).await;
    let by_name = seen(client(settings([("api_key", "AIza-canary")])).credentials()).await;
    let wanted = headers([("accept", "application/json, */*;q=0.5"), ("x-goog-api-key", "AIza-canary")]);
    assert_eq!((by_type.headers, by_name.headers), (wanted.clone(), wanted));
}

#[tokio::test]
async fn anonymous_calls_have_nothing() {
    assert_eq!(seen(Anonymous).await.headers, headers([("accept", "application/json, */*;q=0.5")]));
}

#[tokio::test]
async fn an_api_key_is_no_bearer_token_wherever_its_headers_are_taken() {
    let credentials = Credentials::builder(ApiKey::new("AIza-canary")).store(MemoryStore::new()).build();
    for _ in 0..2 {
        let found = credentials.headers().await.unwrap();
        assert_eq!(found.authorization(), "");
        let names: Vec<_> = found.into_iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(names, ["x-goog-api-key"]);
    }
    let service = TokenService::answering([(403, json!({ "error": { "message": "AIza-canary is not valid" } }))]).await;
    let api = ApiClient::new(&service.url("/v1"), credentials).unwrap();
    let error = api.get("places").await.unwrap_err();
    assert!(!format!("{error} {error:?} {:?}", ApiKey::new("AIza-canary")).contains("canary"), "{error:?}");
}

#[tokio::test]
async fn wrong_keys_are_told_without_being_shown() {
    for (key, said) in [("", "is empty"), ("AIza canary", "has a character that no key has")] {
        let error = ApiKey::new(key).get_token().await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(said), "{error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    let both = settings([("api_key", "k"), ("metadata_host", "127.0.0.1:1")]);
    let error = ProviderClient::connect("google", both).unwrap_err();
    assert!(error.to_string().contains("`api_key` and `metadata_host` are given"), "{error}");
}

#[tokio::test]
async fn calls_say_what_the_token_is_of_unless_the_program_does() {
    let tokens = TokenService::answering([bearer("ya29.1")]).await;
    let service = TokenService::answering([(200, json!({}))]).await;
    let credentials = client(user(&tokens)).credentials();
    let api = ApiClient::new(&service.url("/v1"), &credentials).unwrap();
    api.get("files").await.unwrap();
    api.get("files").header("x-goog-api-client", "gccl/1.0").await.unwrap();
    let received = service.received();
    let wanted = |client: &str| {
        headers([
            ("accept", "application/json, */*;q=0.5"),
            ("authorization", "Bearer ya29.1"),
            ("x-goog-api-client", client),
        ])
    };
    assert_eq!(received[0].headers, wanted("cred-type/u"));
    assert_eq!(received[1].headers, wanted("gccl/1.0"));
}
