use grantkit::prelude::*;

use crate::token_service::{TokenService, bearer, form_headers, headers};
use crate::{refusal, settings};

fn acme(service: &TokenService) -> Settings {
    settings([("client_id", "billing"), ("client_secret", "s3cret")]).with("token_endpoint", service.url("/as/token"))
}

fn client(settings: Settings) -> ProviderClient {
    ProviderClient::connect("oauth2", settings).unwrap()
}

#[tokio::test]
async fn exact_request_with_everything() {
    let service = TokenService::answering([bearer("T1")]).await;
    let settings = acme(&service)
        .with("scopes", vec!["read", "write"])
        .with("audience", "api")
        .with("resource", "https://api.acme.dev");
    client(settings).get_token().await.unwrap();
    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/as/token"));
    let expected = headers([
        ("accept", "application/json"),
        ("authorization", "Basic YmlsbGluZzpzM2NyZXQ="),
        ("content-type", "application/x-www-form-urlencoded"),
    ]);
    assert_eq!(request.headers, expected);
    assert_eq!(
        request.body,
        "grant_type=client_credentials&scope=read+write&audience=api&resource=https%3A%2F%2Fapi.acme.dev"
    );
}

#[tokio::test]
async fn exact_request_with_the_secret_as_a_parameter() {
    let service = TokenService::answering([bearer("T1")]).await;
    client(acme(&service).with("authentication", "client_secret_post")).get_token().await.unwrap();
    let request = service.only();
    assert_eq!(request.headers, form_headers());
    assert_eq!(request.body, "grant_type=client_credentials&client_id=billing&client_secret=s3cret");
}

#[test]
fn what_is_wrong_is_named() {
    let without = settings([("client_id", "billing")]);
    assert!(refusal("oauth2", without).contains("missing: `token_endpoint`, `client_secret`"));
    let wrong = |key: &str, value: &str| {
        let good =
            settings([("client_id", "b"), ("client_secret", "s"), ("token_endpoint", "https://as.example/token")]);
        refusal("oauth2", good.with(key, value))
    };
    assert!(wrong("token_endpoint", "http://as.example/token").contains("must be https"));
    assert!(wrong("client_id", " ").contains("empty: `client_id`"));
    assert!(wrong("authentication", "basic").contains("client_secret_basic or client_secret_post"));
}
