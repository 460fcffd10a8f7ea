use crate::real_server::RealServer;

#[tokio::test]
async fn a_grant_or_scope_that_is_not_allowed_is_a_matter_of_configuration() {
    let server = RealServer::authlib().start();
    let scope = server.confidential("basic").await.client_credentials().scope("fly").get_token().await.unwrap_err();
    assert_eq!(scope.oauth_code(), Some("invalid_scope"));
    let grant = server.confidential("code-only").await.client_credentials().get_token().await.unwrap_err();
    assert_eq!(grant.oauth_code(), Some("unauthorized_client"));
    assert!(scope.is_configuration() && grant.is_configuration());
}
