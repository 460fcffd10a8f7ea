use grantkit::OAuthToken;
use grantkit::token::AccessToken;

use super::refresh::offline;
use crate::real_server::RealServer;

#[tokio::test]
async fn a_revoked_access_token_is_no_longer_active() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let (revocation, introspection) = (client.revocation().unwrap(), client.introspection().unwrap());
    let token = client.client_credentials().get_token().await.unwrap();
    let secret = token.access_token().secret();
    assert!(introspection.access_token(secret).await.unwrap().active);
    revocation.access_token(token.access_token()).await.unwrap();
    assert!(!introspection.access_token(secret).await.unwrap().active);
    // Once more is no error (RFC 7009 §2.2).
    revocation.access_token(token.access_token()).await.unwrap();
}

#[tokio::test]
async fn a_revoked_refresh_token_takes_its_access_tokens_along() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let introspection = client.introspection().unwrap();
    let login = offline(&server).await;
    let (access, refresh) = (login.token().access_token(), login.token().refresh_token().unwrap());
    let seen = introspection.refresh_token(refresh.secret()).await.unwrap();
    assert_eq!((seen.active, seen.sub.as_deref()), (true, Some("alice")));
    client.revocation().unwrap().refresh_token(refresh).await.unwrap();
    assert!(!introspection.refresh_token(refresh.secret()).await.unwrap().active);
    assert!(!introspection.access_token(access.secret()).await.unwrap().active);
}

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
