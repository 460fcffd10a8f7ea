//! The scopes of a method: a token of their own.

use std::time::Duration;

use grantkit::prelude::*;
use grantkit_integration_tests::support;
use grantkit_testkit::{AuthorizationServer, ManualClock, ProtectedApi};
use serde_json::Value;

use crate::credentials;

#[api(base = "https://api.acme.dev/v1")]
trait ScopedApi {
    #[get("/whoami")]
    async fn plain(&self) -> Result<Value>;
    #[get("/scoped/read:invoices", scopes("read:invoices"))]
    async fn reading(&self) -> Result<Value>;
    #[get("/scoped/write:invoices", scopes("write:invoices", "read:invoices"))]
    async fn writing(&self) -> Result<Value>;
    #[get("/whoami", scopes("read:invoices", "write:invoices"))]
    async fn in_another_order(&self) -> Result<Value>;
    #[get("/scoped/write:invoices", scopes("read:invoices"))]
    async fn too_little(&self) -> Result<Value>;
}

async fn start() -> (AuthorizationServer, ProtectedApi, ScopedApiClient) {
    start_by(&ManualClock::new()).await
}

/// By a clock that is moved.
async fn start_by(clock: &ManualClock) -> (AuthorizationServer, ProtectedApi, ScopedApiClient) {
    let server = support::server_builder().clock(clock).start().await.unwrap();
    let protected = ProtectedApi::start(&server).await.unwrap();
    let client = Client::builder().client_id(support::ID).client_secret_basic(support::SECRET).clock(clock.clone());
    let client = client.token_endpoint(&server.token_endpoint()).unwrap().build();
    let credentials = client.client_credentials().scope("list:invoices").credentials("billing");
    let api = ScopedApiClient::with_base(&protected.url("/v1"), credentials).unwrap();
    (server, protected, api)
}

fn asked(server: &AuthorizationServer) -> Vec<String> {
    server.requests().iter().filter_map(|request| request.form_value("scope")).collect()
}

#[tokio::test]
async fn each_set_of_scopes_has_one_token() {
    let (server, _protected, api) = start().await;
    for _ in 0..3 {
        assert_eq!(api.plain().await.unwrap()["scope"], "list:invoices");
        assert_eq!(api.reading().await.unwrap()["scope"], "read:invoices");
        assert_eq!(api.writing().await.unwrap()["scope"], "read:invoices write:invoices");
        assert_eq!(api.in_another_order().await.unwrap()["scope"], "read:invoices write:invoices");
    }
    assert_eq!(asked(&server), ["list:invoices", "read:invoices", "read:invoices write:invoices"]);
    // The same in another part of the program: the same tokens.
    let again = ScopedApiClient::with_base(api.as_ref().base_url(), api.as_ref().credentials()).unwrap();
    again.reading().await.unwrap();
    assert_eq!(server.counters().client_credentials, 3);
    let error = api.too_little().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_with_its_scopes() {
    let (server, _protected, api) = start().await;
    api.reading().await.unwrap();
    server.revoke_all_access_tokens();
    assert_eq!(api.reading().await.unwrap()["scope"], "read:invoices");
    assert_eq!(asked(&server), ["read:invoices", "read:invoices"]);
}

#[tokio::test]
async fn a_token_that_expires_is_renewed_with_its_scopes() {
    let clock = ManualClock::new();
    let (server, _protected, api) = start_by(&clock).await;
    api.reading().await.unwrap();
    clock.advance(Duration::from_hours(1));
    assert_eq!(api.reading().await.unwrap()["scope"], "read:invoices");
    assert_eq!(asked(&server), ["read:invoices", "read:invoices"]);
}

#[tokio::test]
async fn token_with_scopes_of_its_own_is_an_error_that_says_what_to_call() {
    let error = ScopedApiClient::new(credentials()).unwrap_err();
    assert!(error.is_unsupported(), "{error}");
    assert!(error.to_string().contains("read:invoices") && error.to_string().contains("with_one_token"), "{error}");

    let server = support::mock_server().await;
    let mock = server
        .mock_async(|when, then| {
            let _ = when.header("authorization", "Bearer fixed");
            then.status(200).body("{}");
        })
        .await;
    let api = ScopedApiClient::with_one_token(ApiClient::new(&server.base_url(), credentials()).unwrap());
    api.reading().await.unwrap();
    api.plain().await.unwrap();
    mock.assert_calls_async(2).await;
}

#[tokio::test]
async fn a_derived_client_and_a_provider_are_narrowed_too() {
    let (server, protected, _api) = start().await;
    let client = support::billing(&server).client_credentials().named("billing of a provider");
    let provider = ProviderClient::new(client).with_extra("tenant", "acme");
    let named = grantkit::provider::NamedClient::new("a name of its own", Ok(provider.clone()));
    for credentials in [provider.credentials(), named.credentials()] {
        let api = ScopedApiClient::with_base(&protected.url("/v1"), &credentials).unwrap();
        assert_eq!(api.reading().await.unwrap()["scope"], "read:invoices");
        let narrowed = credentials.with_scopes(["read:invoices"]).unwrap();
        assert_eq!(narrowed.name(), credentials.name());
        assert_eq!(narrowed.token().await.unwrap().extra()["tenant"], "acme");
    }
    assert_eq!(asked(&server), ["read:invoices", "read:invoices"]);
}
