use grantkit::OAuthToken;
use grantkit::token::AccessToken;

use crate::real_server::RealServer;

#[tokio::test]
async fn a_token_of_another_client_is_not_revoked() {
    let server = RealServer::oidc_provider().start();
    let (owner, stranger) = (server.confidential("basic").await, server.confidential("read-only").await);
    let token = owner.client_credentials().get_token().await.unwrap();
    let error = stranger.revocation().unwrap().access_token(token.access_token()).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_request"));
    assert!(owner.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap().active);
}

#[tokio::test]
async fn a_token_that_the_server_never_saw_is_not_active_and_can_be_revoked() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let unknown: AccessToken = OAuthToken::new("never-issued").unwrap().access_token().clone();
    assert!(!client.introspection().unwrap().access_token(unknown.secret()).await.unwrap().active);
    client.revocation().unwrap().access_token(&unknown).await.unwrap();
}
