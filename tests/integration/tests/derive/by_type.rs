//! A provider picked by type: the fields are the configuration.

use grantkit::prelude::*;

use crate::auth0::Auth0;

#[derive(OAuthClient, Clone)]
#[oauth(provider = Auth0, name = "reports", audience = "https://api.acme.dev")]
struct Reports {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
    scopes: Vec<String>,
    closed: Option<bool>,
    #[oauth(skip)]
    note: &'static str,
}

fn reports(tenant: &str) -> Reports {
    Reports {
        tenant: tenant.to_owned(),
        client_id: "reports".to_owned(),
        client_secret: "s3cret".into(),
        scopes: vec!["read".to_owned()],
        closed: None,
        note: "no configuration",
    }
}

#[tokio::test]
async fn the_fields_configure_it() {
    let reports = reports("acme");
    assert_eq!(reports.note, "no configuration");
    let token = reports.connect().unwrap().get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "acme.reports.6.https://api.acme.dev.read");
    assert_eq!(reports.get_token().await.unwrap().access_token().secret(), token.access_token().secret());
    let closed = Reports { closed: Some(true), ..reports };
    assert!(closed.get_token().await.unwrap_err().to_string().contains("closed"));
}

#[tokio::test]
async fn every_handle_shares_one_token() {
    let reports = reports("shared");
    let inherent = Reports::credentials(&reports);
    let by_trait = OAuthClient::credentials(&reports);
    inherent.put(OAuthToken::new("from-elsewhere").unwrap()).await.unwrap();
    assert_eq!(by_trait.token().await.unwrap().access_token().secret(), "from-elsewhere");
    for handle in [inherent, by_trait] {
        assert_eq!(handle.name(), "reports");
        assert_eq!(handle.unauthorized_status_codes().len(), 2);
    }
}

#[test]
fn the_struct_and_its_handles_have_the_same_keys() {
    let reports = reports("keys");
    assert_eq!(reports.access_key(), "reports:access");
    assert_eq!(reports.fingerprint(), self::reports("keys").fingerprint());
    // The name here tells nothing about the login: it is the provider's client that has it.
    assert_eq!(reports.refresh_key(), reports.connect().unwrap().refresh_key());
    assert_ne!(reports.fingerprint(), self::reports("other").fingerprint());
}

#[tokio::test]
async fn a_client_that_cannot_connect_says_so_at_every_call() {
    let reports = reports("a space");
    assert!(reports.connect().unwrap_err().is_configuration());
    let credentials = reports.credentials();
    for _ in 0..2 {
        let error = credentials.token().await.unwrap_err();
        assert!(error.is_configuration(), "{error}");
        assert!(error.to_string().contains("`tenant` contains a space"), "{error}");
    }
    assert!(reports.get_token().await.unwrap_err().is_configuration());
    assert_ne!(reports.fingerprint(), self::reports("a-space").fingerprint());
}

#[test]
fn an_api_client_takes_it_as_it_is() {
    let client = reports("api");
    let by_reference = ApiClient::new("https://api.acme.dev/v1", &client).unwrap();
    assert_eq!(by_reference.credentials().name(), client.name());
    assert!(ApiClient::new("https://api.acme.dev/v1", client).is_ok());
}
