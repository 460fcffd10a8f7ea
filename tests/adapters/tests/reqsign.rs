//! The provider of reqsign, in the service of `OpenDAL` for Google Cloud Storage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use grantkit::Credentials;
use grantkit::integrations::reqsign::TokenProvider;
use grantkit_adapter_tests::{Fixture, LIFETIME, assert_shows_no_secret, cause};
use opendal::services::Gcs;
use opendal::{ErrorKind, Operator};
use reqsign_core::{Context, ErrorKind as SignErrorKind, ProvideCredential, SigningCredential};
use reqsign_google::{Credential, Token};

fn provider(credentials: &Credentials) -> impl ProvideCredential<Credential = Credential> + use<> {
    TokenProvider::new(credentials, |access_token, expires_at| {
        Credential::with_token(Token { access_token, expires_at })
    })
}

fn store(fixture: &Fixture, credentials: &Credentials) -> Operator {
    opendal::install_default();
    let gcs = Gcs::default().bucket("invoices").endpoint(&fixture.api.base_url());
    let gcs = gcs.disable_config_load().disable_vm_metadata().credential_provider(provider(credentials));
    Operator::new(gcs).unwrap()
}

/// The API has no such objects: it says so to those whose token it takes.
#[tokio::test]
async fn the_store_gets_the_token() {
    let fixture = Fixture::start().await;
    let store = store(&fixture, &fixture.credentials);
    for _ in 0..2 {
        let error = store.stat("42.pdf").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error:?}");
    }
    assert_eq!((fixture.token_requests(), fixture.api.counters().rejected), (1, 0));
}

#[tokio::test]
async fn a_token_that_has_expired_is_renewed() {
    let fixture = Fixture::start().await;
    let provider = provider(&fixture.credentials);
    let get = async || provider.provide_credential(&Context::new()).await.unwrap().unwrap().token.unwrap();
    let first = get().await;
    // reqsign goes by the machine's clock, which stood where this one still stands.
    assert!(first.is_valid());
    let left = first.expires_at.unwrap().as_system_time().duration_since(fixture.clock.now()).unwrap();
    assert!(left <= LIFETIME && left + std::time::Duration::from_secs(2) >= LIFETIME, "{left:?}");
    fixture.expire();
    assert_ne!(get().await.access_token, first.access_token);
    assert_eq!(fixture.token_requests(), 2);
}

#[tokio::test]
async fn an_error_of_the_configuration_is_not_retryable() {
    let fixture = Fixture::start().await;
    let error = async |credentials| provider(&credentials).provide_credential(&Context::new()).await.unwrap_err();
    let wrong = error(fixture.wrong_credentials()).await;
    assert!(wrong.kind() == SignErrorKind::ConfigInvalid && !wrong.is_retryable(), "{wrong:?}");
    assert!(cause(&wrong).is_configuration());
    let unreachable = error(fixture.unreachable_credentials()).await;
    assert!(unreachable.is_retryable() && cause(&unreachable).is_retryable(), "{unreachable:?}");
    let denied = error(fixture.denied_credentials()).await;
    assert_eq!(denied.kind(), SignErrorKind::PermissionDenied, "{denied:?}");
    let ended = error(fixture.ended_login()).await;
    assert_eq!(ended.kind(), SignErrorKind::CredentialInvalid, "{ended:?}");
    let error = store(&fixture, &fixture.wrong_credentials()).stat("42.pdf").await.unwrap_err();
    assert!(!error.is_temporary(), "{error:?}");
    assert_eq!(fixture.api.counters().requests, 0);
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    let provider = provider(&fixture.credentials);
    let credential = provider.provide_credential(&Context::new()).await.unwrap();
    assert_shows_no_secret(&format!("{provider:?} {credential:?}"), &fixture.credentials).await;
}
