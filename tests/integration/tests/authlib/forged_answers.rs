//! Answers of the authorization endpoint that are not those to this login (RFC 9207, RFC 6749 §10.12, §4.1.2).

use grantkit::AuthorizationCode;
use grantkit::authorize::RedirectUri;
use url::Url;

use crate::real_server::{Browser, CALLBACK, RealServer};

async fn login_of(server: &RealServer, client_id: &str) -> AuthorizationCode {
    let redirect_uri = RedirectUri::new(CALLBACK).unwrap();
    server.confidential(client_id).await.authorization_code(redirect_uri).unwrap().scope("read")
}

/// The same request to another server: what a client is led to that knows both (RFC 9700 §4.4.1).
fn at(server: &RealServer, url: &Url) -> String {
    url.as_str().replacen(&url.origin().ascii_serialization(), server.issuer(), 1)
}

async fn code_exchanges(server: &RealServer) -> u64 {
    server.stats().await.token_requests("authorization_code")
}

#[tokio::test]
async fn the_answer_of_another_issuer_is_a_mix_up_and_its_code_goes_nowhere() {
    let (honest, other) = (RealServer::authlib().start(), RealServer::authlib().start());
    let login = login_of(&honest, "basic").await;
    let (url, pending) = login.start().unwrap();
    // The other server answers with the state that the login waits for, and a code of its own.
    let callback = Browser::new().visit(&at(&other, &url)).await;
    assert!(callback.contains(pending.state()), "{callback}");
    let error = login.finish(crate::real_server::copy(&pending), &callback).await.unwrap_err();
    assert!(error.is_mix_up() && error.is_security() && !error.is_state_mismatch(), "{error:?}");

    // Nor does it help the other one to leave out who it is: the honest server's metadata says that answers name it.
    let mut bare = Url::parse(&callback).unwrap();
    let kept: Vec<_> = bare.query_pairs().into_owned().filter(|(name, _)| name != "iss").collect();
    bare.query_pairs_mut().clear().extend_pairs(kept);
    let error = login.finish(crate::real_server::copy(&pending), bare.as_str()).await.unwrap_err();
    assert!(error.is_security(), "{error:?}");
    assert_eq!((code_exchanges(&honest).await, code_exchanges(&other).await), (0, 0));

    // The login goes on as if nothing had been.
    let callback = Browser::new().visit(url.as_str()).await;
    login.finish(pending, callback).await.unwrap();
}

#[tokio::test]
async fn the_answer_to_another_login_is_of_a_foreign_state() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await;
    let (of_attacker, _) = login.start().unwrap();
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(of_attacker.as_str()).await;
    let error = login.finish(crate::real_server::copy(&pending), &callback).await.unwrap_err();
    assert!(error.is_state_mismatch() && error.is_security() && !error.is_mix_up(), "{error:?}");
    assert_eq!(code_exchanges(&server).await, 0);
    login.finish(pending, Browser::new().visit(url.as_str()).await).await.unwrap();
}

#[tokio::test]
async fn a_code_that_comes_again_is_a_replay() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await;
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    login.finish(crate::real_server::copy(&pending), &callback).await.unwrap();
    let (pending, callback) = crate::real_server::in_another_process(&pending, &callback);
    let error = login.finish(pending, &callback).await.unwrap_err();
    assert!(error.is_replay() && error.needs_login() && !error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains("the code was used before"), "{error}");
}

#[tokio::test]
async fn a_code_of_another_client_is_of_no_use() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await;
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let error =
        login_of(&server, "code-only").await.finish(crate::real_server::copy(&pending), &callback).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"));
    // It is not used up by that.
    login.finish(pending, &callback).await.unwrap();
}
