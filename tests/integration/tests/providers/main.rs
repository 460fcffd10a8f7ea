//! The bundled providers: the exact request of each, what it makes of the answers, and of its configuration.
#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

mod any_server;
mod auth0;
mod auth0_logins;
mod google;
mod google_adc;
mod google_api_key;
mod google_clock;
mod google_cloud;
mod google_credentials_file;
mod google_external_account;
mod google_id_token;
mod google_impersonated;
mod google_metadata_mutual_tls;
mod google_metadata_server;
mod google_reauth;
mod google_retries;
mod google_rotation;
mod google_service_account;
mod google_user;
mod machine_workloads;
mod machines;
mod oauth2;
mod own;
mod qci;
mod qci_errors;
mod registry;
mod token_service;
mod workload;
mod wrong_settings;

/// What a provider says of settings that it refuses.
fn refusal(provider: &str, settings: grantkit::provider::ProviderSettings) -> String {
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

/// `ProviderSettings` of literals.
fn settings<const N: usize>(pairs: [(&str, &str); N]) -> grantkit::provider::ProviderSettings {
    pairs
        .into_iter()
        .fold(grantkit::provider::ProviderSettings::new(), |settings, (key, value)| settings.with(key, value))
}
