use grantkit::ApiClient;
use serde_json::Value;

use super::refresh::offline;
use crate::real_server::RealServer;

/// The userinfo endpoint is an API like any other: it takes the token, and says 401 where that is no good.
#[tokio::test]
async fn a_call_goes_through_although_the_server_has_forgotten_the_token() {
    let server = RealServer::oidc_provider().start();
    let credentials = offline(&server).await.credentials("forgotten token").await.unwrap();
    let api = ApiClient::new(server.issuer(), credentials).unwrap();
    let claims: Value = api.get("me").fetch().await.unwrap();
    assert_eq!(claims["sub"], "alice");

    server.ask("forget", &[("kind", "AccessToken")]).await;
    let calls: Vec<_> = (0..50).map(|_| tokio::spawn(api.get("me").fetch::<Value>())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap()["sub"], "alice");
    }
    let stats = server.stats().await;
    assert_eq!((stats.token_requests("refresh_token"), stats.revoked_logins()), (1, 0));
}
