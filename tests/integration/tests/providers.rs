//! The bundled providers: the exact request of each, what it makes of the answers, and of its configuration.
#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

#[path = "providers/auth0.rs"]
mod auth0;
#[path = "providers/auth0_logins.rs"]
mod auth0_logins;
#[path = "providers/google.rs"]
mod google;
#[path = "providers/google_adc.rs"]
mod google_adc;
#[path = "providers/google_credentials_file.rs"]
mod google_credentials_file;
#[path = "providers/google_external_account.rs"]
mod google_external_account;
#[path = "providers/google_id_token.rs"]
mod google_id_token;
#[path = "providers/google_impersonated.rs"]
mod google_impersonated;
#[path = "providers/google_metadata_server.rs"]
mod google_metadata_server;
#[path = "providers/google_rotation.rs"]
mod google_rotation;
#[path = "providers/google_service_account.rs"]
mod google_service_account;
#[path = "providers/google_user.rs"]
mod google_user;
#[path = "providers/oauth2.rs"]
mod oauth2;
#[path = "providers/own.rs"]
mod own;
#[path = "providers/qci.rs"]
mod qci;
#[path = "providers/qci_errors.rs"]
mod qci_errors;
#[path = "providers/registry.rs"]
mod registry;
#[path = "providers/token_service.rs"]
mod token_service;
#[path = "providers/workload.rs"]
mod workload;

/// What a provider says of settings that it refuses.
fn refusal(provider: &str, settings: grantkit::provider::Settings) -> String {
    let error = grantkit::ProviderClient::connect(provider, settings).unwrap_err();
    assert!(error.is_configuration() && !error.is_retryable() && !error.needs_login(), "{error:?}");
    error.to_string()
}

/// Credentials with a cache of their own: the mock servers of one process take turns on few ports, and with the process's
/// cache one test would find another's token.
fn credentials(client: grantkit::ProviderClient) -> grantkit::Credentials {
    own_cache(client)
}

/// The same for any client.
fn own_cache(client: impl grantkit::OAuthClient) -> grantkit::Credentials {
    grantkit::Credentials::builder(client).cache(&grantkit::credentials::CredentialCache::new(1, None)).build()
}

/// `Settings` of literals.
fn settings<const N: usize>(pairs: [(&str, &str); N]) -> grantkit::provider::Settings {
    pairs.into_iter().fold(grantkit::provider::Settings::new(), |settings, (key, value)| settings.with(key, value))
}
