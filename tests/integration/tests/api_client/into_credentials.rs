use std::sync::Arc;

use grantkit::{ApiClient, Client, Credentials, OAuthClient, OAuthToken, ProviderClient};

use crate::client::Numbered;

const BASE: &str = "https://api.acme.dev/v1";

fn name(api: grantkit::Result<ApiClient>) -> String {
    api.unwrap().credentials().name().to_owned()
}

#[test]
fn credentials_are_taken_by_value_and_by_reference() {
    let credentials = Numbered::new().credentials();
    assert_eq!(name(ApiClient::new(BASE, &credentials)), "numbered");
    assert_eq!(name(ApiClient::builder(BASE, &credentials).build()), "numbered");
    assert_eq!(name(ApiClient::new(BASE, credentials)), "numbered");
}

#[test]
fn a_client_with_a_name_is_taken_by_value_and_by_reference() -> grantkit::Result<()> {
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint("https://as.example/token")?
        .build();
    let named = client.client_credentials().named("billing");
    let provider = ProviderClient::new(named.clone());
    assert_eq!(name(ApiClient::new(BASE, &named)), "billing");
    assert_eq!(name(ApiClient::new(BASE, &provider)), "billing");
    assert_eq!(name(ApiClient::new(BASE, provider)), "billing");
    let shared: Arc<dyn OAuthClient> = Arc::new(named.clone());
    assert_eq!(name(ApiClient::new(BASE, &shared)), "billing");
    assert_eq!(name(ApiClient::new(BASE, shared)), "billing");
    let shared = Arc::new(named.clone());
    assert_eq!(name(ApiClient::new(BASE, &shared)), "billing");
    assert_eq!(name(ApiClient::new(BASE, shared)), "billing");
    assert_eq!(name(ApiClient::new(BASE, named)), "billing");
    Ok(())
}

#[tokio::test]
async fn clients_of_the_same_name_and_identity_share_their_token() {
    let named = || {
        let builder = Client::builder().client_id("shared").client_secret_basic("s3cret");
        let client = builder.token_endpoint("https://as.example/token").unwrap().build();
        client.client_credentials().named("into credentials")
    };
    let first = ApiClient::new(BASE, named()).unwrap();
    first.credentials().put(OAuthToken::new("kept").unwrap()).await.unwrap();
    let second = ApiClient::new(BASE, named()).unwrap();
    let token = Credentials::token(second.credentials()).await.unwrap();
    assert_eq!(token.access_token().secret(), "kept");
}
