use crate::real_server::RealServer;

#[tokio::test]
async fn a_scope_that_the_client_may_not_have_is_a_matter_of_configuration() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("read-only").await;
    assert_eq!(client.client_credentials().scope("read").get_token().await.unwrap().scope(), Some("read"));
    let error = client.client_credentials().scope("write").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_scope"));
    assert!(error.is_configuration());
}

#[tokio::test]
async fn a_token_is_for_the_api_that_it_was_asked_for() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let grant = client.client_credentials().scope("read");
    let token = grant.clone().resource("https://api.example/invoices").get_token().await.unwrap();
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert_eq!(seen.aud, ["https://api.example/invoices"]);

    let error = grant.resource("https://elsewhere.example/").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_target"));
    assert!(error.is_configuration());
}
