use grantkit::{ApiClient, Client, Credentials};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use serde_json::{Value, json};

async fn start() -> (AuthorizationServer, ProtectedApi, Credentials) {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
    let api = ProtectedApi::start(&server).await.unwrap();
    let credentials = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build()
        .client_credentials()
        .scope("read:invoices")
        .credentials("billing");
    (server, api, credentials)
}

#[tokio::test]
async fn invoices() {
    let (server, protected, credentials) = start().await;
    let api = ApiClient::new(&protected.url("/v1"), credentials).unwrap();
    let invoice: Value = api.get(["invoices", "42"]).fetch().await.unwrap();
    assert_eq!(invoice["id"], "42");
    let created: Value = api.post("invoices").json(&json!({ "customer": "Acme" })).fetch().await.unwrap();
    assert_eq!(created["customer"], "Acme");
    let me: Value = api.get("whoami").fetch().await.unwrap();
    assert_eq!((me["client_id"].as_str(), me["scope"].as_str()), (Some("billing"), Some("read:invoices")));
    assert_eq!(server.counters().client_credentials, 1);
}

#[tokio::test]
async fn a_token_that_is_revoked_behind_our_back() {
    let (server, protected, credentials) = start().await;
    let api = ApiClient::new(&protected.url("/v1"), credentials).unwrap();
    api.get(["invoices", "1"]).send().await.unwrap();
    server.revoke_all_access_tokens();
    let calls: Vec<_> = (0..50).map(|number| tokio::spawn(api.get(("invoices", number)).fetch::<Value>())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.counters().client_credentials, 2);

    protected.reject_all(true);
    assert!(api.get("whoami").send().await.is_err());
    assert!(server.counters().client_credentials <= 3);
}

#[tokio::test]
async fn a_redirect_to_another_place() {
    let (server, protected, credentials) = start().await;
    let elsewhere = ProtectedApi::start(&server).await.unwrap();
    let api = ApiClient::new(&protected.url("/v1"), credentials).unwrap();
    let request = api.get("redirect").query(&[("to", elsewhere.url("/v1/whoami"))]);
    assert_eq!(request.send().await.unwrap_err().status().map(|status| status.as_u16()), Some(302));
    assert!(elsewhere.requests().is_empty());
}
