use grantkit::AuthorizationCode;
use grantkit::authorize::RedirectUri;

use crate::real_server::{CALLBACK, RealServer, log_in};

async fn login_of(server: &RealServer, client_id: &str) -> AuthorizationCode {
    let redirect_uri = RedirectUri::new(CALLBACK).unwrap();
    server.confidential(client_id).await.authorization_code(redirect_uri).unwrap()
}

#[tokio::test]
async fn a_person_logs_in_to_an_application_with_a_secret() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await.scope("openid").scope("read").login_parameter("login_hint", "bob");
    let done = log_in(&login).await.unwrap();
    let claims = done.claims().unwrap();
    assert_eq!((claims.subject(), claims.issuer(), claims.audiences()), ("bob", server.issuer(), vec!["basic"]));
    assert!(claims.nonce().is_some() && claims.get("at_hash").is_some());
    assert_eq!(done.token().scope(), Some("openid read"));
}

#[tokio::test]
async fn a_person_logs_in_to_an_application_without_a_secret() {
    let server = RealServer::authlib().start();
    let client = server.public().await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    assert_eq!(log_in(&login).await.unwrap().claims().unwrap().subject(), "alice");
}
