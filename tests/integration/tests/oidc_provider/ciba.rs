use std::time::Duration;

use grantkit::grant::{
    BackchannelAuthentication, BackchannelHint, BackchannelNotification, PendingBackchannelAuthentication,
};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use serde_json::json;

use crate::real_server::RealServer;
use crate::scripted::{Answer, Scripted};

async fn backchannel_authentication(server: &RealServer, client_id: &str) -> BackchannelAuthentication {
    server
        .confidential(client_id)
        .await
        .backchannel_authentication(BackchannelHint::login_hint("alice"))
        .unwrap()
        .scope("offline_access")
}

async fn person_answers(server: &RealServer, pending: &PendingBackchannelAuthentication, refuses: bool) {
    let mut parameters = vec![("auth_req_id", pending.auth_req_id())];
    parameters.extend(refuses.then_some(("deny", "1")));
    server.ask("ciba", &parameters).await;
}

#[tokio::test]
async fn a_person_agrees_on_their_own_device() {
    let server = RealServer::oidc_provider().start();
    let grant = backchannel_authentication(&server, "ciba")
        .await
        .binding_message("till-4711")
        .requested_expiry(Duration::from_mins(1));
    let mut pending = grant.start().await.unwrap();
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    person_answers(&server, &pending, false).await;
    let login = grant.poll(&mut pending).await.unwrap().unwrap();
    assert_eq!(login.claims().unwrap().subject(), "alice");

    // From here on the person is left alone.
    let credentials = login.clone().credentials("ciba").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();

    // And what they were asked for once serves to ask them again.
    let hint = BackchannelHint::id_token_hint(login.token().id_token().unwrap());
    let grant = server.confidential("ciba").await.backchannel_authentication(hint).unwrap();
    let _ = grant.start().await.unwrap();
}

#[tokio::test]
async fn ciba_waits_until_the_person_is_done() {
    let server = RealServer::oidc_provider().start();
    let grant = backchannel_authentication(&server, "ciba").await;
    let pending = grant.start().await.unwrap();
    let kept = pending.clone();
    let waiting = tokio::spawn(async move { grant.wait(pending).await });
    while server.stats().await.token_errors("authorization_pending") == 0 {
        tokio::task::yield_now().await;
    }
    person_answers(&server, &kept, false).await;
    assert_eq!(waiting.await.unwrap().unwrap().claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn a_person_refuses_on_their_own_device() {
    let server = RealServer::oidc_provider().start();
    let grant = backchannel_authentication(&server, "ciba").await;
    let pending = grant.start().await.unwrap();
    person_answers(&server, &pending, true).await;
    assert_eq!(grant.wait(pending).await.unwrap_err().oauth_code(), Some("access_denied"));
}

#[tokio::test]
async fn a_request_without_an_answer_expires() {
    let server = RealServer::oidc_provider().setting("CIBA_TTL", "1").start();
    let grant = backchannel_authentication(&server, "ciba").await;
    let error = grant.wait(grant.start().await.unwrap()).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
}

#[tokio::test]
async fn a_user_code_keeps_others_from_having_a_person_asked() {
    let server = RealServer::oidc_provider().start();
    let grant = backchannel_authentication(&server, "ciba-user-code").await;
    let code = async |grant: BackchannelAuthentication| {
        grant.start().await.map(drop).map_err(|error| error.oauth_code().map(str::to_owned))
    };
    assert_eq!(code(grant.clone()).await, Err(Some("missing_user_code".to_owned())));
    assert_eq!(code(grant.clone().user_code("0000")).await, Err(Some("invalid_user_code".to_owned())));
    assert_eq!(code(grant.user_code("1234")).await, Ok(()));
}

#[tokio::test]
async fn the_server_notifies_and_the_token_is_there() {
    let listener = Scripted::start([Answer::status(204)]).await;
    let address = listener.url("/notified").replace("http://", "https://").replace("localhost", "127.0.0.1");
    let registered = json!([{
        "client_id": "ciba-ping",
        "backchannel_token_delivery_mode": "ping",
        "backchannel_client_notification_endpoint": address,
    }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &registered.to_string()).start();
    let grant = backchannel_authentication(&server, "ciba-ping").await.ping();
    let mut pending = grant.start().await.unwrap();
    person_answers(&server, &pending, false).await;
    while listener.count() == 0 {
        tokio::task::yield_now().await;
    }
    let asked = listener.only();
    let notification = BackchannelNotification::parse(asked.header("authorization").unwrap(), &asked.body).unwrap();
    pending.notified(&notification).unwrap();
    assert!(grant.poll(&mut pending).await.unwrap().is_some());
    // One of another request is none of this.
    let other = grant.start().await.unwrap();
    assert!(other.notified(&notification).unwrap_err().is_security());
}

#[tokio::test]
async fn a_signed_request_is_required_of_a_client_that_registered_for_it() {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let registered = json!([{
        "client_id": "ciba-signed",
        "backchannel_authentication_request_signing_alg": "ES256",
        "jwks": { "keys": [key.public_jwk()] },
    }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &registered.to_string()).start();
    let grant = backchannel_authentication(&server, "ciba-signed")
        .await
        .binding_message("till-4711")
        .requested_expiry(Duration::from_mins(1));
    assert!(grant.start().await.unwrap_err().is_configuration());
    let grant = grant.signed_by(key);
    let mut pending = grant.start().await.unwrap();
    person_answers(&server, &pending, false).await;
    assert_eq!(grant.poll(&mut pending).await.unwrap().unwrap().claims().unwrap().subject(), "alice");
}
