use grantkit::Client;
use grantkit::authorize::RedirectUri;

use crate::real_server::{CALLBACK, RealServer, log_in};

#[tokio::test]
async fn a_server_under_a_path_is_found_and_used() {
    let server = RealServer::oidc_provider().setting("ISSUER_PATH", "/tenants/acme").start();
    assert!(server.issuer().ends_with("/tenants/acme"));
    let client = server.confidential("basic").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let done = log_in(&login).await.unwrap();
    assert_eq!(done.claims().unwrap().issuer(), server.issuer());
    client.userinfo().unwrap().fetch(done.token(), "alice").await.unwrap();
}

#[tokio::test]
async fn the_issuer_is_compared_character_by_character() {
    let server = RealServer::oidc_provider().start();
    let discover = |issuer: String| async move {
        Client::builder().client_id("public").public().discover(&issuer).await.unwrap_err()
    };
    let slash = discover(server.url("/")).await;
    assert!(slash.is_security(), "{slash}");
    let localhost = discover(server.issuer().replace("127.0.0.1", "localhost")).await;
    assert!(localhost.is_security(), "{localhost}");
    let elsewhere = discover(server.url("/elsewhere")).await;
    assert_eq!(elsewhere.status().map(|status| status.as_u16()), Some(404));
}
