//! A provider picked by name, configured by the environment or by settings.

use grantkit::prelude::*;
use grantkit::provider::register_provider;

use crate::auth0::Auth0;

register_provider!(Auth0);

#[derive(OAuthClient, Clone)]
#[oauth(provider = "test-auth0", audience = "https://api.acme.dev", scopes("read:invoices", "write:invoices"))]
struct Billing {
    client: ProviderClient,
}

/// No `Clone`, and a tuple.
#[derive(OAuthClient)]
#[oauth(provider = "test-auth0", name = "my-reports.eu", settings(closed = true))]
struct Reports(ProviderClient);

#[derive(OAuthClient)]
#[oauth(provider = "test-auth0", name = "shared", env_prefix = "DERIVE_OWN_")]
struct OwnPrefix(ProviderClient);

fn settings(tenant: &str) -> ProviderSettings {
    ProviderSettings::new().with("tenant", tenant).with("client_id", "billing").with("client_secret", "s3cret")
}

#[tokio::test]
async fn the_environment_and_the_attribute_configure_it() {
    let variables = [("BILLING_TENANT", "acme"), ("BILLING_CLIENT_ID", "billing"), ("BILLING_CLIENT_SECRET", "s3cret")];
    let billing = temp_env::with_vars(variables.map(|(name, value)| (name, Some(value))), Billing::from_env).unwrap();
    let token = billing.get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "acme.billing.6.https://api.acme.dev.read:invoices+write:invoices");
}

#[test]
fn the_prefix_comes_from_the_name_unless_given() {
    let missing = |connected: Result<()>| connected.unwrap_err().to_string();
    let error = missing(Reports::from_env().map(drop));
    assert!(
        error.contains("`tenant` (MY_REPORTS_EU_TENANT), `client_id` (MY_REPORTS_EU_CLIENT_ID), `client_secret` (MY_"),
        "{error}"
    );
    let error = missing(OwnPrefix::from_env().map(drop));
    assert!(error.contains("(DERIVE_OWN_TENANT),"), "{error}");
}

#[test]
fn what_the_program_sets_cannot_be_set_again() {
    let error = Billing::from_settings(settings("acme").with("audience", "https://other.dev")).map(drop).unwrap_err();
    assert!(error.is_configuration());
    assert!(error.to_string().contains("`audience` is set by the program"), "{error}");
}

#[test]
fn the_clients_name_and_the_providers_fingerprint_make_the_keys() {
    let billing = Billing::from_settings(settings("keys")).unwrap();
    assert_eq!(billing.name(), "Billing");
    assert_eq!(billing.access_key(), "Billing:access");
    assert_eq!(billing.fingerprint(), Billing::from_settings(settings("keys")).unwrap().fingerprint());
    assert_eq!(billing.refresh_key(), billing.client.refresh_key());
    assert_eq!(billing.unauthorized_status_codes().len(), 2);
    assert_ne!(billing.fingerprint(), Billing::from_settings(settings("other")).unwrap().fingerprint());
}

#[tokio::test]
async fn every_handle_shares_one_token() {
    let billing = Billing::from_settings(settings("shared")).unwrap();
    let inherent = Billing::credentials(&billing);
    let by_trait = OAuthClient::credentials(&billing);
    inherent.put(OAuthToken::new("from-elsewhere").unwrap()).await.unwrap();
    assert_eq!(by_trait.token().await.unwrap().access_token().secret(), "from-elsewhere");
    assert_eq!(inherent.name(), "Billing");
    assert_eq!(inherent.unauthorized_status_codes().len(), 2);
}

#[tokio::test]
async fn a_fixed_setting_reaches_the_provider() {
    let reports = Reports::from_settings(settings("acme")).unwrap();
    let error = reports.credentials().token().await.unwrap_err();
    assert!(error.to_string().contains("closed"), "{error}");
}

#[tokio::test]
async fn refreshing_is_handed_on() {
    let billing = Billing::from_settings(settings("acme")).unwrap();
    let token = billing.refresh_token(&RefreshToken::new("r")).await.unwrap();
    assert_eq!(token.access_token().secret(), "acme.refreshed");
}

#[test]
fn an_api_client_takes_it_as_it_is() {
    let client = Billing::from_settings(settings("api")).unwrap();
    let by_reference = ApiClient::new("https://api.acme.dev/v1", &client).unwrap();
    assert_eq!(by_reference.credentials().name(), client.name());
    assert!(ApiClient::new("https://api.acme.dev/v1", client).is_ok());
}
