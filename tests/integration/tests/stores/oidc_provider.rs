//! A server that we did not write, which rotates refresh tokens and revokes a login whose refresh token comes twice.

use std::collections::BTreeSet;
use std::time::Duration;

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;

use crate::real_server::{CALLBACK, RealServer, log_in};

/// The login of one process, used by several for some lives of its access token.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rotating_refresh_token_is_spent_once_in_all_processes() {
    let server = RealServer::oidc_provider().setting("ACCESS_TOKEN_TTL", "2").start();
    let client = server.confidential("basic").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let login = login.scope("openid").scope("read").scope("offline_access").login_parameter("prompt", "consent");
    let login = log_in(&login).await.unwrap();
    let store = MemoryStore::new();
    login.credentials_in(store.clone(), "fleet").await.unwrap();

    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let stored = client.stored_login("fleet").named();
        let credentials =
            Credentials::builder(stored).cache(&CredentialCache::new(16, None)).store(store.clone()).build();
        for _ in 0..5 {
            let credentials = credentials.clone();
            tasks.spawn(async move {
                let mut tokens = BTreeSet::new();
                while tokens.len() < 4 {
                    tokens.insert(credentials.token().await.unwrap().access_token().secret().to_owned());
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                tokens
            });
        }
    }
    let mut tokens = BTreeSet::new();
    while let Some(of_task) = tasks.join_next().await {
        tokens.extend(of_task.unwrap());
    }
    let stats = server.stats().await;
    assert_eq!(stats.token_requests("refresh_token"), stats.tokens("refresh_token"), "none was refused");
    assert_eq!(stats.revoked_logins(), 0);
    // The first token came with the login.
    let refreshes = usize::try_from(stats.token_requests("refresh_token")).unwrap();
    assert!(refreshes >= 3 && refreshes <= tokens.len(), "{refreshes} for {}", tokens.len());
}
