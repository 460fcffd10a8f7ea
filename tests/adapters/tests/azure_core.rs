//! The credential of the Azure SDK, in its own pipeline.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use azure_core::credentials::TokenCredential;
use azure_core::error::ErrorKind;
use azure_core::http::headers::{AUTHORIZATION, Headers};
use azure_core::http::policies::auth::BearerTokenAuthorizationPolicy;
use azure_core::http::{
    AsyncRawResponse, ClientOptions, Context, HttpClient, Method, Pipeline, Request, StatusCode, Transport,
};
use grantkit::integrations::azure_core::AzureTokenCredential;
use grantkit_adapter_tests::{Fixture, assert_shows_no_secret, cause};
use grantkit_testkit::AuthorizationServer;

const SCOPE: &str = "https://vault.azure.net/.default";

/// A service without a network: Azure's clients send tokens over TLS alone.
#[derive(Debug)]
struct Service {
    server: AuthorizationServer,
    tokens: Mutex<Vec<String>>,
}

#[async_trait]
impl HttpClient for Service {
    async fn execute_request(&self, request: &Request) -> azure_core::Result<AsyncRawResponse> {
        let token = request.headers().get_str(&AUTHORIZATION)?.strip_prefix("Bearer ").unwrap().to_owned();
        let status = if self.server.is_active(&token) { StatusCode::Ok } else { StatusCode::Unauthorized };
        self.tokens.lock().unwrap().push(token);
        Ok(AsyncRawResponse::from_bytes(status, Headers::new(), "{}"))
    }
}

fn pipeline(service: &Arc<Service>, credential: Arc<dyn TokenCredential>) -> Pipeline {
    let policy = Arc::new(BearerTokenAuthorizationPolicy::new(credential, [SCOPE]));
    let transport = Transport::new(Arc::clone(service) as Arc<dyn HttpClient>);
    let options = ClientOptions { transport: Some(transport), ..ClientOptions::default() };
    Pipeline::new(Some("grantkit"), Some("0.1"), options, Vec::new(), vec![policy], None)
}

async fn get(pipeline: &Pipeline) -> azure_core::Result<StatusCode> {
    let mut request = Request::new("https://vault.example/secrets".parse().unwrap(), Method::Get);
    Ok(pipeline.send(&Context::new(), &mut request, None).await?.status())
}

#[tokio::test]
async fn the_pipeline_gets_its_tokens_by_the_scopes_that_it_asks_for() {
    let fixture = Fixture::start().await;
    let service = Arc::new(Service { server: fixture.server.clone(), tokens: Mutex::default() });
    let pipeline = pipeline(&service, AzureTokenCredential::new(&fixture.credentials));
    for _ in 0..2 {
        assert_eq!(get(&pipeline).await.unwrap(), StatusCode::Ok);
    }
    assert_eq!(fixture.token_requests(), 1);
    assert_eq!(fixture.server.requests()[0].form_value("scope").as_deref(), Some(SCOPE));
}

#[tokio::test]
async fn a_token_that_has_expired_is_renewed_and_each_set_of_scopes_has_its_own() {
    let fixture = Fixture::start().await;
    let credential = AzureTokenCredential::new(&fixture.credentials);
    let get = async |scopes: &[&str]| credential.get_token(scopes, None).await.unwrap().token.secret().to_owned();
    let (first, other, own) = (get(&[SCOPE]).await, get(&["read:invoices"]).await, get(&[]).await);
    assert_ne!(first, other);
    assert_eq!(own, fixture.credentials.token().await.unwrap().access_token().secret());
    assert_eq!(get(&[SCOPE]).await, first);
    fixture.expire();
    assert_ne!(get(&[SCOPE]).await, first);
    let expires_on = credential.get_token(&[SCOPE], None).await.unwrap().expires_on;
    assert!(expires_on > azure_core::time::OffsetDateTime::now_utc());
}

#[tokio::test]
async fn an_error_of_the_configuration_is_not_retried() {
    let fixture = Fixture::start().await;
    let error = async |credentials| AzureTokenCredential::new(credentials).get_token(&[SCOPE], None).await.unwrap_err();
    let wrong = error(fixture.wrong_credentials()).await;
    assert!(matches!(wrong.kind(), ErrorKind::Credential), "{wrong:?}");
    assert!(cause(&wrong).is_configuration());
    let unreachable = error(fixture.unreachable_credentials()).await;
    assert!(matches!(unreachable.kind(), ErrorKind::Io), "{unreachable:?}");
    // In the pipeline: once.
    let service = Arc::new(Service { server: fixture.server.clone(), tokens: Mutex::default() });
    let before = fixture.token_requests();
    let wrong = get(&pipeline(&service, AzureTokenCredential::new(fixture.wrong_credentials()))).await.unwrap_err();
    assert!(cause(&wrong).is_configuration(), "{wrong:?}");
    assert!(fixture.token_requests() - before <= 1);
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    let credential = AzureTokenCredential::new(&fixture.credentials);
    let token = credential.get_token(&[], None).await.unwrap();
    assert_shows_no_secret(&format!("{credential:?} {token:?}"), &fixture.credentials).await;
}
