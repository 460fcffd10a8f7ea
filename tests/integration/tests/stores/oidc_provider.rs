//! A server that we did not write, which rotates refresh tokens and revokes a login whose refresh token comes twice.

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::ManualClock;

use crate::real_server::{CALLBACK, RealServer, log_in, use_through_lives};

/// The login of one process, used by several for some lives of its access token.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rotating_refresh_token_is_spent_once_in_all_processes() {
    let (server, clock) = (RealServer::oidc_provider().start(), ManualClock::new());
    let client = server.confidential("basic").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let login = login.scope("openid").scope("read").scope("offline_access").login_parameter("prompt", "consent");
    let login = log_in(&login).await.unwrap();
    let store = MemoryStore::new();
    login.credentials_builder("fleet").clock(clock.clone()).store(store.clone()).await.unwrap();

    let process = || {
        let builder = client.stored_login("fleet").credentials_builder().cache(&CredentialCache::new(16, None));
        builder.clock(clock.clone()).store(store.clone()).build()
    };
    let processes: Vec<_> = std::iter::repeat_with(process).take(10).collect();
    let tokens = use_through_lives(&processes, &clock, 50, 4).await;
    let stats = server.stats().await;
    assert_eq!(stats.token_requests("refresh_token"), stats.tokens("refresh_token"), "none was refused");
    assert_eq!(stats.revoked_logins(), 0);
    // The first token came with the login.
    let refreshes = usize::try_from(stats.token_requests("refresh_token")).unwrap();
    assert!(refreshes >= 3 && refreshes <= tokens.len(), "{refreshes} for {}", tokens.len());
}
