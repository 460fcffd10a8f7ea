use super::refresh::logged_in;
use crate::real_server::RealServer;

#[tokio::test]
async fn a_revoked_access_token_is_no_longer_active() {
    let server = RealServer::authlib().start();
    let client = server.confidential("basic").await;
    let (revocation, introspection) = (client.revocation().unwrap(), client.introspection().unwrap());
    let token = client.client_credentials().scope("read").get_token().await.unwrap();
    let secret = token.access_token().secret();
    assert!(introspection.access_token(secret).await.unwrap().active);
    revocation.access_token(token.access_token()).await.unwrap();
    assert!(!introspection.access_token(secret).await.unwrap().active);
}

#[tokio::test]
async fn a_revoked_refresh_token_takes_its_access_tokens_along() {
    let server = RealServer::authlib().start();
    let client = server.confidential("basic").await;
    let introspection = client.introspection().unwrap();
    let login = logged_in(&server).await;
    let (access, refresh) = (login.token().access_token(), login.token().refresh_token().unwrap());
    let seen = introspection.refresh_token(refresh.secret()).await.unwrap();
    assert_eq!((seen.active, seen.sub.as_deref()), (true, Some("alice")));
    client.revocation().unwrap().refresh_token(refresh).await.unwrap();
    assert!(!introspection.refresh_token(refresh.secret()).await.unwrap().active);
    assert!(!introspection.access_token(access.secret()).await.unwrap().active);
}
