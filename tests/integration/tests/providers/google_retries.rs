//! Google's services are asked again while they are busy, where a question spends nothing.

use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit_providers::google::{
    AccessBoundaryRule, AuthorizedUser, Downscoped, ExternalAccount, ImpersonatedServiceAccount, MetadataServer,
    ServiceAccount,
};
use serde_json::{Value, json};

use crate::google_service_account::info;
use crate::token_service::{TokenService, bearer};

/// Tokens without a request.
fn source(test: &str) -> AuthorizedUser {
    AuthorizedUser::from_handler(Fingerprint::new("retries", test), |_| async {
        Ok(OAuthToken::new("source")?.with_expires_in(std::time::Duration::from_hours(1)))
    })
}

fn impersonated(service: &TokenService, test: &str) -> ImpersonatedServiceAccount {
    ImpersonatedServiceAccount::new(source(test), "t@acme.example").iam_url(service.url("/v1")).unwrap().scopes("a")
}

fn failing(status: u16) -> (u16, Value) {
    (status, json!({ "error": { "code": status, "message": "backend error" } }))
}

#[tokio::test]
async fn iam_signs_after_failures() {
    let signed = (200, json!({ "signedBlob": "c2lnbmVk" }));
    let service = TokenService::answering([failing(500), failing(429), signed]).await;
    assert_eq!(impersonated(&service, "iam").sign(b"message").await.unwrap(), b"signed");
    let bodies = service.bodies();
    assert!(bodies.len() == 3 && bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
}

#[tokio::test]
async fn iam_that_stays_busy_is_asked_three_times() {
    let service = TokenService::answering([failing(500)]).await;
    let error = impersonated(&service, "busy").get_token().await.unwrap_err();
    assert!(error.is_retryable() && error.status().unwrap() == 500, "{error}");
    assert_eq!(service.received().len(), 3);
    // What is wrong stays so.
    let service = TokenService::answering([failing(403)]).await;
    impersonated(&service, "wrong").get_token().await.unwrap_err();
    service.only();
}

#[tokio::test]
async fn assertions_and_exchanges_are_sent_again() {
    let account = ServiceAccount::from_json(&info("retries@acme.example").to_string()).unwrap().scopes("a");
    let service = TokenService::answering([failing(500), bearer("t1")]).await;
    let account = account.token_uri(service.url("/token")).unwrap();
    assert_eq!(account.get_token().await.unwrap().access_token().secret(), "t1");

    let rules = [AccessBoundaryRule::new("//storage.googleapis.com/projects/_/buckets/b", ["inRole:roles/viewer"])];
    let service = TokenService::answering([failing(500), bearer("t2")]).await;
    let downscoped = Downscoped::new(source("downscoped"), rules).unwrap().token_url(service.url("/token")).unwrap();
    assert_eq!(downscoped.get_token().await.unwrap().access_token().secret(), "t2");

    let service = TokenService::answering([failing(500), bearer("t3")]).await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("subject");
    std::fs::write(&file, "subject").unwrap();
    let external = json!({
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": service.url("/token"),
        "credential_source": { "file": file },
    });
    let external = ExternalAccount::from_json(&external.to_string()).unwrap().scopes("a");
    assert_eq!(external.get_token().await.unwrap().access_token().secret(), "t3");
}

/// A refresh token may be spent by a request that failed: that is for the credentials to decide.
#[tokio::test]
async fn refresh_tokens_are_not_sent_again() {
    let service = TokenService::answering([failing(500), bearer("t1")]).await;
    let user = AuthorizedUser::new("retries.apps.example", "s", "r").token_uri(service.url("/token")).unwrap();
    assert!(user.get_token().await.unwrap_err().is_retryable());
    service.only();
}

#[tokio::test]
async fn metadata_server_that_is_busy_is_asked_again() {
    let token = r#"{ "access_token": "ya29.m", "expires_in": 3599, "token_type": "Bearer" }"#;
    let service = TokenService::metadata([(200, ""), (429, "busy"), (500, ""), (500, ""), (200, token)]).await;
    let server = MetadataServer::new().host(service.url("").trim_start_matches("http://"));
    assert_eq!(server.get_token().await.unwrap().access_token().secret(), "ya29.m");
}

/// It is one, and has no token yet.
#[tokio::test]
async fn metadata_server_that_stays_busy_is_no_mistake_of_the_configuration() {
    for answers in [vec![(503, "")], vec![(200, ""), (429, "busy")]] {
        let service = TokenService::metadata(answers).await;
        let server = MetadataServer::new().host(service.url("").trim_start_matches("http://"));
        let error = server.get_token().await.unwrap_err();
        assert!(error.is_retryable() && !error.is_configuration(), "{error}");
    }
}
