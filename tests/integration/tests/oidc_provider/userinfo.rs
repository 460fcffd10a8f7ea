use grantkit::authorize::RedirectUri;

use crate::real_server::{CALLBACK, RealServer, log_in};

#[tokio::test]
async fn what_the_scopes_give_is_among_the_claims() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let userinfo = client.userinfo().unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let done = log_in(&login.scope("openid").scope("email").scope("profile")).await.unwrap();
    let subject = done.claims().unwrap().subject();
    let claims = userinfo.fetch(done.token(), subject).await.unwrap();
    assert_eq!(claims.subject(), "alice");
    assert_eq!(claims.get("email").unwrap(), "alice@example.com");
    assert_eq!(claims.get("name").unwrap(), "Alice Liddell");

    client.revocation().unwrap().access_token(done.token().access_token()).await.unwrap();
    let error = userinfo.fetch(done.token(), subject).await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.oauth_code()), (Some(401), Some("invalid_token")));
}
