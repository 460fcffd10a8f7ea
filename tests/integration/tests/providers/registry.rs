use grantkit::prelude::*;
use grantkit::registry::{ConfigKind, provider_names, providers};
use grantkit_providers as _;

use crate::token_service::{TokenService, bearer};

#[test]
fn they_are_found_by_name() {
    assert_eq!(provider_names(), ["auth0", "google", "oauth2", "qci"]);
    let error = ProviderClient::connect("gogle", Settings::new()).unwrap_err();
    assert!(error.is_configuration());
    assert!(error.to_string().contains("did you mean \"google\"?"), "{error}");
}

#[test]
fn their_keys_are_described_and_secrets_are_marked() {
    for plugin in providers() {
        for key in plugin.keys() {
            assert!(key.description.ends_with('.'), "{}: {key:?}", plugin.name());
            let is_secret = matches!(key.name, "client_secret" | "private_key" | "refresh_token" | "token");
            assert_eq!(key.kind == ConfigKind::Secret, is_secret, "{}: {key:?}", plugin.name());
        }
    }
}

fn from_env(provider: &str, prefix: &str, variables: &[(&str, &str)]) -> Result<ProviderClient> {
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, Some(*value))).collect();
    temp_env::with_vars(variables, || ProviderClient::from_env(provider, prefix, Settings::new()))
}

#[tokio::test]
async fn auth0_from_the_environment() {
    let service = TokenService::answering([bearer("T1")]).await;
    let tenant = service.url("");
    let variables = [
        ("BILLING_TENANT", tenant.as_str()),
        ("BILLING_CLIENT_ID", "billing"),
        ("BILLING_CLIENT_SECRET", "s3cret"),
        ("BILLING_AUDIENCE", "api"),
        ("BILLING_SCOPES", "read, write"),
    ];
    from_env("auth0", "BILLING", &variables).unwrap().get_token().await.unwrap();
    assert_eq!(
        service.only().body,
        "grant_type=client_credentials&scope=read+write&audience=api&client_id=billing&client_secret=s3cret"
    );
}

#[test]
fn auth0_names_the_variables_that_are_missing() {
    let error = from_env("auth0", "BILLING", &[("BILLING_TENANT", "acme"), ("BILLING_CLIENT_ID", "")]).unwrap_err();
    assert!(error.to_string().contains("BILLING_CLIENT_ID, BILLING_CLIENT_SECRET"), "{error}");
}

#[tokio::test]
async fn google_from_the_environment() {
    let service = TokenService::answering([bearer("T1")]).await;
    let token_uri = service.url("/token");
    let variables = [
        ("DRIVE_CLIENT_ID", "c"),
        ("DRIVE_CLIENT_SECRET", "s"),
        ("DRIVE_REFRESH_TOKEN", "r"),
        ("DRIVE_SCOPES", "https://www.googleapis.com/auth/drive"),
        ("DRIVE_TOKEN_URI", token_uri.as_str()),
    ];
    from_env("google", "DRIVE", &variables).unwrap().get_token().await.unwrap();
    assert!(service.only().body.starts_with("grant_type=refresh_token&refresh_token=r&scope=https%3A%2F%2Fwww"));
}

/// The names of `qci-client`, the company's own client.
#[tokio::test]
async fn qci_from_the_environment() {
    let service = TokenService::answering([bearer("T1")]).await;
    let url = service.url("/");
    from_env("qci", "QCI", &[("QCI_API_URL", &url), ("QCI_TOKEN", "api-token")]).unwrap().get_token().await.unwrap();
    assert_eq!(service.only().body, r#"{"refresh_token":"api-token"}"#);

    let error = from_env("qci", "QCI", &[("QCI_API_URL", ""), ("QCI_TOKEN", "")]).unwrap_err();
    assert!(error.to_string().contains("QCI_API_URL, QCI_TOKEN"), "{error}");
}
