use crate::real_server::RealServer;

/// This server has no `openid-configuration`, but the document of RFC 8414.
#[tokio::test]
async fn a_server_that_is_no_openid_provider_is_found_too() {
    let server = RealServer::authlib().start();
    let client = server.confidential("basic").await;
    client.client_credentials().scope("read").get_token().await.unwrap();
    assert!(client.device_authorization().unwrap().start().await.is_ok());
    assert!(!client.introspection().unwrap().access_token("never-issued").await.unwrap().active);
}
