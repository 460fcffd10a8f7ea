use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;

use crate::token_service::{TokenService, bearer, form_headers, headers, oauth_error};
use crate::{credentials, refusal, settings};

fn acme(service: &TokenService) -> ProviderSettings {
    settings([("client_id", "billing"), ("client_secret", "s3cr&t +ü")]).with("tenant", service.url(""))
}

fn client(settings: ProviderSettings) -> ProviderClient {
    ProviderClient::connect("auth0", settings).unwrap()
}

#[tokio::test]
async fn exact_request_with_everything() {
    let service = TokenService::answering([bearer("T1")]).await;
    let settings = acme(&service)
        .with("audience", "https://api.acme.dev")
        .with("scopes", vec!["read:invoices", "write:invoices"])
        .with("organization", "org_1");
    let token = client(settings).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "T1");

    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/oauth/token"));
    assert_eq!(request.headers, form_headers());
    assert_eq!(
        request.body,
        "grant_type=client_credentials&scope=read%3Ainvoices+write%3Ainvoices&audience=https%3A%2F%2Fapi.acme.dev\
         &organization=org_1&client_id=billing&client_secret=s3cr%26t+%2B%C3%BC"
    );
}

#[tokio::test]
async fn exact_request_with_nothing_else() {
    let service = TokenService::answering([bearer("T1")]).await;
    client(acme(&service).with("token_endpoint_auth_method", "client_secret_post")).get_token().await.unwrap();
    assert_eq!(service.only().body, "grant_type=client_credentials&client_id=billing&client_secret=s3cr%26t+%2B%C3%BC");
}

#[tokio::test]
async fn exact_request_with_basic_authentication() {
    let service = TokenService::answering([bearer("T1")]).await;
    client(acme(&service).with("token_endpoint_auth_method", "client_secret_basic")).get_token().await.unwrap();
    let request = service.only();
    // "billing:s3cr%26t+%2B%C3%BC": form-encoded first (RFC 6749 §2.3.1).
    let expected = headers([
        ("accept", "application/json"),
        ("authorization", "Basic YmlsbGluZzpzM2NyJTI2dCslMkIlQzMlQkM="),
        ("content-type", "application/x-www-form-urlencoded"),
    ]);
    assert_eq!(request.headers, expected);
    assert_eq!(request.body, "grant_type=client_credentials");
}

#[tokio::test]
async fn one_request_for_many_callers() {
    let service = TokenService::answering([bearer("T1")]).await;
    let credentials = credentials(client(acme(&service)));
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.token().await.unwrap().access_token().secret().to_owned() })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), "T1");
    }
    service.only();
}

#[test]
fn tenants_audiences_and_scopes_share_no_token() {
    let of = |tenant: &str, audience: &str, scope: &str| -> Fingerprint {
        let settings =
            settings([("client_id", "billing"), ("client_secret", "s"), ("tenant", tenant), ("audience", audience)]);
        client(settings.with("scopes", vec![scope])).fingerprint()
    };
    let one = of("acme", "a", "read");
    assert_eq!(one, of("https://acme.auth0.com/", "a", "read"), "the same tenant, written differently");
    for other in [of("acme.eu", "a", "read"), of("acme", "b", "read"), of("acme", "a", "write")] {
        assert_ne!(one, other);
    }
}

#[tokio::test]
async fn error_answers_are_told_apart() {
    // Status, code, and whether it is retryable, needs a login, is of the configuration.
    for (status, code, expected) in [
        (401, "invalid_client", (false, false, true)),
        (403, "unauthorized_client", (false, false, true)),
        (403, "access_denied", (false, false, false)),
        (400, "invalid_request", (false, false, true)),
        (429, "too_many_requests", (true, false, false)),
        (500, "server_error", (true, false, false)),
        (503, "whatever", (true, false, false)),
    ] {
        let service = TokenService::answering([oauth_error(status, code, "said with s3cr&t +ü in it")]).await;
        let error = client(acme(&service)).get_token().await.unwrap_err();
        assert_eq!((error.is_retryable(), error.needs_login(), error.is_configuration()), expected, "{error:?}");
        assert_eq!((error.oauth_code(), error.status().map(|status| status.as_u16())), (Some(code), Some(status)));
        assert_eq!(error.error_description(), Some("said with [redacted] in it"));
        assert!(!format!("{error} {error:?}").contains("s3cr&t"), "{error:?}");
    }
}

#[test]
fn keys_are_checked_all_at_once() {
    assert_eq!(
        refusal("auth0", ProviderSettings::new()),
        "the configuration of provider \"auth0\" is wrong; missing: `tenant`, `client_id`, `client_secret`"
    );
    assert_eq!(
        refusal("auth0", settings([("tenant", "acme"), ("client_id", "billing"), ("secret", "s"), ("scope", "read")])),
        "the configuration of provider \"auth0\" is wrong; missing: `client_secret`; \
         unknown: `scope` (did you mean `scopes`?), `secret`; the keys of \"auth0\" are `tenant`, `client_id`, `client_secret`, \
         `private_key`, `private_key_file`, `private_key_id`, `client_certificate_file`, `token_endpoint_auth_method`, `audience`, \
         `scopes`, `offline_access`, `organization`"
    );
    assert_eq!(
        refusal("auth0", settings([("tenant", " "), ("client_id", ""), ("client_secret", ""), ("audience", "")])),
        "the configuration of provider \"auth0\" is wrong; empty: `tenant`, `client_id`, `client_secret`, `audience`"
    );
}

#[test]
fn values_are_checked() {
    let with = |key: &str, value: &str| {
        refusal("auth0", settings([("tenant", "acme"), ("client_id", "b"), ("client_secret", "s")]).with(key, value))
    };
    assert!(with("tenant", "http://acme.auth0.com").contains("over https only"));
    assert!(with("tenant", "acme/oauth").contains("is no Auth0 tenant"));
    assert_eq!(
        with("token_endpoint_auth_method", "client_secret_jwt"),
        "the configuration of provider \"auth0\" is wrong; `token_endpoint_auth_method`: it is \"client_secret_jwt\", and Auth0 \
         takes client_secret_post or client_secret_basic, private_key_jwt, tls_client_auth, self_signed_tls_client_auth or none"
    );
}

#[test]
fn the_secret_is_not_shown() {
    let json = serde_json::json!({ "tenant": "acme", "client_id": "billing", "client_secret": "canary" });
    let config: grantkit_providers::Auth0Config = serde_json::from_value(json).unwrap();
    let shown = format!("{config:?}");
    assert!(shown.contains("acme") && shown.contains("billing") && !shown.contains("canary"), "{shown}");
    let client = client(settings([("tenant", "acme"), ("client_id", "billing"), ("client_secret", "canary")]));
    assert!(!format!("{client:?}").contains("canary"));
}
