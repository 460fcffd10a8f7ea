use super::refresh::offline;
use crate::real_server::RealServer;

const CALLERS: usize = 1000;

/// A login that is shared by many would be lost if two of them spent its refresh token.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_whose_token_was_refused_spend_one_refresh_token() {
    let server = RealServer::oidc_provider().start();
    let credentials = offline(&server).await.credentials("a thousand refusals").await.unwrap();
    let refused = credentials.headers().await.unwrap();
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (credentials, refused) = (credentials.clone(), refused.clone());
            tokio::spawn(async move { credentials.refresh_rejected_token(&refused).await.unwrap().unwrap() })
        })
        .collect();
    for caller in callers {
        assert_ne!(caller.await.unwrap().authorization(), refused.authorization());
    }
    let stats = server.stats().await;
    assert_eq!((stats.token_requests("refresh_token"), stats.revoked_logins()), (1, 0));
}
