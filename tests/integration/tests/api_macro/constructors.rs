//! From where the struct has its credentials and its base.

use std::time::Duration;

use grantkit::prelude::*;
use grantkit_providers as _;
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use serde_json::Value;

use crate::credentials;

#[derive(OAuthClient)]
#[oauth(provider = "oauth2", name = "typed api")]
struct Billing {
    client: ProviderClient,
}

#[api(base = "https://api.acme.dev/v1", auth = Billing)]
pub(crate) trait BillingApi {
    /// Who calls.
    #[get("/whoami")]
    async fn whoami(&self) -> Result<Value>;
}

#[test]
fn the_base_is_that_of_the_trait_or_another() {
    let api = BillingApiClient::new(credentials()).unwrap();
    assert_eq!(api.as_ref().base_url(), "https://api.acme.dev/v1");
    let api = BillingApiClient::with_base("https://eu.api.acme.dev", credentials()).unwrap();
    assert_eq!(api.as_ref().base_url(), "https://eu.api.acme.dev/");
    assert!(BillingApiClient::with_base("http://api.acme.dev", credentials()).unwrap_err().is_configuration());
    assert_eq!(format!("{:?}", api.clone()).matches("eu.api.acme.dev").count(), 1);
}

#[tokio::test]
async fn the_environment_configures_the_client_that_is_named() {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
    let protected = ProtectedApi::start(&server).await.unwrap();
    let endpoint = server.token_endpoint();
    let variables = [
        ("TYPED_API_TOKEN_ENDPOINT", Some(endpoint.as_str())),
        ("TYPED_API_CLIENT_ID", Some("billing")),
        ("TYPED_API_CLIENT_SECRET", Some("s3cret")),
    ];
    let (api, billing) =
        temp_env::with_vars(variables, || (BillingApiClient::from_env().unwrap(), Billing::from_env().unwrap()));
    assert_eq!(api.as_ref().credentials().name(), "typed api");
    let api = BillingApiClient::with_base(&protected.url("/v1"), api.as_ref().credentials()).unwrap();
    assert_eq!(api.whoami().await.unwrap()["client_id"], "billing");
    // One name, one token.
    billing.credentials().token().await.unwrap();
    assert_eq!(server.counters().client_credentials, 1);

    let error = BillingApiClient::from_env().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("TYPED_API_CLIENT_ID"), "{error}");
}

#[tokio::test]
async fn a_client_of_ones_own_keeps_its_settings() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let mock = server
        .mock_async(|when, then| {
            let _ = when.path("/whoami").header("x-tenant", "acme");
            then.status(200).body("{}");
        })
        .await;
    let client = ApiClient::builder(&server.base_url(), credentials())
        .default_header("x-tenant", "acme")
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    BillingApiClient::from_client(client).unwrap().whoami().await.unwrap();
    mock.assert_async().await;
}
