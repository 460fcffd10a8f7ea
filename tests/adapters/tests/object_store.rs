//! The credentials of `object_store`, in its clients for Google Cloud Storage and Azure Storage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::Credentials;
use grantkit::integrations::object_store::{AzureTokens, GcpTokens};
use grantkit_adapter_tests::{Fixture, assert_shows_no_secret, cause};
use grantkit_testkit::Fault;
use http_body_util::BodyExt;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{ClientOptions, CredentialProvider, Error, ObjectStore, ObjectStoreExt, RetryConfig};

/// `object_store` over this workspace's reqwest.
#[derive(Debug)]
struct Reqwest(reqwest::Client);

#[async_trait]
impl HttpService for Reqwest {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let url = parts.uri.to_string();
        let body = body.collect().await?.to_bytes();
        let sent = self.0.request(parts.method, url).headers(parts.headers).body(body).send().await;
        let answer = sent.map_err(|error| HttpError::new(HttpErrorKind::Connect, error))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await.map_err(|error| HttpError::new(HttpErrorKind::Decode, error))?;
        let mut response = HttpResponse::new(HttpResponseBody::from(body));
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        Ok(response)
    }
}

impl HttpConnector for Reqwest {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(Self(self.0.clone())))
    }
}

fn reqwest() -> Reqwest {
    Reqwest(reqwest::Client::new())
}

fn no_retries() -> RetryConfig {
    RetryConfig { max_retries: 0, retry_timeout: Duration::ZERO, ..RetryConfig::default() }
}

fn google(fixture: &Fixture, credentials: &Credentials) -> impl ObjectStore {
    GoogleCloudStorageBuilder::new()
        .with_bucket_name("invoices")
        .with_base_url(&fixture.api.base_url())
        .with_client_options(ClientOptions::new().with_allow_http(true))
        .with_http_connector(reqwest())
        .with_retry(no_retries())
        .with_credentials(Arc::new(GcpTokens::new(credentials)))
        .build()
        .unwrap()
}

fn azure(fixture: &Fixture, credentials: &Credentials) -> impl ObjectStore {
    MicrosoftAzureBuilder::new()
        .with_account("billing")
        .with_container_name("invoices")
        .with_endpoint(fixture.api.base_url())
        .with_allow_http(true)
        .with_http_connector(reqwest())
        .with_retry(no_retries())
        .with_credentials(Arc::new(AzureTokens::new(credentials)))
        .build()
        .unwrap()
}

/// The API has no such objects: it says so to those whose token it takes.
async fn get(store: &impl ObjectStore) -> Error {
    store.get(&Path::from("42.pdf")).await.map(|_| ()).unwrap_err()
}

async fn renews(fixture: &Fixture, store: impl ObjectStore) {
    for _ in 0..2 {
        let error = get(&store).await;
        assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
    }
    assert_eq!(fixture.token_requests(), 1);
    fixture.expire();
    let error = get(&store).await;
    assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
    assert_eq!((fixture.token_requests(), fixture.api.counters().rejected), (2, 0));
}

#[tokio::test]
async fn google_cloud_storage_gets_a_good_token_for_each_request() {
    let fixture = Fixture::start().await;
    renews(&fixture, google(&fixture, &fixture.credentials)).await;
}

#[tokio::test]
async fn azure_storage_gets_a_good_token_for_each_request() {
    let fixture = Fixture::start().await;
    renews(&fixture, azure(&fixture, &fixture.credentials)).await;
}

#[tokio::test]
async fn an_object_is_written_with_the_token() {
    let fixture = Fixture::start().await;
    fixture.api.faults().always("/invoices/42", Fault::respond(200, "").header("etag", "\"1\""));
    let store = google(&fixture, &fixture.credentials);
    store.put(&Path::from("42"), "pdf".into()).await.unwrap();
    let sent = fixture.api.requests().pop().unwrap();
    let token = fixture.credentials.token().await.unwrap();
    assert_eq!(sent.header("authorization"), Some(format!("Bearer {}", token.access_token().secret()).as_str()));
}

#[tokio::test]
async fn an_error_says_why_there_is_no_token_and_reaches_no_store() {
    let fixture = Fixture::start().await;
    let wrong = get(&google(&fixture, &fixture.wrong_credentials())).await;
    assert!(matches!(wrong, Error::Unauthenticated { .. }), "{wrong:?}");
    assert!(cause(&wrong).is_configuration());
    let wrong = get(&azure(&fixture, &fixture.wrong_credentials())).await;
    assert!(cause(&wrong).is_configuration(), "{wrong:?}");
    let unreachable = get(&google(&fixture, &fixture.unreachable_credentials())).await;
    assert!(matches!(unreachable, Error::Generic { .. }), "{unreachable:?}");
    assert!(cause(&unreachable).is_retryable());
    let denied = get(&google(&fixture, &fixture.denied_credentials())).await;
    assert!(matches!(denied, Error::PermissionDenied { .. }), "{denied:?}");
    let ended = get(&google(&fixture, &fixture.ended_login())).await;
    assert!(matches!(ended, Error::Unauthenticated { .. }), "{ended:?}");
    assert_eq!(fixture.api.counters().requests, 0);
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    let (google, azure) = (GcpTokens::new(&fixture.credentials), AzureTokens::new(&fixture.credentials));
    google.get_credential().await.unwrap();
    assert_shows_no_secret(&format!("{google:?} {azure:?}"), &fixture.credentials).await;
}
