//! Logout at a real server: sent there by the program, and told by it (OpenID Connect RP-Initiated and Back-Channel Logout).

use std::sync::Arc;

use grantkit::authorize::RedirectUri;
use grantkit::discovery::ServerMetadata;
use grantkit::endpoint::LogoutRequest;
use grantkit::grant::Login;
use grantkit::oidc::LogoutTokenVerifier;
use grantkit::transport::Transport;
use serde_json::json;

use crate::real_server::{Browser, CALLBACK, RealServer};
use crate::support::{Answer, Scripted, eventually};

const RETURN: &str = "https://app.example/logged-out";

async fn metadata(server: &RealServer, transport: &Transport) -> Arc<ServerMetadata> {
    ServerMetadata::discover(server.issuer()).transport(transport.clone()).await.unwrap()
}

async fn log_in(server: &RealServer, browser: &mut Browser) -> Login {
    let client = server.confidential("basic").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let (url, pending) = login.start().unwrap();
    let callback = browser.visit(url.as_str()).await;
    login.finish(pending, callback).await.unwrap()
}

#[tokio::test]
async fn the_person_is_logged_out_and_comes_back() {
    let server = RealServer::oidc_provider().start();
    let metadata = metadata(&server, &Transport::builder().build().unwrap()).await;
    let mut browser = Browser::new();
    let login = log_in(&server, &mut browser).await;
    let request = LogoutRequest::from_metadata(&metadata).unwrap().id_token_hint(login.token().id_token().unwrap());
    let (url, pending) = request.post_logout_redirect_uri(RETURN).start().unwrap();
    let callback = browser.log_out(url.as_str()).await;
    assert!(callback.starts_with(RETURN), "{callback}");
    pending.finish(callback).unwrap();
}

/// All that a program needs to be told and to tell comes from its client.
#[tokio::test]
async fn a_client_logs_out_and_verifies_who_did() {
    let told = Scripted::start([Answer::status(200)]).await;
    let registered = json!([{ "client_id": "basic", "backchannel_logout_uri": told.url("/backchannel") }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &registered.to_string()).start();
    let client = server.confidential("basic").await;
    let mut browser = Browser::new();
    let login = log_in(&server, &mut browser).await;
    let request = client.logout_request().unwrap().id_token_hint(login.token().id_token().unwrap());
    let (url, pending) = request.post_logout_redirect_uri(RETURN).start().unwrap();
    pending.finish(browser.log_out(url.as_str()).await).unwrap();

    let posted = eventually("the logout token", async || (told.count() > 0).then(|| told.only())).await;
    let token = posted.body().strip_prefix("logout_token=").unwrap();
    let logout = client.logout_token_verifier().unwrap().verify(token).await.unwrap();
    assert_eq!(logout.subject(), Some("alice"));
    let another = server.confidential("post").await.logout_token_verifier().unwrap();
    assert!(another.verify(token).await.unwrap_err().is_security());
}

#[tokio::test]
async fn the_client_is_told_of_the_logout() {
    let told = Scripted::start([Answer::status(200)]).await;
    let client = json!([{
        "client_id": "basic",
        "backchannel_logout_uri": told.url("/backchannel"),
        "backchannel_logout_session_required": true,
    }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &client.to_string()).start();
    let transport = Transport::builder().build().unwrap();
    let metadata = metadata(&server, &transport).await;
    assert!(metadata.backchannel_logout_supported && metadata.backchannel_logout_session_supported);
    let mut browser = Browser::new();
    let login = log_in(&server, &mut browser).await;
    let session = login.claims().unwrap().get("sid").unwrap().as_str().unwrap().to_owned();
    let (url, _) = LogoutRequest::from_metadata(&metadata).unwrap().client_id("basic").start().unwrap();
    browser.log_out(url.as_str()).await;

    let posted = eventually("the logout token", async || (told.count() > 0).then(|| told.only())).await;
    assert_eq!((posted.method.as_str(), posted.path.as_str()), ("POST", "/backchannel"));
    let token = posted.body().strip_prefix("logout_token=").unwrap();
    let verifier = LogoutTokenVerifier::from_metadata(&metadata, "basic").unwrap().transport(transport.clone());
    let logout = verifier.verify(token).await.unwrap();
    assert_eq!((logout.subject(), logout.session()), (Some("alice"), Some(session.as_str())));

    let another = LogoutTokenVerifier::from_metadata(&metadata, "post").unwrap().transport(transport);
    assert!(another.verify(token).await.unwrap_err().is_security());
    // An ID token, signed by the same key for the same client, is none.
    let id_token = login.token().id_token().unwrap();
    assert!(verifier.verify(id_token).await.unwrap_err().is_security());
}
