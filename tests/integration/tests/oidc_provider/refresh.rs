use grantkit::Credentials;
use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit_testkit::ManualClock;

use crate::real_server::{CALLBACK, RealServer, log_in, use_through_lives};

/// A login whose refresh token outlasts it. The server wants the person to be asked for that.
pub(crate) async fn offline(server: &RealServer) -> Login {
    let client = server.confidential("basic").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let login = login.scope("openid").scope("read").scope("offline_access").login_parameter("prompt", "consent");
    log_in(&login).await.unwrap()
}

#[tokio::test]
async fn a_refresh_may_ask_for_less_and_not_for_more() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("basic").await;
    let login = offline(&server).await;
    let grant = client.refresh_token_grant(login.token().refresh_token().unwrap().clone());
    let error = grant.clone().scope("write").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_scope"));
    let token = grant.scope("read").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("read"));
    assert_ne!(token.refresh_token(), login.token().refresh_token());
}

#[tokio::test]
async fn a_configured_refresh_token_is_followed_through_its_rotations() {
    let (server, clock) = (RealServer::oidc_provider().start(), ManualClock::new());
    let client = server.confidential("basic").await;
    let configured = offline(&server).await.token().refresh_token().unwrap().clone();
    let grant = client.refresh_token_grant(configured).named("configured");
    let credentials = Credentials::builder(grant).clock(clock.clone()).build();
    use_through_lives(&[credentials], &clock, 1, 3).await;
    let stats = server.stats().await;
    assert_eq!(stats.token_requests("refresh_token"), stats.tokens("refresh_token"));
    assert_eq!(stats.revoked_logins(), 0);
}
