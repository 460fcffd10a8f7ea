//! The credentials of the Google Cloud SDK.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use google_cloud_auth::credentials::{AccessTokenCredentials, CacheableResource, Credentials, EntityTag};
use grantkit::integrations::google_cloud_auth::GoogleCloudCredentials;
use grantkit::{OAuthClient, OAuthToken};
use grantkit_adapter_tests::{Fixture, assert_shows_no_secret, cause};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

async fn headers(credentials: &Credentials) -> (EntityTag, HeaderMap) {
    match credentials.headers(Extensions::new()).await.unwrap() {
        CacheableResource::New { entity_tag, data } => (entity_tag, data),
        CacheableResource::NotModified => panic!("nothing was known before"),
    }
}

#[tokio::test]
async fn the_headers_are_of_a_good_token_and_marked_until_it_changes() {
    let fixture = Fixture::start().await;
    let credentials = Credentials::from(GoogleCloudCredentials::new(&fixture.credentials));
    let (tag, first) = headers(&credentials).await;
    let http = reqwest::Client::new();
    let answer = http.get(fixture.api.url("v1/whoami")).headers(first.clone()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(first["authorization"].is_sensitive());
    assert_eq!(headers(&credentials).await, (tag.clone(), first.clone()));
    let mut known = Extensions::new();
    known.insert(tag.clone());
    let again = credentials.headers(known.clone()).await.unwrap();
    assert!(matches!(again, CacheableResource::NotModified), "{again:?}");
    fixture.expire();
    let renewed = credentials.headers(known).await.unwrap();
    let CacheableResource::New { entity_tag, data } = renewed else { panic!("{renewed:?}") };
    assert!(entity_tag != tag && data != first);
    assert_eq!(fixture.token_requests(), 2);
}

#[tokio::test]
async fn the_token_alone_is_the_same() {
    let fixture = Fixture::start().await;
    let credentials = AccessTokenCredentials::from(GoogleCloudCredentials::new(&fixture.credentials));
    let token = credentials.access_token().await.unwrap().token;
    assert_eq!(token, fixture.credentials.token().await.unwrap().access_token().secret());
    let universe = GoogleCloudCredentials::new(&fixture.credentials).with_universe_domain("cloud.example");
    assert_eq!(Credentials::from(universe).universe_domain().await.as_deref(), Some("cloud.example"));
}

struct WithProject;

#[async_trait::async_trait]
impl OAuthClient for WithProject {
    fn name(&self) -> &'static str {
        "with-project"
    }

    async fn get_token(&self) -> grantkit::Result<OAuthToken> {
        let project = HeaderValue::from_static("billing-7");
        Ok(OAuthToken::new("t")?.with_request_header(HeaderName::from_static("x-goog-user-project"), project))
    }
}

#[tokio::test]
async fn the_quota_project_goes_along() {
    let credentials = Credentials::from(GoogleCloudCredentials::new(grantkit::Credentials::new(WithProject)));
    assert_eq!(headers(&credentials).await.1["x-goog-user-project"], "billing-7");
}

#[tokio::test]
async fn an_error_of_the_configuration_is_not_transient() {
    let fixture = Fixture::start().await;
    let error = async |credentials| {
        Credentials::from(GoogleCloudCredentials::new(credentials)).headers(Extensions::new()).await.unwrap_err()
    };
    let wrong = error(fixture.wrong_credentials()).await;
    assert!(!wrong.is_transient() && cause(&wrong).is_configuration(), "{wrong:?}");
    let unreachable = error(fixture.unreachable_credentials()).await;
    assert!(unreachable.is_transient() && cause(&unreachable).is_retryable(), "{unreachable:?}");
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    let credentials = Credentials::from(GoogleCloudCredentials::new(&fixture.credentials));
    let headers = headers(&credentials).await;
    assert_shows_no_secret(&format!("{credentials:?} {headers:?}"), &fixture.credentials).await;
}
