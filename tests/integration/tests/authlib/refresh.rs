use std::collections::BTreeSet;

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;

use crate::real_server::{CALLBACK, RealServer, log_in};

pub(crate) async fn logged_in(server: &RealServer) -> Login {
    let client = server.confidential("basic").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    log_in(&login.scope("openid").scope("read")).await.unwrap()
}

/// Many tasks use a login whose access token lives for a second, over several lives. Every refresh token that the server
/// gave was spent once, or it would have revoked the login.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rotating_refresh_token_is_spent_once_whoever_asks() {
    let server = RealServer::authlib().setting("ACCESS_TOKEN_TTL", "1").start();
    let login = logged_in(&server).await;
    let first_refresh_token = login.token().refresh_token().unwrap().clone();
    let credentials = login.credentials("rotating").await.unwrap();
    let users: Vec<_> = (0..20)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move {
                let mut tokens = BTreeSet::new();
                while tokens.len() < 4 {
                    tokens.insert(credentials.token().await.unwrap().access_token().secret().to_owned());
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for user in users {
        user.await.unwrap();
    }
    let stats = server.stats().await;
    assert!(stats.tokens("refresh_token") >= 3);
    assert_eq!(stats.token_requests("refresh_token"), stats.tokens("refresh_token"), "none was refused");
    assert_eq!(stats.revoked_logins(), 0);

    // The server does watch: the first refresh token, sent again, ends the login.
    let client = server.confidential("basic").await;
    let error = client.refresh_token_grant(first_refresh_token).get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"));
    assert!(error.needs_login());
    assert_eq!(server.stats().await.revoked_logins(), 1);
}

#[tokio::test]
async fn a_login_that_was_revoked_needs_another() {
    let server = RealServer::authlib().start();
    let login = logged_in(&server).await;
    let client = server.confidential("basic").await;
    client.revocation().unwrap().refresh_token(login.token().refresh_token().unwrap()).await.unwrap();
    let credentials = login.credentials("revoked").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    assert!(credentials.refresh_rejected_token(&headers).await.unwrap_err().needs_login());
}
